package org.eveproof.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SecretBitsTest {
  @Test
  void closingOverwritesTheMemoryItself() throws ReflectiveOperationException {
    SecretBits secret = SecretBits.copyOf(Bits.parse("1".repeat(130)));
    Field words = SecretBits.class.getDeclaredField("words");
    words.setAccessible(true);
    assertThat((long[]) words.get(secret)).containsExactly(-1L, -1L, 3L);
    secret.close();
    assertThat((long[]) words.get(secret)).containsOnly(0L);
    assertThat(secret.isDestroyed()).isTrue();
    assertThat(secret.length()).isEqualTo(130);
    assertThatThrownBy(() -> secret.get(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(secret::toBytes).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theSecureSourceDoesNotCallItselfSimulated() {
    assertThat(SecretRandom.secure().isSimulated()).isFalse();
    assertThat(SecretRandom.simulated(new SplittableRandom(1)).isSimulated()).isTrue();
    try (SecretBits a = SecretRandom.secure().secretBits(256);
        SecretBits b = SecretRandom.secure().secretBits(256)) {
      assertThat(a.sameAs(b)).isFalse();
    }
  }

  @Test
  void malformedBytesAreRefused() {
    assertThatThrownBy(() -> Bits.fromBytes(new byte[] {0, 0}, 8))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bits.fromBytes(new byte[] {0x10}, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Bits.fromBytes(new byte[] {(byte) 0xa0}, 3)).isEqualTo(Bits.parse("101"));
    assertThatThrownBy(() -> Bits.parse("01x")).isInstanceOf(IllegalArgumentException.class);
  }
}
