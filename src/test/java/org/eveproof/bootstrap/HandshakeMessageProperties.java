package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.authentication.Suite;
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
      @ForAll @IntRange(max = 255) int position,
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
    Arbitrary<Bits> bits =
        Arbitraries.bytes().array(byte[].class).ofSize(32).map(bytes -> Bits.fromBytes(bytes, 256));
    Arbitrary<DeviceName> names =
        Arbitraries.strings()
            .withChars("abcz019.-")
            .ofMinLength(1)
            .ofMaxLength(DeviceName.MAX_LENGTH)
            .map(DeviceName::new);
    Arbitrary<CredentialId> ids =
        Arbitraries.strings().withChars("0123456789abcdef").ofLength(32).map(CredentialId::new);
    Arbitrary<Set<Suite>> offers = Arbitraries.of(Suite.class).set().ofMinSize(1);
    return Arbitraries.oneOf(
        Combinators.combine(names, names, ids, bits, offers).as(HandshakeMessage.Hello::new),
        Combinators.combine(bits, Arbitraries.of(Suite.class), bits)
            .as(HandshakeMessage.Challenge::new),
        bits.map(HandshakeMessage.Proof::new),
        bits.map(HandshakeMessage.Accept::new));
  }
}
