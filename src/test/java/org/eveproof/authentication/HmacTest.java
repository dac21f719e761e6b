package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Test cases 1 to 4 of RFC 4231. HMAC fills a short key up with zeros, so a key of up to 32 bytes
 * and the one-time key that begins with it give the same tags.
 */
final class HmacTest {
  private static final HexFormat HEX = HexFormat.of();

  private static OneTimeKey key(String hex) {
    byte[] whole = Arrays.copyOf(HEX.parseHex(hex), 32);
    return new OneTimeKey(
        new KeyIndex(0, 0, 0), Arrays.copyOf(whole, 16), Arrays.copyOfRange(whole, 16, 32));
  }

  private static void agrees(Suite suite, String key, byte[] data, String tag) {
    MessageAuthenticator hmac = suite.authenticator();
    try (OneTimeKey oneTime = key(key)) {
      assertThat(hmac.tag(oneTime, data)).isEqualTo(HEX.parseHex(tag));
      assertThat(hmac.verifies(oneTime, data, HEX.parseHex(tag))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There,"
        + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7,"
        + " 87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
        + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854",
    "4a656665, what do ya want for nothing?,"
        + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843,"
        + " 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
        + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
  })
  void agreesWithRfc4231OnText(String key, String text, String sha256, String sha512) {
    byte[] data = text.getBytes(StandardCharsets.US_ASCII);
    agrees(Suite.HMAC_SHA256, key, data, sha256);
    agrees(Suite.HMAC_SHA512, key, data, sha512);
  }

  @ParameterizedTest
  @CsvSource({
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, dd,"
        + " 773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe,"
        + " fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
        + "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb",
    "0102030405060708090a0b0c0d0e0f10111213141516171819, cd,"
        + " 82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b,"
        + " b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
        + "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"
  })
  void agreesWithRfc4231OnFiftyBytes(String key, String repeated, String sha256, String sha512) {
    byte[] data = HEX.parseHex(repeated.repeat(50));
    agrees(Suite.HMAC_SHA256, key, data, sha256);
    agrees(Suite.HMAC_SHA512, key, data, sha512);
  }

  @ParameterizedTest
  @EnumSource(names = {"HMAC_SHA256", "HMAC_SHA512"})
  void takesNoTruncatedTag(Suite suite) {
    MessageAuthenticator hmac = suite.authenticator();
    byte[] message = {1, 2, 3};
    try (OneTimeKey key = key("0b")) {
      byte[] tag = hmac.tag(key, message);
      assertThat(tag).hasSize(suite.maxTagBytes());
      for (int length = 0; length < tag.length; length++) {
        assertThat(hmac.verifies(key, message, Arrays.copyOf(tag, length))).isFalse();
      }
      assertThat(hmac.verifies(key, message, Arrays.copyOf(tag, tag.length + 1))).isFalse();
    }
  }
}
