package org.eveproof.bootstrap.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key derivation of the combiner: RFC 5869 in the library, and what goes into it. */
class HkdfTest {
  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** The SHA-256 cases of RFC 5869, appendix A. */
  @ParameterizedTest
  @CsvSource({
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c,"
        + " f0f1f2f3f4f5f6f7f8f9, 3cb25f25faacd57a90434f64d0362f2a"
        + "2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
        + "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"
        + "404142434445464748494a4b4c4d4e4f,"
        + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f"
        + "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
        + "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
        + " b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
        + "d0d1d2d3d4d5d6d7d8d9dadbdcdddedfe0e1e2e3e4e5e6e7e8e9eaebecedeeef"
        + "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
        + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
        + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
        + "cc30c58179ec3e87c14c01d5c1f3434f1d87",
    "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        + "9d201395faa4b61a96c8"
  })
  void knownAnswersOfAppendixA(String input, String salt, String info, String output) {
    HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
    generator.init(new HKDFParameters(hex(input), hex(salt), hex(info)));
    byte[] made = new byte[output.length() / 2];
    generator.generateBytes(made, 0, made.length);
    assertThat(HexFormat.of().formatHex(made)).isEqualTo(output);
  }

  /** What the combiner does, step by step with the JDK's HMAC: sections 2.2 and 2.3. */
  @Test
  void theCombinerIsHkdfOfAllParts() throws Exception {
    byte[] first = new byte[32];
    byte[] second = new byte[32];
    Arrays.fill(first, (byte) 0x11);
    Arrays.fill(second, (byte) 0x22);
    byte[] call = {1};
    byte[] answer = {2, 3};
    byte[] context = {4, 5, 6};
    byte[] pseudoRandom =
        hmac(
            ascii("eveproof exchange 1"),
            framed(ascii("x25519"), first, ascii("ml-kem-768"), second));
    ByteBuffer info = ByteBuffer.allocate(64);
    info.put(framed(ascii("hybrid"), call, answer, context)).put((byte) 1);
    byte[] expected = hmac(pseudoRandom, Arrays.copyOf(info.array(), info.position()));
    try (ExchangeSecrets secrets =
            new ExchangeSecrets(
                KeyEstablishment.HYBRID,
                Share.of(call),
                Share.of(answer),
                Optional.of(SecretBits.fromBytes(first, 256)),
                Optional.of(SecretBits.fromBytes(second, 256)));
        SecretBits combined = secrets.combine(context)) {
      assertThat(Bits.fromBytes(combined.toBytes(), 256)).isEqualTo(Bits.fromBytes(expected, 256));
    }
  }

  private static byte[] framed(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(256);
    for (byte[] part : parts) {
      all.putInt(part.length).put(part);
    }
    return Arrays.copyOf(all.array(), all.position());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hmac(byte[] key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }
}
