package org.eveproof.bootstrap;

import java.time.Instant;
import java.util.SplittableRandom;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Pre-shared keys for tests. */
final class Keys {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2026-12-31T23:59:59Z");
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final DeviceName ALICE = new DeviceName("alice");
  static final DeviceName BOB = new DeviceName("bob");
  static final DeviceName EVE = new DeviceName("eve");

  private Keys() {}

  static SecretRandom random(long seed) {
    return SecretRandom.simulated(new SplittableRandom(seed));
  }

  static Credential credential(DeviceName first, DeviceName second) {
    String hex = String.format("%032x", (long) (first + "-" + second).hashCode() & 0xFFFFFFFFL);
    return new Credential(
        new CredentialId(hex),
        first,
        second,
        Credential.Purpose.AUTHENTICATION,
        Credential.Origin.COURIER,
        FROM,
        TO);
  }

  /** Returns the key of a credential: the same bytes for the same credential. */
  static PresharedKey key(Credential credential) {
    try (SecretBits secret = random(credential.id().hashCode()).secretBits(256)) {
      return new PresharedKey(credential, secret);
    }
  }
}
