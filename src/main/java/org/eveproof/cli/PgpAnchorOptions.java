package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.eveproof.bootstrap.openpgp.Keyring;
import org.eveproof.bootstrap.openpgp.OpenPgpFileException;
import org.eveproof.bootstrap.openpgp.Ownertrusts;
import org.eveproof.bootstrap.openpgp.TrustModel;
import org.eveproof.bootstrap.openpgp.TrustOptions;
import org.eveproof.bootstrap.openpgp.WebOfTrust;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a device trusts to vouch for its peer. Use as a picocli mixin. */
final class PgpAnchorOptions {
  @Option(
      names = "--keyring",
      paramLabel = "FILE",
      description = "Known certificates, as gpg --export writes them.")
  private @Nullable Path keyring;

  @Option(
      names = "--ownertrust",
      paramLabel = "FILE",
      description = "How far their owners are trusted, as gpg --export-ownertrust writes it.")
  private @Nullable Path ownertrust;

  @Option(
      names = "--completes-needed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Fully trusted introducers that suffice. Default: ${DEFAULT-VALUE}.")
  private int completesNeeded;

  @Option(
      names = "--marginals-needed",
      defaultValue = "3",
      paramLabel = "N",
      description = "Marginally trusted introducers that suffice. Default: ${DEFAULT-VALUE}.")
  private int marginalsNeeded;

  @Option(
      names = "--max-cert-depth",
      defaultValue = "5",
      paramLabel = "N",
      description =
          "Greatest number of certifications from one's own key on. Default: ${DEFAULT-VALUE}.")
  private int maxCertDepth;

  @Option(
      names = "--trust-model",
      defaultValue = "pgp",
      paramLabel = "MODEL",
      description = "pgp heeds trust signatures, classic does not. Default: ${DEFAULT-VALUE}.")
  private TrustModel model = TrustModel.PGP;

  /** Whether any file was given. */
  boolean isGiven() {
    return keyring != null || ownertrust != null;
  }

  /**
   * Returns the rule of trust.
   *
   * @throws BadInput if a file is missing or none that is expected, or a number is out of range
   */
  WebOfTrust webOfTrust() throws IOException {
    return new WebOfTrust(keyring(), ownertrusts(), options());
  }

  /** Returns the known certificates. */
  Keyring keyring() throws IOException {
    Path file = keyring;
    if (file == null) {
      throw new BadInput("no keyring is given; name one with --keyring (gpg --export > FILE)");
    }
    return read(file);
  }

  /** Returns how far their owners are trusted. */
  Ownertrusts ownertrusts() throws IOException {
    Path file = ownertrust;
    if (file == null) {
      throw new BadInput(
          "no ownertrust is given; name it with --ownertrust (gpg --export-ownertrust > FILE)");
    }
    try {
      return Ownertrusts.read(file);
    } catch (OpenPgpFileException broken) {
      throw new BadInput(file + ": " + broken.getMessage());
    }
  }

  /** Returns how much vouching is needed. */
  TrustOptions options() {
    LinkOptions.require("--completes-needed", completesNeeded, 1, TrustOptions.MOST);
    LinkOptions.require("--marginals-needed", marginalsNeeded, 2, TrustOptions.MOST);
    LinkOptions.require("--max-cert-depth", maxCertDepth, 1, TrustOptions.MOST);
    return new TrustOptions(completesNeeded, marginalsNeeded, maxCertDepth, model);
  }

  /**
   * Reads a keyring.
   *
   * @throws BadInput if the file is none
   */
  static Keyring read(Path file) throws IOException {
    try {
      return Keyring.read(file);
    } catch (OpenPgpFileException broken) {
      throw new BadInput(file + ": " + broken.getMessage());
    }
  }
}
