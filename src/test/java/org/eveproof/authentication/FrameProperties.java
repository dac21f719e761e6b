package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.eveproof.protocol.Party;

final class FrameProperties {
  private static final SigningKey SIGNING =
      SigningKey.generate(SignatureScheme.ED25519, new SecureRandom());

  @Property
  void parsingUndoesEncoding(@ForAll("frames") Frame frame) {
    Frame parsed = Frame.parse(frame.encode()).orElseThrow();
    assertThat(parsed).isEqualTo(frame);
    assertThat(parsed.header()).isEqualTo(frame.header());
    assertThat(parsed.payload()).isEqualTo(frame.payload());
    assertThat(parsed.tag()).isEqualTo(frame.tag());
    assertThat(accepts(frame.encode(), frame.header().key())).isTrue();
  }

  @Property
  void distinctMessagesHaveDistinctEncodings(
      @ForAll("headers") Header first,
      @ForAll("headers") Header second,
      @ForAll @Size(max = 6) byte[] payload,
      @ForAll @Size(max = 6) byte[] other) {
    boolean same = first.equals(second) && Arrays.equals(payload, other);
    byte[] a = Frame.withTag(first, payload, new byte[tagBytes(first.suite())]).encode();
    byte[] b = Frame.withTag(second, other, new byte[tagBytes(second.suite())]).encode();
    assertThat(Arrays.equals(a, b)).isEqualTo(same);
  }

