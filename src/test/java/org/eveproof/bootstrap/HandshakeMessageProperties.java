package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;

/** One encoding for each message, one message for each encoding, and no surprise for the rest. */
class HandshakeMessageProperties {

  @Property(tries = 300)
  void parsesWhatItEncodes(@ForAll("messages") HandshakeMessage message) {
    byte[] bytes = message.encode();
    assertThat(bytes.length).isLessThanOrEqualTo(HandshakeMessage.MAX_BYTES);
    assertThat(HandshakeMessage.parse(bytes)).contains(message);
  }

  @Property(tries = 300)
  void otherBytesAreAnotherMessageOrNone(
      @ForAll("messages") HandshakeMessage message,
      @ForAll @IntRange(max = 1500) int position,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] bytes = message.encode();
    bytes[position % bytes.length] ^= (byte) change;
    assertThat(HandshakeMessage.parse(bytes).filter(message::equals)).isEmpty();
    HandshakeMessage.parse(bytes).ifPresent(read -> assertThat(read.encode()).isEqualTo(bytes));
  }

  @Property(tries = 1000)
  void hostileBytesNeverThrow(@ForAll byte[] bytes, @ForAll @IntRange(max = 5) int type) {
    byte[] framed = new byte[bytes.length + 3];
    framed[0] = (byte) HandshakeMessage.MAGIC;
    framed[1] = HandshakeMessage.VERSION;
    framed[2] = (byte) type;
    System.arraycopy(bytes, 0, framed, 3, bytes.length);
    HandshakeMessage.parse(framed).ifPresent(read -> assertThat(read.encode()).isEqualTo(framed));
    HandshakeMessage.parse(bytes).ifPresent(read -> assertThat(read.encode()).isEqualTo(bytes));
  }

  @Provide
  Arbitrary<HandshakeMessage> messages() {
    Arbitrary<Bits> nonces = bytes(32, 32);
    Arbitrary<Bits> shown = bytes(1, 300);
    Arbitrary<Bits> shares = bytes(0, 300);
    Arbitrary<Bits> proofs = bytes(1, 300);
    Arbitrary<DeviceName> names =
        Arbitraries.strings()
            .withChars("abcz019.-")
            .ofMinLength(1)
            .ofMaxLength(DeviceName.MAX_LENGTH)
            .map(DeviceName::new);
    Arbitrary<Methods> offers =
        Combinators.combine(
                Arbitraries.of(KeyEstablishment.class).set().ofMinSize(1),
                Arbitraries.of(Suite.class).set().ofMinSize(1))
            .as(Methods::new);
    Arbitrary<Method> chosen =
        Combinators.combine(Arbitraries.of(KeyEstablishment.class), Arbitraries.of(Suite.class))
            .as(Method::new);
    Arbitrary<HandshakeMessage.Opening> openings =
        Combinators.combine(shown, nonces, chosen, shares).as(HandshakeMessage.Opening::new);
    return Arbitraries.oneOf(
        Combinators.combine(names, names, shown, nonces, offers, shares)
            .as(HandshakeMessage.Hello::new),
        Combinators.combine(openings, proofs).as(HandshakeMessage.Challenge::new),
        proofs.map(HandshakeMessage.Proof::new),
        proofs.map(HandshakeMessage.Accept::new));
  }

  private static Arbitrary<Bits> bytes(int least, int most) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(least)
        .ofMaxSize(most)
        .map(bytes -> Bits.fromBytes(bytes, Byte.SIZE * bytes.length));
  }
}
