package org.eveproof.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.OwnerOnly;
import org.eveproof.bootstrap.openpgp.OpenPgpFileException;
import org.eveproof.bootstrap.openpgp.SecretKeyFile;
import org.eveproof.bootstrap.pki.CredentialFiles;
import org.eveproof.bootstrap.pki.Passphrase;
import org.eveproof.bootstrap.pki.PkiFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The certificate and the key of a device itself. Use as a picocli mixin. */
final class CredentialOptions {
  private static final int MAX_PASSPHRASE_BYTES = 1024;

  @Option(
      names = "--credential",
      paramLabel = "FILE",
      description =
          "The device's own certificate chain in PEM, or chain and key in PKCS #12 (.p12, .pfx); in a"
              + " web of trust its secret key as gpg exports it.")
  private @Nullable Path credential;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The device's private key in PEM. Default: in the file of --credential.")
  private @Nullable Path key;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "Where the passphrase of an encrypted key is, on the first line. Default: it is asked for"
              + " on the terminal.")
  private @Nullable Path passphraseFile;

  /**
   * Returns what the device proves itself with; the caller closes it.
   *
   * @throws BadInput if the files are not what they should be
   */
  OwnCredential read() throws IOException {
    Path file = credential;
    if (file == null) {
      throw new BadInput("the device has nothing to prove itself with; name it with --credential");
    }
    try {
      if (isPkcs12(file)) {
        return CredentialFiles.readPkcs12(file, passphrase());
      }
      return CredentialFiles.readPem(file, key == null ? file : key, passphrase());
    } catch (PkiFileException broken) {
      throw new BadInput(file + ": " + broken.getMessage());
    }
  }

  /**
   * Returns what the device proves itself with in a web of trust; the caller closes it.
   *
   * @throws BadInput if the file is no secret key as gpg exports it
   */
  OwnCredential readOpenPgp() throws IOException {
    Path file = credential;
    if (file == null) {
      throw new BadInput(
          "the device has nothing to prove itself with; name its key with --credential"
              + " (gpg --export-secret-keys NAME > FILE)");
    }
    if (key != null) {
      throw new BadInput("--key is for PEM; gpg's secret key is whole in --credential");
    }
    try {
      return SecretKeyFile.read(file, passphrase(), Instant.now());
    } catch (OpenPgpFileException broken) {
      throw new BadInput(file + ": " + broken.getMessage());
    }
  }

  /** Whether a file is PKCS #12, by its name. */
  static boolean isPkcs12(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".p12") || name.endsWith(".pfx");
  }

  /** Returns where the passphrase comes from: the file, or the terminal. */
  private Passphrase passphrase() {
    Path file = passphraseFile;
    return file == null ? CredentialOptions::ask : () -> firstLine(file);
  }

  // Without a terminal there is no console on JDK 17; from 22 on there is one that reads stdin.
  @SuppressWarnings("SystemConsoleNull")
  private static char[] ask() {
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Passphrase of the key: ");
    if (typed == null) {
      throw new BadInput("the key needs a passphrase; name a file with it: --passphrase-file");
    }
    return typed;
  }

  private static char[] firstLine(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > MAX_PASSPHRASE_BYTES) {
      throw new BadInput(
          file + " is no file of at most " + MAX_PASSPHRASE_BYTES + " bytes with a passphrase");
    }
    if (!OwnerOnly.holds(file)) {
      throw new BadInput(file + ": " + OwnerOnly.MENDING);
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      int end = 0;
      while (end < text.limit() && text.get(end) != '\n' && text.get(end) != '\r') {
        end++;
      }
      char[] line = Arrays.copyOf(text.array(), end);
      Arrays.fill(text.array(), '\0');
      return line;
    } catch (CharacterCodingException malformed) {
      throw new BadInput(file + " is not UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
