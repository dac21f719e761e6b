package org.eveproof.bootstrap.exchange;

import java.util.Arrays;
import java.util.Optional;

/**
 * The ways of making the first authentication keys, weakest first. What is configured as hybrid
 * never runs with less: both parts take part, or the whole fails.
 */
public enum KeyEstablishment {
  /** No exchange: a pre-shared key gives the first keys. */
  NONE(0, "none", false, false),
  /** Diffie-Hellman on Curve25519 (RFC 7748): falls to a quantum computer. */
  X25519(1, "x25519", true, false),
  /** The module-lattice key encapsulation of FIPS 203. */
  ML_KEM_768(2, "ml-kem-768", false, true),
  /** Both together: secure as long as either is. */
  HYBRID(3, "hybrid", true, true);

  private final int code;
  private final String label;
  private final boolean x25519;
  private final boolean mlKem;

  KeyEstablishment(int code, String label, boolean x25519, boolean mlKem) {
    this.code = code;
    this.label = label;
    this.x25519 = x25519;
    this.mlKem = mlKem;
  }

  /** Returns the number that stands for it in a message, 0 to 255. */
  public int code() {
    return code;
  }

  /** Returns its name on the command line. */
  public String label() {
    return label;
  }

  /** Whether X25519 is part of it. */
  public boolean usesX25519() {
    return x25519;
  }

  /** Whether ML-KEM-768 is part of it. */
  public boolean usesMlKem() {
    return mlKem;
  }

  /** Returns the one with that name on the command line. */
  public static Optional<KeyEstablishment> ofLabel(String label) {
    return Arrays.stream(values()).filter(known -> known.label.equals(label)).findFirst();
  }
}
