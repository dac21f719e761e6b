package org.eveproof.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eveproof.authentication.SignatureScheme;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a new key is. Use as a picocli mixin. */
final class KeyOptions {
  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      converter = SchemeOfLabel.class,
      description =
          "What the new key signs with: ed25519, ecdsa-p256, rsa-pss, ml-dsa-65, slh-dsa or"
              + " ml-dsa-65+ed25519 (both at once). Default: that of the authority;"
              + " ml-dsa-65+ed25519 for a root.")
  private @Nullable SignatureScheme algorithm;

  /** Returns what was asked for. */
  Optional<SignatureScheme> algorithm() {
    return Optional.ofNullable(algorithm);
  }

  /** Reads the name of a scheme. */
  static final class SchemeOfLabel implements ITypeConverter<SignatureScheme> {
    @Override
    public SignatureScheme convert(String label) {
      return SignatureScheme.ofLabel(label)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + label
                          + "' is none of "
                          + Arrays.stream(SignatureScheme.values())
                              .map(SignatureScheme::label)
                              .collect(Collectors.joining(", "))));
    }
  }
}
