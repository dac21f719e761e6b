package org.eveproof.bootstrap.openpgp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.bcpg.ArmoredInputStream;

/** The bytes of OpenPGP files: of reasonable length, and without the armor (RFC 4880, 6.2). */
final class OpenPgpBytes {
  /** Greatest length of a file, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int PACKET = 0x80;
  private static final String DAMAGED = "the armor is damaged or cut off; export the keys again";

  private OpenPgpBytes() {}

  /**
   * Returns the bytes of a file.
   *
   * @throws OpenPgpFileException if it is missing or too long
   * @throws IOException if it cannot be read
   */
  static byte[] read(Path file) throws OpenPgpFileException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new OpenPgpFileException("there is no such file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new OpenPgpFileException(
            "the file is longer than " + MAX_BYTES + " bytes; is it the right one?");
      }
      return bytes;
    }
  }

  /**
   * Takes the armor off, if there is any: one block or more, with nothing else but blank lines.
   *
   * @param kind of block, such as {@code PUBLIC KEY BLOCK}
   * @throws OpenPgpFileException if this is neither armor of that kind nor packets
   */
  static byte[] packets(byte[] bytes, String kind) throws OpenPgpFileException {
    if (bytes.length == 0) {
      throw new OpenPgpFileException("it is empty; gpg writes nothing if it has no such key");
    }
    if (bytes.length > MAX_BYTES) {
      throw new OpenPgpFileException("it is longer than " + MAX_BYTES + " bytes");
    }
    if ((bytes[0] & PACKET) != 0) {
      return bytes;
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher block =
        Pattern.compile(
                "\\s*+-----BEGIN PGP "
                    + kind
                    + "-----[ \\t]*+\\R(?:[^-]|-(?!----))*+-----END PGP "
                    + kind
                    + "-----[ \\t]*+(?:\\R\\s*+|\\z)")
            .matcher(text);
    ByteArrayOutputStream packets = new ByteArrayOutputStream();
    int end = 0;
    while (end < text.length() && block.region(end, text.length()).lookingAt()) {
      packets.writeBytes(withoutArmor(block.group()));
      end = block.end();
    }
    if (end == 0 && !text.contains("-----BEGIN PGP " + kind)) {
      throw new OpenPgpFileException("there is no PGP " + kind + " in it; is it the right file?");
    }
    if (end < text.length() || packets.size() == 0) {
      throw new OpenPgpFileException(DAMAGED);
    }
    return packets.toByteArray();
  }

  private static byte[] withoutArmor(String block) throws OpenPgpFileException {
    byte[] bytes = block.strip().concat("\n").getBytes(StandardCharsets.ISO_8859_1);
    try (ArmoredInputStream in =
        ArmoredInputStream.builder()
            .setIgnoreCRC(false)
            .setDetectMissingCRC(false)
            .build(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException | RuntimeException damaged) {
      throw new OpenPgpFileException(DAMAGED);
    }
  }
}