  @Property(tries = 300)
  void everyFlippedBitIsRefused(@ForAll("frames") Frame frame) {
    byte[] bytes = frame.encode();
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(accepts(damaged, frame.header().key())).as("bit %d", bit).isFalse();
    }
  }

  @Property
  void everyOtherLengthIsRefused(
      @ForAll("frames") Frame frame, @ForAll @Size(min = 1, max = 40) byte[] more) {
    byte[] bytes = frame.encode();
    KeyIndex fresh = frame.header().key();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(accepts(Arrays.copyOf(bytes, length), fresh)).isFalse();
    }
    byte[] extended = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, extended, bytes.length, more.length);
    assertThat(accepts(extended, fresh)).isFalse();
    if (frame.header().suite() != Suite.SIGNATURE) {
      assertThat(Frame.parse(extended)).isEmpty();
      assertThat(Frame.parse(Arrays.copyOf(bytes, bytes.length - 1))).isEmpty();
    }
  }

  @Property
  void anyBytesAreRefusedOrAreTheOneEncodingOfAFrame(
      @ForAll @Size(max = 120) byte[] bytes, @ForAll("headers") Header header) {
    byte[] plausible = Frame.withTag(header, bytes, new byte[tagBytes(header.suite())]).encode();
    System.arraycopy(bytes, 0, plausible, 0, Math.min(bytes.length, 8));
    for (byte[] hostile : new byte[][] {bytes, plausible}) {
      Optional<Frame> frame = Frame.parse(hostile);
      assertThat(frame.isEmpty() || Arrays.equals(frame.get().encode(), hostile)).isTrue();
    }
  }

  @Property
  void aTagHoldsUnderItsOwnKeyOnly(
      @ForAll("frames") Frame frame, @ForAll @IntRange(max = 127) int bit) {
    MessageAuthenticator authenticator = authenticator(frame.header().suite());
    byte[] hashKey = hashKey();
    hashKey[bit / 8] ^= (byte) (1 << bit % 8);
    byte[] pad = pad();
    pad[bit / 8] ^= (byte) (1 << bit % 8);
    KeyIndex index = frame.header().key();
    KeyIndex later = new KeyIndex(index.epoch(), index.block(), index.index() ^ 1);
    if (frame.header().suite() != Suite.SIGNATURE) {
      assertThat(frame.verifies(authenticator, new OneTimeKey(index, hashKey, pad()))).isFalse();
      assertThat(frame.verifies(authenticator, new OneTimeKey(index, hashKey(), pad))).isFalse();
    }
    assertThat(frame.verifies(authenticator, new OneTimeKey(later, hashKey(), pad()))).isFalse();
  }

  @Property
  void theTagCoversEveryFieldOfTheHeaderAndTheLength(
      @ForAll("headers") Header header, @ForAll("headers") Header other) {
    String covered = covered(header, 3);
    Suite suite = header.suite();
    Suite anotherSuite = suite == Suite.GMAC ? Suite.WEGMAN_CARTER : Suite.GMAC;
    Party sender = header.sender();
    long session = header.session();
    int round = header.round();
    int sequence = header.sequence();
    int type = header.type();
    KeyIndex key = header.key();
    List<Header> changed =
        List.of(
            new Header(anotherSuite, sender, session, round, sequence, type, key),
            new Header(suite, sender.peer(), session, round, sequence, type, key),
            new Header(suite, sender, session + 1, round, sequence, type, key),
            new Header(suite, sender, session, round ^ 1, sequence, type, key),
            new Header(suite, sender, session, round, sequence ^ 1, type, key),
            new Header(suite, sender, session, round, sequence, type % 255 + 1, key),
            new Header(
                suite,
                sender,
                session,
                round,
                sequence,
                type,
                new KeyIndex(key.epoch() ^ 1, key.block(), key.index())),
            new Header(
                suite,
                sender,
                session,
                round,
                sequence,
                type,
                new KeyIndex(key.epoch(), key.block() ^ 1, key.index())),
            new Header(
                suite,
                sender,
                session,
                round,
                sequence,
                type,
                new KeyIndex(key.epoch(), key.block(), key.index() ^ 1)));
    for (Header each : changed) {
      assertThat(covered(each, 3)).isNotEqualTo(covered);
    }
    assertThat(covered(header, 4)).isNotEqualTo(covered);
    assertThat(covered(header, 4)).doesNotStartWith(covered);
    assertThat(covered(other, 3).equals(covered)).isEqualTo(other.equals(header));
  }

  /** What an authenticator is given for a frame with a payload of zeros. */
  private static String covered(Header header, int payloadBytes) {
    List<byte[]> given = new ArrayList<>();
    MessageAuthenticator recorder =
        new MessageAuthenticator() {
          @Override
          public Suite suite() {
            return header.suite();
          }

          @Override
          public byte[] tag(OneTimeKey key, byte[] message) {
            given.add(message.clone());
            return new byte[tagBytes(suite())];
          }

          @Override
          public double forgeryBound(long messageBytes) {
            return 1;
          }
        };
    Frame frame = Frame.seal(recorder, key(header.key()), header, new byte[payloadBytes]);
    assertThat(frame.verifies(recorder, key(header.key()))).isTrue();
    assertThat(given.get(1)).as("signed and verified").isEqualTo(given.get(0));
    return HexFormat.of().formatHex(given.get(0));
  }

  @Example
  void aTagIsAsLongAsItsSuiteSays() {
    for (Suite suite : Suite.values()) {
      Header header = new Header(suite, Party.BOB, 7, 0, 1, 1, new KeyIndex(0, 0, 0));
      int most = suite.maxTagBytes();
      assertThat(Frame.parse(Frame.withTag(header, new byte[3], new byte[most]).encode()))
          .isPresent();
      assertThatThrownBy(() -> Frame.withTag(header, new byte[3], new byte[most + 1]))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Frame.withTag(header, new byte[3], new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
      byte[] longer =
          Arrays.copyOf(
              Frame.withTag(header, new byte[3], new byte[most]).encode(),
              Header.BYTES + 4 + 3 + most + 1);
      assertThat(Frame.parse(longer)).isEmpty();
      assertThat(Frame.parse(Arrays.copyOf(longer, Header.BYTES + 4 + 3))).isEmpty();
    }
  }

  private static int tagBytes(Suite suite) {
    return suite == Suite.SIGNATURE ? 64 : suite.maxTagBytes();
  }

  private static MessageAuthenticator authenticator(Suite suite) {
    return suite == Suite.SIGNATURE
        ? new Signed(SIGNING, SIGNING.verifying())
        : suite.authenticator();
  }

  @Example
  void aLengthThatLiesIsRefusedWithoutAllocating() {
    Header header = new Header(Suite.HMAC_SHA256, Party.BOB, 7, 0, 1, 1, new KeyIndex(0, 0, 0));
    byte[] bytes = Frame.withTag(header, new byte[0], new byte[32]).encode();
    for (int lie : new int[] {1, Frame.MAX_PAYLOAD, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 4; i++) {
        damaged[Header.BYTES + i] = (byte) (lie >>> (24 - 8 * i));
      }
      assertThat(Frame.parse(damaged)).isEmpty();
    }
  }

  @Provide
  Arbitrary<Header> headers() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    Arbitrary<KeyIndex> keys = Combinators.combine(number, number, number).as(KeyIndex::new);
    return Combinators.combine(
            Arbitraries.of(Suite.class),
            Arbitraries.of(Party.class),
            Arbitraries.longs(),
            number,
            number,
            Arbitraries.integers().between(1, 255),
            keys)
        .as(Header::new);
  }

  @Provide
  Arbitrary<Frame> frames() {
    Arbitrary<byte[]> payloads = Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
    return Combinators.combine(headers(), payloads)
        .as(
            (header, payload) ->
                Frame.seal(authenticator(header.suite()), key(header.key()), header, payload));
  }

  /** What a receiver does: parse, find the key that the frame names, verify. */
  private static boolean accepts(byte[] bytes, KeyIndex fresh) {
    return Frame.parse(bytes)
        .filter(frame -> frame.header().key().equals(fresh))
        .filter(frame -> frame.verifies(authenticator(frame.header().suite()), key(fresh)))
        .isPresent();
  }

  private static OneTimeKey key(KeyIndex index) {
    return new OneTimeKey(index, hashKey(), pad());
  }

  private static byte[] hashKey() {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) 0x5a);
    return bytes;
  }

  private static byte[] pad() {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) 0xc3);
    return bytes;
  }
}
