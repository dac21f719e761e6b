package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every suite, and what others got wrong. */
final class SuiteTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] SECRET = HEX.parseHex("3979ea51296ee3a6e0ab4460b0d8fe81");

  static Stream<Named<MessageAuthenticator>> authenticators() {
    List<Named<MessageAuthenticator>> all = new ArrayList<>();
    Suite.symmetric().forEach(suite -> all.add(Named.of(suite.label(), suite.authenticator())));
    for (SignatureScheme scheme : SignatureScheme.values()) {
      SigningKey key = SigningKey.generate(scheme, new SecureRandom());
      all.add(Named.of("signature " + scheme.label(), new Signed(key, key.verifying())));
    }
    return all.stream();
  }

  private static OneTimeKey key() {
    byte[] pad = new byte[OneTimeKey.PAD_BYTES];
    Arrays.fill(pad, (byte) 0x5c);
    return new OneTimeKey(new KeyIndex(0, 0, 0), SECRET, pad);
  }

  /** A hash without the length, padded with zeros, gives all of these the same tag. */
  @ParameterizedTest
  @MethodSource("authenticators")
  void zerosBeforeAndAfterMakeAnotherMessage(MessageAuthenticator authenticator) {
    byte[] m = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    List<byte[]> messages =
        List.of(m, zeros(0, m, 1), zeros(0, m, 5), zeros(12, m, 0), zeros(1200, m, 0));
    Set<String> tags = new HashSet<>();
    try (OneTimeKey key = key()) {
      for (byte[] message : messages) {
        byte[] tag = authenticator.tag(key, message);
        tags.add(HEX.formatHex(tag));
        for (byte[] other : messages) {
          assertThat(authenticator.verifies(key, other, tag)).isEqualTo(message == other);
        }
      }
    }
    assertThat(tags).hasSize(5);
  }

  private static byte[] zeros(int before, byte[] message, int after) {
    byte[] all = new byte[before + message.length + after];
    System.arraycopy(message, 0, all, before, message.length);
    return all;
  }

  /** Without a frame, "ab" then "c" and "a" then "bc" are the same bytes. */
  @ParameterizedTest
  @MethodSource("authenticators")
  void theBoundaryBetweenHeaderAndPayloadIsAuthenticated(MessageAuthenticator authenticator) {
    Header header =
        new Header(authenticator.suite(), Party.ALICE, 1, 0, 1, 1, new KeyIndex(0, 0, 0));
    try (OneTimeKey key = key()) {
      byte[] longer = Frame.seal(authenticator, key, header, new byte[] {'a', 'b'}).encode();
      byte[] shorter = Frame.seal(authenticator, key, header, new byte[] {'a'}).encode();
      byte[] spliced = longer.clone();
      int length = Header.BYTES;
      System.arraycopy(shorter, length, spliced, length, Integer.BYTES);
      assertThat(Frame.parse(spliced).filter(frame -> frame.verifies(authenticator, key)))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("authenticators")
  void nothingHasNoTag(MessageAuthenticator authenticator) {
    try (OneTimeKey key = key()) {
      assertThatThrownBy(() -> authenticator.tag(key, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> authenticator.forgeryBound(0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("authenticators")
  void aDestroyedKeyTagsNothing(MessageAuthenticator authenticator) {
    OneTimeKey key = key();
    key.close();
    assertThatThrownBy(() -> authenticator.tag(key, new byte[1]))
        .isInstanceOf(IllegalStateException.class);
  }

  /** No "authentication" without a secret: whoever lacks the key cannot compute the tag. */
  @ParameterizedTest
  @MethodSource("authenticators")
  void theTagDependsOnASecret(MessageAuthenticator authenticator) {
    byte[] message = {1, 2, 3};
    if (authenticator.suite() == Suite.SIGNATURE) {
      try (SigningKey other = SigningKey.generate(SignatureScheme.ED25519, new SecureRandom());
          OneTimeKey key = key()) {
        byte[] tag = new Signed(other, other.verifying()).tag(key, message);
        assertThat(authenticator.verifies(key, message, tag)).isFalse();
      }
      return;
    }
    for (int bit = 0; bit < 8 * OneTimeKey.PAD_BYTES; bit++) {
      byte[] pad = new byte[OneTimeKey.PAD_BYTES];
      Arrays.fill(pad, (byte) 0x5c);
      pad[bit / 8] ^= (byte) (1 << bit % 8);
      try (OneTimeKey right = key();
          OneTimeKey wrong = new OneTimeKey(right.index(), SECRET, pad)) {
        assertThat(authenticator.tag(wrong, message))
            .isNotEqualTo(authenticator.tag(right, message));
      }
    }
  }

  /** A pad that is used again after a failure would give the difference of two hashes away. */
  @ParameterizedTest
  @MethodSource("authenticators")
  void afterAFailureTheNextMessageHasAnotherKey(MessageAuthenticator authenticator) {
    FixedOneTimeKeys alice = new FixedOneTimeKeys(Party.ALICE, new byte[32], 4);
    FixedOneTimeKeys bob = new FixedOneTimeKeys(Party.BOB, new byte[32], 4);
    OneTimeKey first = alice.take().orElseThrow();
    Header header = new Header(authenticator.suite(), Party.ALICE, 1, 0, 1, 1, first.index());
    byte[] wire = Frame.seal(authenticator, first, header, new byte[] {1}).encode();
    wire[wire.length - 1] ^= 1;
    Frame damaged = Frame.parse(wire).orElseThrow();
    assertThat(damaged.verifies(authenticator, bob.lookup(first.index()).orElseThrow())).isFalse();
    bob.refused(first.index());

    OneTimeKey second = alice.take().orElseThrow();
    assertThat(second.index()).isGreaterThan(first.index());
    assertThat(second.whole()).isNotEqualTo(first.whole());
    assertThat(bob.take().orElseThrow().whole()).isNotEqualTo(first.whole());
  }

  @Test
  void namesAndCodesAreUnique() {
    for (Suite suite : Suite.values()) {
      assertThat(Suite.ofLabel(suite.label())).contains(suite);
      assertThat(Suite.ofCode(suite.code())).contains(suite);
    }
    assertThat(Suite.ofLabel("hmac")).contains(Suite.HMAC_SHA256);
    assertThat(Suite.ofLabel("none")).isEmpty();
    assertThatThrownBy(Suite.SIGNATURE::authenticator).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anEcdsaSignatureHasOneFormInAFrame() throws Exception {
    SigningKey signing = SigningKey.generate(SignatureScheme.ECDSA_P256, new SecureRandom());
    Signed signed = new Signed(signing, signing.verifying());
    byte[] message = {1, 2, 3};
    try (OneTimeKey key = key()) {
      byte[] tag = signed.tag(key, message);
      java.math.BigInteger order =
          ((java.security.interfaces.ECPublicKey) signing.verifying().key()).getParams().getOrder();
      var encoding = org.bouncycastle.crypto.signers.StandardDSAEncoding.INSTANCE;
      java.math.BigInteger[] parts = encoding.decode(order, tag);
      byte[] other = encoding.encode(order, parts[0], order.subtract(parts[1]));

      assertThat(signed.verifies(key, message, tag)).isTrue();
      assertThat(signed.verifies(key, message, other)).isFalse();
      byte[] framed = "eveproof frame\0\1\2\3".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      assertThat(signing.verifying().verifies(framed, other)).as("sound as such").isTrue();
    }
  }
}
