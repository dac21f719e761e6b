package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

final class GmacTest {
  private static final HexFormat HEX = HexFormat.of();
  private final MessageAuthenticator gmac = Suite.GMAC.authenticator();

  private static OneTimeKey key(KeyIndex index, byte[] whole) {
    return new OneTimeKey(index, Arrays.copyOf(whole, 16), Arrays.copyOfRange(whole, 16, 32));
  }

  /** 79-byte packet authentication under a 256-bit key (IEEE 802.1AEbn, annex C). */
  @Example
  void agreesWithTheVectorOfMacSecurity() {
    byte[] secret =
        HEX.parseHex("4C973DBC7364621674F8B5B89E5C15511FCED9216490FB1C1A2CAA0FFE0407E5");
    KeyIndex nonce = new KeyIndex(0x7AE8E2CA, 0x4EC50001, 0x2E58495C);
    byte[] packet =
        HEX.parseHex(
            "68F2E77696CE7AE8E2CA4EC588E541002E58495C08000F101112131415161718191A1B1C1D1E1F20"
                + "2122232425262728292A2B2C2D2E2F303132333435363738393A3B3C3D3E3F40414243444546"
                + "4748494A4B4C4D0007");
    byte[] tag = HEX.parseHex("00BDA1B7E87608BCBF470F12157F4C07");
    try (OneTimeKey key = key(nonce, secret)) {
      assertThat(gmac.tag(key, packet)).isEqualTo(tag);
      assertThat(gmac.verifies(key, packet, tag)).isTrue();
      assertThat(gmac.verifies(key, packet, Arrays.copyOf(tag, 12))).isFalse();
    }
  }

  @Property(tries = 200)
  void agreesWithAnotherImplementation(
      @ForAll @Size(32) byte[] secret,
      @ForAll @Size(min = 1, max = 200) byte[] message,
      @ForAll @IntRange int epoch,
      @ForAll @IntRange int block,
      @ForAll @IntRange int index) {
    KeyIndex nonce = new KeyIndex(epoch, block, index);
    java.nio.ByteBuffer iv = java.nio.ByteBuffer.allocate(12);
    iv.putInt(epoch).putInt(block).putInt(index);
    GMac other = new GMac(GCMBlockCipher.newInstance(AESEngine.newInstance()));
    other.init(new ParametersWithIV(new KeyParameter(secret), iv.array()));
    other.update(message, 0, message.length);
    byte[] expected = new byte[16];
    other.doFinal(expected, 0);
    try (OneTimeKey key = key(nonce, secret)) {
      assertThat(gmac.tag(key, message)).isEqualTo(expected);
    }
  }

  /** An initialization vector that stays the same would let tags be exchanged between messages. */
  @Example
  void theNonceIsAnotherForEachIndex() {
    byte[] secret = new byte[32];
    Set<String> tags = new HashSet<>();
    for (int[] at : new int[][] {{0, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}, {0, 0, 256}}) {
      try (OneTimeKey key = key(new KeyIndex(at[0], at[1], at[2]), secret)) {
        tags.add(HEX.formatHex(gmac.tag(key, new byte[] {1})));
      }
    }
    assertThat(tags).hasSize(5);
  }

  @Example
  void statesTheForgeryBound() {
    assertThat(gmac.forgeryBound(1)).isEqualTo(3 * Math.pow(2, -128));
    assertThat(gmac.forgeryBound(17)).isEqualTo(4 * Math.pow(2, -128));
  }
}
