package org.eveproof.bootstrap;

import java.util.HexFormat;

/**
 * What a credential is called, in public: on the wire, in revocations.
 *
 * @param hex {@value #BYTES} bytes as lower-case hexadecimal digits
 */
public record CredentialId(String hex) {
  /** Length in bytes. */
  public static final int BYTES = 16;

  /** Checks the digits. */
  public CredentialId {
    if (!hex.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IllegalArgumentException("a credential id has " + 2 * BYTES + " hex digits");
    }
  }

  /** Returns the identifier with these {@value #BYTES} bytes. */
  public static CredentialId of(byte[] bytes) {
    return new CredentialId(HexFormat.of().formatHex(bytes));
  }

  /** Returns the {@value #BYTES} bytes. */
  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
