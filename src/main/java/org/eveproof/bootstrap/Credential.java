package org.eveproof.bootstrap;

import java.time.Instant;

/**
 * What is registered about a credential, whatever kind it is: everything but the secret.
 *
 * @param id what it is called
 * @param first one of the two devices that it belongs to
 * @param second the other one
 * @param purpose what it was issued for
 * @param origin where it comes from
 * @param validFrom first instant at which it may be used
 * @param validTo last such instant, not before {@code validFrom}
 */
public record Credential(
    CredentialId id,
    DeviceName first,
    DeviceName second,
    Purpose purpose,
    Origin origin,
    Instant validFrom,
    Instant validTo) {

  /** What a credential was issued for: the use that RFC 5280 calls key usage. */
  public enum Purpose {
    /** To authenticate the ends of a link. */
    AUTHENTICATION("authentication"),
    /** To encrypt, so not for us: one key never serves two purposes. */
    ENCRYPTION("encryption");

    private final String label;

    Purpose(String label) {
      this.label = label;
    }

    /** Returns how files spell it. */
    public String label() {
      return label;
    }
  }

  /** Where a pre-shared key comes from. */
  public enum Origin {
    /** A courier brought it to both ends. */
    COURIER("courier"),
    /** The device came with it: whoever built or shipped the device may know it. */
    FACTORY("factory");

    private final String label;

    Origin(String label) {
      this.label = label;
    }

    /** Returns how files spell it. */
    public String label() {
      return label;
    }
  }

  /** Checks that there are two devices and that the interval is one. */
  public Credential {
    if (first.equals(second)) {
      throw new IllegalArgumentException("both ends are called " + first);
    }
    if (validTo.isBefore(validFrom)) {
      throw new IllegalArgumentException("valid from " + validFrom + " to " + validTo);
    }
  }

  /** Whether it belongs to exactly these two devices, in either order. */
  public boolean isBetween(DeviceName one, DeviceName other) {
    return (first.equals(one) && second.equals(other))
        || (first.equals(other) && second.equals(one));
  }
}
