package org.eveproof.session;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.postprocessing.ErrorEstimate;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.postprocessing.Sample;
import org.eveproof.postprocessing.Sifting;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;

/** Bob's side of one BB84 exchange: a record for each state. */
public sealed interface ExchangeBob extends Participant<ExchangeBob> {

  /** Begins an exchange: the pulses are still to be measured. */
  static Measuring begin(
      ExchangeParameters parameters, MessageAuthenticator authenticator, long session, int round) {
    return new Measuring(parameters, Conversation.begin(authenticator, Party.BOB, session, round));
  }

  @Override
  default ExchangeBob self() {
    return this;
  }

  /** States in which Bob has not decided. */
  sealed interface Open extends ExchangeBob, Undecided<ExchangeBob> {
    @Override
    default ExchangeBob aborted(Conversation talk, AbortReason reason) {
      return new Aborted(talk, findings(), reason);
    }
  }

  /** The pulses are being measured; nobody has said anything. */
  record Measuring(ExchangeParameters parameters, Conversation talk) implements Open {
    @Override
    public Findings findings() {
      return Findings.NONE;
    }

    /**
     * All pulses are measured, and none will be any more.
     *
     * @param pulses what Bob detected; he owns it from here on
     */
    public ExchangeBob measured(MeasuredPulses pulses) {
      return new Reporting(parameters, talk, pulses);
    }

    @Override
    public void wipe() {
      // What has been measured so far belongs to the apparatus.
    }
  }

