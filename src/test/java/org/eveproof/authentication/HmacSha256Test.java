package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

final class HmacSha256Test {
  private final HmacSha256 hmac = new HmacSha256();
  private final byte[] hashKey = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
  private final byte[] pad = HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f");

  @Test
  void agreesWithBouncyCastleUnderHashKeyAndPad() {
    byte[] message = {1, 2, 3};
    byte[] whole = Arrays.copyOf(hashKey, 32);
    System.arraycopy(pad, 0, whole, 16, 16);
    HMac other = new HMac(new SHA256Digest());
    other.init(new KeyParameter(whole));
    other.update(message, 0, message.length);
    byte[] expected = new byte[32];
    other.doFinal(expected, 0);
    try (OneTimeKey key = new OneTimeKey(new KeyIndex(0, 0, 0), hashKey, pad)) {
      assertThat(hmac.tag(key, message)).isEqualTo(expected);
      assertThat(hmac.verifies(key, message, expected)).isTrue();
      assertThat(hmac.verifies(key, message, Arrays.copyOf(expected, 31))).isFalse();
      assertThat(hmac.verifies(key, new byte[] {1, 2, 4}, expected)).isFalse();
    }
  }

  @Test
  void refusesTheEmptyMessageAndADestroyedKey() {
    OneTimeKey key = new OneTimeKey(new KeyIndex(0, 0, 0), hashKey, pad);
    assertThatThrownBy(() -> hmac.tag(key, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
    key.close();
    assertThatThrownBy(() -> hmac.tag(key, new byte[1])).isInstanceOf(IllegalStateException.class);
  }
}
