package org.eveproof.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.eveproof.protocol.SecretBits;

/**
 * A pre-shared key in a file: eleven lines of ASCII, each ended by a line feed.
 *
 * <pre>
 * eveproof-psk 2
 * id 32 hexadecimal digits
 * parties alice bob
 * end both
 * generation 1
 * purpose authentication
 * origin courier
 * valid 2026-01-01T00:00:00Z 2026-12-31T23:59:59Z
 * bits 256
 * key hexadecimal digits
 * check SHA-256 of all bytes before this line
 * </pre>
 *
 * <p>The check finds accidents; against Eve only the secrecy of the file helps. There is one way to
 * write each key: anything else is refused, and so is a file that others than its owner can open.
 */
public final class PskFile {
  private static final int MAX_BYTES = 1 << 16;
  private static final int LINES = 11;
  private static final String NAME = "eveproof-psk";
  private static final String VERSION = "2";

  private PskFile() {}

  /**
   * Reads a key from a file that only its owner can open.
   *
   * @throws PskFileException if it is no key, or others can open it
   * @throws IOException if it cannot be read
   */
  public static ProvisionedKey read(Path file) throws PskFileException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new PskFileException("there is no file");
    }
    if (!OwnerOnly.holds(file)) {
      throw new PskFileException(OwnerOnly.MENDING);
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new PskFileException("the file is longer than " + MAX_BYTES + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return parse(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Reads a key from the bytes of a file, which the caller wipes.
   *
   * @throws PskFileException if it is no key
   */
  public static ProvisionedKey parse(byte[] bytes) throws PskFileException {
    if (bytes.length == 0) {
      throw new PskFileException("the file is empty");
    }
    if (bytes.length > MAX_BYTES) {
      throw new PskFileException("the file is longer than " + MAX_BYTES + " bytes");
    }
    requireVersion(bytes);
    byte[][] lines = lines(bytes);
    String[] parties = text(lines[2], "parties").split(" ", -1);
    requireLine(
        parties.length == 2
            && DeviceName.isName(parties[0])
            && DeviceName.isName(parties[1])
            && !parties[0].equals(parties[1]),
        "'parties' needs two different names");
    ProvisionedKey.Ends ends = ends(text(lines[3], "end"));
    int generation = generation(text(lines[4], "generation"));
    String[] valid = text(lines[7], "valid").split(" ", -1);
    requireLine(valid.length == 2, "'valid' needs two instants");
    Instant from = instant(valid[0]);
    Instant to = instant(valid[1]);
    requireLine(!to.isBefore(from), "'valid' ends before it begins");
    String id = text(lines[1], "id");
    requireLine(id.matches("[0-9a-f]{" + 2 * CredentialId.BYTES + "}"), "'id' is no identifier");
    Credential credential =
        new Credential(
            new CredentialId(id),
            new DeviceName(parties[0]),
            new DeviceName(parties[1]),
            purpose(text(lines[5], "purpose")),
            origin(text(lines[6], "origin")),
            from,
            to);
    byte[] secret = hex(value(lines[9], "key"));
    try {
      requireLine(
          text(lines[8], "bits").equals(Integer.toString(Byte.SIZE * secret.length)),
          "'bits' is not the length of 'key'");
      try (SecretBits bits = SecretBits.fromBytes(secret, Byte.SIZE * secret.length)) {
        PresharedKey key = new PresharedKey(credential, bits);
        ProvisionedKey provisioned = new ProvisionedKey(key, ends, generation);
        byte[] canonical = encode(provisioned);
        boolean same = MessageDigest.isEqual(canonical, bytes);
        Arrays.fill(canonical, (byte) 0);
        if (!same) {
          key.destroy();
          throw new PskFileException(
              "the check does not match, or a line is not as it must be written");
        }
        return provisioned;
      } catch (IllegalArgumentException unfit) {
        throw new PskFileException("the key is too short, or all its bytes are alike");
      }
    } finally {
      Arrays.fill(secret, (byte) 0);
      for (byte[] line : lines) {
        Arrays.fill(line, (byte) 0);
      }
    }
  }

  /** Returns the bytes of the file for a key; the caller wipes them. */
  public static byte[] encode(ProvisionedKey provisioned) {
    Credential credential = provisioned.key().credential();
    byte[] secret;
    try (SecretBits bits = provisioned.key().secret()) {
      secret = bits.toBytes();
    }
    String head =
        String.join(
            "\n",
            NAME + " " + VERSION,
            "id " + credential.id(),
            "parties " + credential.first() + " " + credential.second(),
            "end " + provisioned.ends().label(),
            "generation " + provisioned.generation(),
            "purpose " + credential.purpose().label(),
            "origin " + credential.origin().label(),
            "valid " + credential.validFrom() + " " + credential.validTo(),
            "bits " + Byte.SIZE * secret.length,
            "key ");
    byte[] start = head.getBytes(StandardCharsets.US_ASCII);
    byte[] body = Arrays.copyOf(start, start.length + 2 * secret.length + 1);
    for (int i = 0; i < secret.length; i++) {
      body[start.length + 2 * i] = digit(secret[i] >> 4);
      body[start.length + 2 * i + 1] = digit(secret[i]);
    }
    body[body.length - 1] = '\n';
    Arrays.fill(secret, (byte) 0);
    byte[] end =
        ("check " + HexFormat.of().formatHex(sha256(body)) + "\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(body, body.length + end.length);
    System.arraycopy(end, 0, file, body.length, end.length);
    Arrays.fill(body, (byte) 0);
    return file;
  }

  /** Looks at the first line alone: files of other versions have other lines. */
  private static void requireVersion(byte[] bytes) throws PskFileException {
    String start = new String(bytes, 0, Math.min(bytes.length, 32), StandardCharsets.ISO_8859_1);
    String first = start.lines().findFirst().orElse("");
    requireLine(first.startsWith(NAME + " "), "a line '" + NAME + " ...' is expected");
    requireLine(
        first.equals(NAME + " " + VERSION),
        "the file is not of version " + VERSION + ": make a new key with 'eveproof psk new'");
  }

  private static byte[][] lines(byte[] bytes) throws PskFileException {
    byte[][] lines = new byte[LINES][];
    int start = 0;
    for (int line = 0; line < LINES; line++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      requireLine(end < bytes.length, "line " + (line + 1) + " of " + LINES + " is missing");
      lines[line] = Arrays.copyOfRange(bytes, start, end);
      start = end + 1;
    }
    requireLine(start == bytes.length, "there is something after line " + LINES);
    return lines;
  }

  private static String text(byte[] line, String name) throws PskFileException {
    return new String(value(line, name), StandardCharsets.ISO_8859_1);
  }

  private static byte[] value(byte[] line, String name) throws PskFileException {
    byte[] prefix = (name + " ").getBytes(StandardCharsets.US_ASCII);
    requireLine(
        line.length > prefix.length && Arrays.mismatch(line, prefix) == prefix.length,
        "a line '" + name + " ...' is expected");
    return Arrays.copyOfRange(line, prefix.length, line.length);
  }

  private static Instant instant(String text) throws PskFileException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException malformed) {
      throw new PskFileException("'valid' needs instants such as 2026-01-01T00:00:00Z");
    }
  }

  private static ProvisionedKey.Ends ends(String label) throws PskFileException {
    for (ProvisionedKey.Ends ends : ProvisionedKey.Ends.values()) {
      if (ends.label().equals(label)) {
        return ends;
      }
    }
    throw new PskFileException("'end' is none of alice, bob and both");
  }

  private static int generation(String text) throws PskFileException {
    requireLine(
        text.matches("[1-9][0-9]{0,8}"),
        "'generation' is no number from 1 to " + ProvisionedKey.LAST_GENERATION);
    return Integer.parseInt(text);
  }

  private static Credential.Purpose purpose(String label) throws PskFileException {
    for (Credential.Purpose purpose : Credential.Purpose.values()) {
      if (purpose.label().equals(label)) {
        return purpose;
      }
    }
    throw new PskFileException("'purpose' is none that is known");
  }

  private static Credential.Origin origin(String label) throws PskFileException {
    for (Credential.Origin origin : Credential.Origin.values()) {
      if (origin.label().equals(label)) {
        return origin;
      }
    }
    throw new PskFileException("'origin' is none that is known");
  }

  /** Decodes digits without ever making a string of them; wipes them. */
  private static byte[] hex(byte[] digits) throws PskFileException {
    byte[] bytes = new byte[digits.length / 2];
    int wrong = digits.length % 2;
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(digits[2 * i], 16);
      int low = Character.digit(digits[2 * i + 1], 16);
      wrong |= high | low;
      bytes[i] = (byte) (high << 4 | (low & 0xF));
    }
    Arrays.fill(digits, (byte) 0);
    requireLine(wrong >= 0 && digits.length % 2 == 0, "'key' is not hexadecimal");
    return bytes;
  }

  private static byte digit(int value) {
    return (byte) Character.forDigit(value & 0xF, 16);
  }

  private static void requireLine(boolean holds, String otherwise) throws PskFileException {
    if (!holds) {
      throw new PskFileException(otherwise);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