  /** Measurement is over, for good. */
  record Reporting(ExchangeParameters parameters, Conversation talk, MeasuredPulses pulses)
      implements Open {
    @Override
    public Findings findings() {
      return Findings.NONE;
    }

    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.DETECTIONS);
    }

    /** Says so, and what was detected in which basis. */
    @Override
    @Refines("Bb84Exchange!SendDetections")
    public Step<ExchangeBob> say(OneTimeKey key, Supplies supplies) {
      Bits bases = pulses.bases().disclose(pulses.detected());
      pulses.bases().close();
      Conversation next =
          talk.say(
              MessageType.DETECTIONS,
              new Payload.Detections(pulses.detected(), bases).encode(),
              key);
      return Step.to(
          new AwaitingSifting(parameters, next, pulses.detected(), bases, pulses.bits()),
          next.lastWords());
    }

    @Override
    public void wipe() {
      pulses.close();
    }
  }

  /** Bob has said what he detected, and in which bases. */
  record AwaitingSifting(
      ExchangeParameters parameters, Conversation talk, Bits detected, Bits bases, SecretBits raw)
      implements Open {
    @Override
    public Findings findings() {
      return Findings.NONE;
    }

    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.SIFTING);
    }

    /** Learns Alice's bases and her bits of the sample. */
    @Override
    public Step<ExchangeBob> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.Disclosure alice = Payload.Disclosure.read(message.payload(), bases, parameters);
      Sifting sifting = Sifting.of(detected, alice.bases(), bases);
      Sample sample = alice.sample();
      try (SecretBits sifted = sifting.key(raw)) {
        Bits own = sample.disclose(sifted);
        ErrorEstimate estimate = ErrorEstimate.of(alice.bits(), own);
        Findings findings =
            Findings.NONE
                .sifted(sifting.kept())
                .sampled(sample.positions())
                .estimated(
                    estimate.errors(),
                    IntensityTallies.of(alice.intensities(), sifting, sample)
                        .counts(alice.bits().xor(own), parameters.intensities()));
        return Step.to(
            new Estimating(
                parameters,
                talk.hear(message, supplies.keys()),
                findings,
                new Material(raw, sample.keep(sifted)),
                own,
                estimate));
      }
    }

    @Override
    public void wipe() {
      raw.close();
    }
  }

  /** Bob knows the error rate of the sample. What was not sampled is his key, with errors. */
  record Estimating(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Bits own,
      ErrorEstimate estimate)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.SAMPLE);
    }

    @Override
    public Optional<AbortReason> objection() {
      return estimate.isWithin(parameters.errorLimit())
          ? Optional.empty()
          : Optional.of(AbortReason.TOO_NOISY);
    }

    /** Gives up his bits of the sample, if the error rate is tolerable. */
    @Override
    @Refines("Bb84Exchange!SendSample")
    public Step<ExchangeBob> say(OneTimeKey key, Supplies supplies) {
      Reconciliation plan =
          parameters.reconciliation().plan(material.key().length(), estimate.rate());
      Conversation next = talk.say(MessageType.SAMPLE, new Payload.SampleBits(own).encode(), key);
      return Step.to(
          new AwaitingOpening(parameters, next, findings, material, plan), next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Alice opens the reconciliation. */
  record AwaitingOpening(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Reconciliation plan)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.PARITIES);
    }

    @Override
    public Step<ExchangeBob> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.Opening alice = Payload.Opening.read(message.payload(), plan);
      return Step.to(
          learn(
              parameters,
              talk.hear(message, supplies.keys()),
              findings,
              material,
              plan.bob(material.key(), alice.seed()),
              alice.parities()));
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Bob waits for the parities that he asked for. */
  record AwaitingParities(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Reconciliation.Bob reconciliation)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.PARITIES);
    }

    @Override
    public Step<ExchangeBob> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.Parities alice =
          Payload.Parities.read(message.payload(), reconciliation.awaitedBits());
      return Step.to(
          learn(
              parameters,
              talk.hear(message, supplies.keys()),
              findings,
              material,
              reconciliation,
              alice.bits()));
    }

    @Override
    public void wipe() {
      reconciliation.close();
      material.close();
    }
  }

  /** Corrects what parities show, counts what they gave away, and decides whether to ask again. */
  private static ExchangeBob learn(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Reconciliation.Bob reconciliation,
      Bits parities) {
    Findings disclosed = findings.disclosed(parities.length());
    Optional<byte[]> question = reconciliation.take(parities);
    if (question.isPresent() && disclosed.batches() < parameters.maxBatches()) {
      Bits bytes = Bits.fromBytes(question.get(), Byte.SIZE * question.get().length);
      return new Asking(parameters, talk, disclosed, material, reconciliation, bytes);
    }
    Material corrected = material.corrected(reconciliation.corrected());
    reconciliation.close();
    return new Corrected(parameters, talk, disclosed, corrected);
  }

  /** Bob wants more parities. */
  record Asking(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Reconciliation.Bob reconciliation,
      Bits question)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.QUERIES);
    }

    @Override
    @Refines("Bb84Exchange!SendQueries")
    public Step<ExchangeBob> say(OneTimeKey key, Supplies supplies) {
      Conversation next = talk.say(MessageType.QUERIES, question.toBytes(), key);
      return Step.to(
          new AwaitingParities(parameters, next, findings, material, reconciliation),
          next.lastWords());
    }

    @Override
    public void wipe() {
      reconciliation.close();
      material.close();
    }
  }

  /** Bob has corrected his key as far as he can; errors may remain. */
  record Corrected(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.CORRECTED);
    }

    @Override
    @Refines("Bb84Exchange!SendCorrected")
    public Step<ExchangeBob> say(OneTimeKey key, Supplies supplies) {
      Conversation next = talk.say(MessageType.CORRECTED, Payload.NONE, key);
      return Step.to(
          new AwaitingVerification(parameters, next, findings, material), next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Bob waits for the hash of Alice's key. */
  record AwaitingVerification(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.VERIFICATION);
    }

    /** Compares the hash with that of his own key. */
    @Override
    public Step<ExchangeBob> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.Verification alice =
          Payload.Verification.read(message.payload(), parameters.verification().tagBits());
      boolean equal = parameters.verification().accepts(material.key(), alice.seed(), alice.hash());
      return Step.to(
          new Verifying(
              parameters,
              talk.hear(message, supplies.keys()),
              findings.hashed(alice.hash().length(), equal),
              material));
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Bob knows whether the hashes are equal. */
  record Verifying(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.VERIFIED);
    }

    @Override
    public Optional<AbortReason> objection() {
      return findings.verified() ? Optional.empty() : Optional.of(AbortReason.UNVERIFIED);
    }

    @Override
    @Refines("Bb84Exchange!SendVerified")
    public Step<ExchangeBob> say(OneTimeKey key, Supplies supplies) {
      Conversation next = talk.say(MessageType.VERIFIED, Payload.NONE, key);
      return Step.to(
          new AwaitingAmplification(parameters, next, findings, material), next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Both keys have the same hash. */
  record AwaitingAmplification(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.AMPLIFICATION);
    }

    @Override
    public Step<ExchangeBob> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.Amplification alice =
          Payload.Amplification.read(message.payload(), material.key().length());
      return Step.to(
          new Amplifying(
              parameters, talk.hear(message, supplies.keys()), findings, material, alice));
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Bob knows how Alice makes the secret key. */
  record Amplifying(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Payload.Amplification alice)
      implements Open {
    /** Returns the length that Bob computes from what he himself saw leak. */
    private int secretBits() {
      return parameters.lengthRule().secretBits(material.key().length(), findings);
    }

    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.CONFIRM);
    }

    @Override
    public Optional<AbortReason> objection() {
      if (secretBits() < 1) {
        return Optional.of(parameters.lengthRule().noKey());
      }
      return secretBits() == alice.secretBits()
          ? Optional.empty()
          : Optional.of(AbortReason.DISAGREEMENT);
    }

    /** Makes the secret key, if Alice's length is his own, and says that he has it. */
    @Override
    @Refines("Bb84Exchange!SendConfirm")
    public Step<ExchangeBob> say(OneTimeKey key, Supplies supplies) {
      int secretBits = secretBits();
      SecretBits secret = PrivacyAmplification.amplify(material.key(), alice.seed(), secretBits);
      Conversation next = talk.say(MessageType.CONFIRM, Payload.NONE, key);
      return Step.to(
          new InDoubt(next, findings.amplified(secretBits), material, secret), next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /**
   * Bob holds the secret key and has confirmed it. Alice decides now: until he hears from her he
   * may neither use the key nor abort.
   */
  record InDoubt(Conversation talk, Findings findings, Material material, SecretBits secret)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.DONE);
    }

    @Override
    public boolean mayGiveUp() {
      return false;
    }

    @Override
    public Step<ExchangeBob> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.readNone(message.payload());
      material.close();
      return Step.to(
          new KeyHeld(talk.hear(message, supplies.keys()), findings),
          List.of(new Effect.Release(secret)));
    }

    @Override
    public void wipe() {
      secret.close();
      material.close();
    }
  }

  /** Alice has released the key, and so has Bob. */
  record KeyHeld(Conversation talk, Findings findings) implements ExchangeBob, Over<ExchangeBob> {
    /** Alice has decided; whatever she says again has been heard. */
    @Override
    public boolean owesAnAnswer(byte[] bytes) {
      return false;
    }
  }

  /** There is no key, and nothing is left of what might have become one. */
  record Aborted(Conversation talk, Findings findings, AbortReason reason)
      implements ExchangeBob, Over<ExchangeBob> {
    @Override
    public boolean owesAnAnswer(byte[] bytes) {
      return talk.looksLikeAQuestion(bytes);
    }
  }
}
