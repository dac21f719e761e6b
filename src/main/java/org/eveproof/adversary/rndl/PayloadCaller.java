package org.eveproof.adversary.rndl;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.protocol.SentPulses;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;

/** The caller's side of a session that makes a payload key. */
final class PayloadCaller {
  /** Number of pulses of a session: more than twice as many as bits of the key and the sample. */
  static final int PULSES = 3520;

  /** Number of sifted bits that are compared in the open. */
  static final int SAMPLE = 96;

  /** Chooses the public seed of the privacy amplification. */
  @FunctionalInterface
  interface SeedChoice {
    /**
     * Returns {@code raw.length() + SessionKey.BITS - 1} bits.
     *
     * @param raw the raw key
     * @param computed what the key exchange gave
     */
    Bits choose(Bits raw, Optional<Bits> computed);
  }

  private final Protocol rules;
  private final PayloadExchange exchange;
  private final KeyEstablishment establishment;
  private final TaggedChannel channel;
  private final Optional<Bits> credential;
  private final SecretRandom random;
  private final DrawLog log;
  private final ExchangeCaller computing;
  private final SentPulses pulses;
  private SeedChoice seedChoice;
  private Optional<Ephemeral> ephemeral = Optional.empty();
  private Optional<Bits> computed = Optional.empty();
  private Bits sifted = Bits.parse("");
  private Bits sample = Bits.parse("");
  private Optional<KeyParts> parts = Optional.empty();

  PayloadCaller(
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
    this.random = SecretRandom.simulated(source);
    this.log = new DrawLog(source);
    this.computing = ExchangeCaller.begin(Set.of(establishment), SecretRandom.simulated(log));
    this.pulses = QuantumLink.prepare(exchange.isQuantum() ? PULSES : 0, random);
    this.seedChoice =
        (raw, ignored) -> PrivacyAmplification.drawSeed(raw.length(), SessionKey.BITS, random);
  }

  /** Leaves the choice of the seed to somebody else. */
  void choosing(SeedChoice choice) {
    seedChoice = choice;
  }

  /** Returns the first message: the share of the key exchange. */
  byte[] call() {
    return channel.seal(computing.share().toBytes());
  }

  /** Returns the light. */
  PulseTrain light() {
    return QuantumLink.emit(pulses).singlePhotons();
  }

  /** Takes the answer. Returns Alice's bases and the sample, if light is part of the exchange. */
  Optional<byte[]> takeAnswer(byte[] message) {
    Optional<PayloadCallee.Answer> answer = channel.open(message).map(PayloadCallee.Answer::read);
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    if (establishment != KeyEstablishment.NONE) {
      Optional<ExchangeSecrets> secrets = computing.finish(establishment, answer.get().share());
      if (secrets.isEmpty()) {
        return Optional.empty();
      }
      computed = Optional.of(open(secrets.get().combine(channel.conversation().toBytes())));
      ephemeral = Optional.of(Ephemeral.of(establishment, answer.get().share(), log));
    }
    if (!exchange.isQuantum()) {
      parts = Optional.of(new KeyParts(Optional.empty(), computed, credential));
      return Optional.empty();
    }
    Bits bases = open(pulses.bases());
    Bits same = bases.xor(answer.get().bases()).not();
    sifted = open(pulses.bits()).select(same);
    sample = random.subset(sifted.length(), SAMPLE);
    return Optional.of(channel.seal(new Announcement(bases, sample).write()));
  }

  /**
   * Takes the sample. Returns the seed of the privacy amplification, unless errors are too many.
   */
  Optional<byte[]> takeSample(byte[] message) {
    Optional<Bits> theirs =
        channel.open(message).map(bytes -> Bits.fromBytes(bytes, sample.ones()));
    if (theirs.isEmpty()) {
      return Optional.empty();
    }
    int errors = sifted.select(sample).xor(theirs.get()).ones();
    if (!rules.tolerates(errors, sample.ones())) {
      return Optional.empty();
    }
    Bits raw = sifted.select(sample.not());
    Bits seed = seedChoice.choose(raw, computed);
    Optional<Bits> quantum = Optional.of(amplify(raw, seed));
    parts = Optional.of(new KeyParts(quantum, computed, credential));
    return Optional.of(channel.seal(seed.toBytes()));
  }

  /** Returns what the session key was made from, if there is one. */
  Optional<KeyParts> parts() {
    return parts;
  }

  /** Returns the session key, if there is one. */
  Optional<Bits> key() {
    return parts.map(rules::sessionKey);
  }

  /** Returns how the key exchange went, if there was one. */
  Optional<Ephemeral> ephemeral() {
    return ephemeral;
  }

  TaggedChannel channel() {
    return channel;
  }

  static Bits amplify(Bits raw, Bits seed) {
    return open(PrivacyAmplification.amplify(SecretBits.copyOf(raw), seed, SessionKey.BITS));
  }

  /** Opens a secret: in this laboratory they all lie open. */
  static Bits open(SecretBits secret) {
    return Bits.fromBytes(secret.toBytes(), secret.length());
  }

  /**
   * What the caller tells of the light when it is measured.
   *
   * @param bases in which the light was sent
   * @param sample which of the sifted bits are compared
   */
  record Announcement(Bits bases, Bits sample) {
    byte[] write() {
      byte[] first = bases.toBytes();
      byte[] second = sample.toBytes();
      return ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length)
          .putInt(bases.length())
          .put(first)
          .putInt(sample.length())
          .put(second)
          .array();
    }

    static Announcement read(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      return new Announcement(bits(in), bits(in));
    }

    private static Bits bits(ByteBuffer in) {
      int length = in.getInt();
      byte[] bytes = new byte[(length + Byte.SIZE - 1) / Byte.SIZE];
      in.get(bytes);
      return Bits.fromBytes(bytes, length);
    }
  }
}
