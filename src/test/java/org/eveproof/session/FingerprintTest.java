package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.random.RandomGeneratorFactory;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final SecretRandom random =
      SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(1));

  @Test
  void equalKeysHaveEqualFingerprintsAndOthersDoNot() {
    try (SecretBits key = random.secretBits(256);
        SecretBits copy = key.slice(0, 256);
        SecretBits other = random.secretBits(256)) {
      assertThat(Fingerprint.of(copy)).isEqualTo(Fingerprint.of(key));
      assertThat(Fingerprint.of(other)).isNotEqualTo(Fingerprint.of(key));
    }
  }

  @Test
  void refusesShortKeysAndOtherForms() {
    try (SecretBits key = random.secretBits(127)) {
      assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.of(key));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint("0123"));
  }
}
