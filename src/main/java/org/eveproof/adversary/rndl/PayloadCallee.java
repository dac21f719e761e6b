package org.eveproof.adversary.rndl;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eveproof.bootstrap.exchange.ExchangeAnswer;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;

/** The callee's side of a session that makes a payload key. */
final class PayloadCallee {
  private final Protocol rules;
  private final PayloadExchange exchange;
  private final KeyEstablishment establishment;
  private final TaggedChannel channel;
  private final Optional<Bits> credential;
  private final RandomGenerator source;
  private Optional<Bits> computed = Optional.empty();
  private Bits bases = Bits.parse("");
  private Bits bits = Bits.parse("");
  private Bits raw = Bits.parse("");
  private Optional<KeyParts> parts = Optional.empty();

  PayloadCallee(
      Protocol rules,
      PayloadExchange exchange,
      TaggedChannel channel,
      Optional<Bits> credential,
      RandomGenerator source) {
    this.rules = rules;
    this.exchange = exchange;
    this.establishment = rules.establishment(exchange);
    this.channel = channel;
    this.credential = credential;
    this.source = source;
  }

  /** Takes the caller's first message and the light. Returns the answer. */
  Optional<byte[]> takeCall(byte[] message, PulseTrain light) {
    Optional<Bits> theirs =
        channel.open(message).map(bytes -> Bits.fromBytes(bytes, Byte.SIZE * bytes.length));
    if (theirs.isEmpty()) {
      return Optional.empty();
    }
    SecretRandom random = SecretRandom.simulated(source);
    Optional<ExchangeAnswer> answered = Optional.empty();
    Bits share = Bits.parse("");
    if (establishment != KeyEstablishment.NONE) {
      answered = ExchangeAnswer.to(establishment, Set.of(establishment), theirs.get(), random);
      if (answered.isEmpty()) {
        return Optional.empty();
      }
      share = answered.get().share();
    }
    if (exchange.isQuantum()) {
      MeasuredPulses measured =
          QuantumLink.measure(
              light, LinkParameters.ideal(light.slots()), random, Chance.drivenBy(source));
      bases = PayloadCaller.open(measured.bases());
      bits = PayloadCaller.open(measured.bits());
    }
    byte[] message2 = channel.seal(new Answer(share, bases).write());
    computed =
        answered.map(
            made -> PayloadCaller.open(made.secrets().combine(channel.conversation().toBytes())));
    if (!exchange.isQuantum()) {
      parts = Optional.of(new KeyParts(Optional.empty(), computed, credential));
    }
    return Optional.of(message2);
  }

  /** Takes the caller's bases. Returns the sample. */
  Optional<byte[]> takeAnnouncement(byte[] message) {
    Optional<PayloadCaller.Announcement> told =
        channel.open(message).map(PayloadCaller.Announcement::read);
    if (told.isEmpty()) {
      return Optional.empty();
    }
    Bits sifted = bits.select(bases.xor(told.get().bases()).not());
    raw = sifted.select(told.get().sample().not());
    return Optional.of(channel.seal(sifted.select(told.get().sample()).toBytes()));
  }

  /** Takes the seed of the privacy amplification: the session is over. */
  void takeSeed(byte[] message) {
    int length = raw.length() + SessionKey.BITS - 1;
    channel
        .open(message)
        .map(bytes -> Bits.fromBytes(bytes, length))
        .ifPresent(
            seed ->
                parts =
                    Optional.of(
                        new KeyParts(
                            Optional.of(PayloadCaller.amplify(raw, seed)), computed, credential)));
  }

  /** Returns what the session key was made from, if there is one. */
  Optional<KeyParts> parts() {
    return parts;
  }

  /** Returns the session key, if there is one. */
  Optional<Bits> key() {
    return parts.map(rules::sessionKey);
  }

  TaggedChannel channel() {
    return channel;
  }

  /**
   * The callee's answer.
   *
   * @param share of the key exchange
   * @param bases in which the light was measured: told only now that it is
   */
  record Answer(Bits share, Bits bases) {
    byte[] write() {
      byte[] first = share.toBytes();
      byte[] second = bases.toBytes();
      return ByteBuffer.allocate(Integer.BYTES + first.length + second.length)
          .putInt(first.length)
          .put(first)
          .put(second)
          .array();
    }

    static Answer read(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      byte[] share = new byte[in.getInt()];
      in.get(share);
      byte[] bases = new byte[in.remaining()];
      in.get(bases);
      return new Answer(
          Bits.fromBytes(share, Byte.SIZE * share.length),
          Bits.fromBytes(bases, Byte.SIZE * bases.length));
    }
  }
}
