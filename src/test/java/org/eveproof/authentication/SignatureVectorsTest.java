package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known answers, as this project calls the primitives. */
class SignatureVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final String ED25519 = "302a300506032b6570032100";
  private static final String P256 = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

  private static VerifyingKey key(String hex) {
    return VerifyingKey.decode(HEX.parseHex(hex)).orElseThrow();
  }

  /** RFC 8032, section 7.1, tests 1 to 3. */
  @ParameterizedTest
  @CsvSource({
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void ed25519(String key, String message, String signature) {
    assertThat(key(ED25519 + key).verifies(HEX.parseHex(message), HEX.parseHex(signature)))
        .isTrue();
  }

  /** RFC 6979, appendix A.2.5, with SHA-256. */
  @ParameterizedTest
  @CsvSource({
    "sample,"
        + " 3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
        + "022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    "test,"
        + " 3045022100f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
        + "0220019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
  })
  void ecdsaP256(String message, String signature) {
    VerifyingKey key =
        key(
            P256
                + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    byte[] text = message.getBytes(StandardCharsets.US_ASCII);
    assertThat(key.verifies(text, HEX.parseHex(signature))).isTrue();
    assertThat(key.verifies(new byte[0], HEX.parseHex(signature))).isFalse();
  }

  /** Made with {@code openssl dgst -sha256 -sigopt rsa_padding_mode:pss}, salts of 32 and 20. */
  @Test
  void rsaPss() {
    VerifyingKey key =
        VerifyingKey.decode(
                Base64.getDecoder()
                    .decode(
                        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAs+hupChOzQXnO+egWw1E"
                            + "B26Lkc8uVSAlKbWbv2gapHpcpECBioxwYL4krGgJiWo9zo93VEm4Ba2UzLYfqc6A"
                            + "QMysQfdPXKqqWFUk8dwL4ApA3kMqjsGOvaL87t73xwkclGiNQDsUbvJA4x4XbgNS"
                            + "j/JVfPpnt4fnmQjM9Xsvv3NXRQoS8EyPoc/DcsTb7av6Z5YPM9NRmObWjmjXz5KU"
                            + "zvj8oqRKUxBL3zpwZgqU5J9jZ4kK0wUg372qGy/FoK/wBm7ASrJGHOrWa4WlK4XI"
                            + "ibuOlywjywkbpzEwrdWbUWrj7xyNDol7DFJH/LUrUfpLWUM2mWfsLc7lvSfG1Yp7"
                            + "QwIDAQAB"))
            .orElseThrow();
    byte[] message = "eveproof".getBytes(StandardCharsets.US_ASCII);
    byte[] signature =
        Base64.getDecoder()
            .decode(
                "CbX/2JkQjnNNyPEYcB+dYlIIiUeH2bvb1OwO04ppSUVavG+GaH/j9Qm++SFB6cw1"
                    + "VzaTJasxA8nLETkR2Bjrjg/EE3YWE391oXNBlfYb4nPC6NhsqlM9aOWE12VKg6Uz"
                    + "r6+QQxOn1M4sxqIqxutU1PmMDr9YuN7gDV3jGzuVZrobvQYRES3zd9ZVTlJEF1yB"
                    + "VCHYIGTzSdNR1xuuVHQy/410bfwttqBLZHLa6hBvbJtes6bav3DueXD5W82BmnUI"
                    + "4Hq7961yZhqBLqrXG3GjyZnR6y8dWl722Vd4lCzgQtmVwu2h9NyKV86LvmKYBYnD"
                    + "C835aTKKswv9V/8VXZNzQg==");
    byte[] shortSalt =
        Base64.getDecoder()
            .decode(
                "QH4wVv6IycIIBdvVgWy/ckEeN0L1NcKWfwkt58LvoV5fFKKVNgxp2EPcDHf/6n51"
                    + "68chqqbO7uCmFeKJ9ghCYFrW395OrJg1pMVHSGKH7fe3GXeqDG+wCaiz4TCLkMKH"
                    + "gdjc8/GXr4SDeJldcAH8J98Kg8h7e+ImNaRdaCT7hUBgVu7ZWymwczflukq1Ygeq"
                    + "IDks21jjNIQdXFMNbOi7QJ1zGBwvF9eEeyDf4PNEh6HltNAeQv43eu1QDlQn86q6"
                    + "srkG52MqZJWYSf4UtKMlUuz4ZgVlL2lrXjlC8rb/oP1VVlcSgwUiFBXomptSpFPd"
                    + "4UMiOkjNT6pheWFDmBW+nQ==");
    assertThat(key.verifies(message, signature)).isTrue();
    assertThat(key.verifies(message, shortSalt)).isFalse();
  }
}
