package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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
    byte[] a = Frame.withTag(first, payload, new byte[first.suite().tagBytes()]).encode();
    byte[] b = Frame.withTag(second, other, new byte[second.suite().tagBytes()]).encode();
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
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Frame.parse(Arrays.copyOf(bytes, length))).isEmpty();
    }
    byte[] extended = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, extended, bytes.length, more.length);
    assertThat(Frame.parse(extended)).isEmpty();
  }

  @Property
  void anyBytesAreRefusedOrAreTheOneEncodingOfAFrame(
      @ForAll @Size(max = 120) byte[] bytes, @ForAll("headers") Header header) {
    byte[] plausible = Frame.withTag(header, bytes, new byte[header.suite().tagBytes()]).encode();
    System.arraycopy(bytes, 0, plausible, 0, Math.min(bytes.length, 8));
    for (byte[] hostile : new byte[][] {bytes, plausible}) {
      Optional<Frame> frame = Frame.parse(hostile);
      assertThat(frame.isEmpty() || Arrays.equals(frame.get().encode(), hostile)).isTrue();
    }
  }

  @Property
  void aTagHoldsUnderItsOwnKeyOnly(
      @ForAll("frames") Frame frame, @ForAll @IntRange(max = 127) int bit) {
    MessageAuthenticator authenticator = frame.header().suite().authenticator();
    byte[] hashKey = hashKey();
    hashKey[bit / 8] ^= (byte) (1 << bit % 8);
    byte[] pad = pad();
    pad[bit / 8] ^= (byte) (1 << bit % 8);
    KeyIndex index = frame.header().key();
    KeyIndex later = new KeyIndex(index.epoch(), index.block(), index.index() ^ 1);
    assertThat(frame.verifies(authenticator, new OneTimeKey(index, hashKey, pad()))).isFalse();
    assertThat(frame.verifies(authenticator, new OneTimeKey(index, hashKey(), pad))).isFalse();
    assertThat(frame.verifies(authenticator, new OneTimeKey(later, hashKey(), pad()))).isFalse();
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
                Frame.seal(header.suite().authenticator(), key(header.key()), header, payload));
  }

  /** What a receiver does: parse, find the key that the frame names, verify. */
  private static boolean accepts(byte[] bytes, KeyIndex fresh) {
    return Frame.parse(bytes)
        .filter(frame -> frame.header().key().equals(fresh))
        .filter(frame -> frame.verifies(frame.header().suite().authenticator(), key(fresh)))
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
