package org.eveproof.bootstrap.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known answers of RFC 7748, and public keys that give nothing. */
class X25519AgreementTest {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String agree(String privateKey, String publicKey) {
    try (SecretBits secret = X25519Agreement.agree(hex(privateKey), hex(publicKey)).orElseThrow()) {
      return HexFormat.of().formatHex(secret.toBytes());
    }
  }

  @Test
  void knownAnswersOfSection52() {
    assertThat(
            agree(
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))
        .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    assertThat(
            agree(
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"))
        .isEqualTo("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
  }

  @Test
  void aThousandIterationsOfSection52() {
    byte[] k = hex("0900000000000000000000000000000000000000000000000000000000000000");
    byte[] u = k.clone();
    for (int i = 0; i < 1000; i++) {
      byte[] next = X25519Agreement.agree(k, u).orElseThrow().toBytes();
      u = k;
      k = next;
    }
    assertThat(HexFormat.of().formatHex(k))
        .isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
  }

  @Test
  void knownAnswersOfSection61() {
    String alice = "77076d0a7318a57d3c16c17251b26645c6e2a5b3a3b3c5a8a4b2d8b9b7c5e1a2";
    String bob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    byte[] atAlice = X25519Agreement.publicKey(hex(alice));
    byte[] atBob = X25519Agreement.publicKey(hex(bob));
    assertThat(HexFormat.of().formatHex(atBob))
        .isEqualTo("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
    assertThat(agree(alice, HexFormat.of().formatHex(atBob)))
        .isEqualTo(agree(bob, HexFormat.of().formatHex(atAlice)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
      })
  void publicKeysOfSmallOrderAreRefused(String publicKey) {
    byte[] own = new byte[X25519Agreement.BYTES];
    Arrays.fill(own, (byte) 7);
    assertThat(X25519Agreement.agree(own, hex(publicKey))).isEmpty();
  }

  @Test
  void otherLengthsAreRefused() {
    byte[] own = new byte[X25519Agreement.BYTES];
    assertThat(X25519Agreement.agree(own, new byte[31])).isEmpty();
    assertThat(X25519Agreement.agree(own, new byte[33])).isEmpty();
    assertThat(X25519Agreement.agree(own, new byte[0])).isEmpty();
  }
}
