package org.eveproof.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.postprocessing.ErrorEstimate;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.postprocessing.Sample;
import org.eveproof.postprocessing.Sifting;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SentPulses;

/** Alice's side of one BB84 exchange: a record for each state. */
public sealed interface ExchangeAlice extends Participant<ExchangeAlice> {

  /**
   * Begins an exchange.
   *
   * @param pulses what Alice is going to send; she owns it from here on
   */
  static Emitting begin(
      ExchangeParameters parameters,
      MessageAuthenticator authenticator,
      long session,
      int round,
      SentPulses pulses) {
    return new Emitting(
        parameters, Conversation.begin(authenticator, Party.ALICE, session, round), pulses);
  }

  @Override
  default ExchangeAlice self() {
    return this;
  }

  /** States in which Alice has not decided. */
  sealed interface Open extends ExchangeAlice, Undecided<ExchangeAlice> {
    @Override
    default ExchangeAlice aborted(Conversation talk, AbortReason reason) {
      return new Aborted(talk, findings(), reason);
    }
  }

  /** The pulses are being sent. Nothing that Bob might say about them is believed yet. */
  record Emitting(ExchangeParameters parameters, Conversation talk, SentPulses pulses)
      implements Open {
    @Override
    public Findings findings() {
      return Findings.NONE;
    }

    /** All pulses are out. */
    @Refines("Bb84Exchange!Emit")
    public ExchangeAlice emitted() {
      return new AwaitingDetections(parameters, talk, pulses);
    }

    @Override
    public void wipe() {
      pulses.close();
    }
  }

  /** The pulses are out; Bob has not said what he detected. Alice's bases are still secret. */
  record AwaitingDetections(ExchangeParameters parameters, Conversation talk, SentPulses pulses)
      implements Open {
    @Override
    public Findings findings() {
      return Findings.NONE;
    }

    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.DETECTIONS);
    }

    /** Bob's measurements are over. */
    @Override
    public Step<ExchangeAlice> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.Detections bob = Payload.Detections.read(message.payload(), pulses.bits().length());
      Bits bases = pulses.bases().disclose(bob.detected());
      List<Bits> intensities =
          pulses.intensities().stream().map(digit -> digit.disclose(bob.detected())).toList();
      return Step.to(
          new Disclosing(
              parameters,
              talk.hear(message, supplies.keys()),
              pulses,
              bases,
              intensities,
              Sifting.of(bob.detected(), bases, bob.bases())));
    }

    @Override
    public void wipe() {
      pulses.close();
    }
  }

  /** Bob's measurements are over: now, and not before, Alice may show bases and intensities. */
  record Disclosing(
      ExchangeParameters parameters,
      Conversation talk,
      SentPulses pulses,
      Bits bases,
      List<Bits> intensities,
      Sifting sifting)
      implements Open {
    @Override
    public Findings findings() {
      return Findings.NONE.sifted(sifting.kept());
    }

    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.SIFTING);
    }

    @Override
    public Optional<AbortReason> objection() {
      return parameters.sampling().isEnough(siftedBases())
          ? Optional.empty()
          : Optional.of(AbortReason.TOO_SHORT);
    }

    private Bits siftedBases() {
      return bases.select(sifting.matching());
    }

    /** Shows her choices, and draws the sample: only now, so that nobody could foresee it. */
    @Override
    @Refines("Bb84Exchange!SendSifting")
    public Step<ExchangeAlice> say(OneTimeKey key, Supplies supplies) {
      Sample sample = parameters.sampling().draw(siftedBases(), supplies.random());
      pulses.closeChoices();
      try (SecretBits siftedKey = sifting.key(pulses.bits())) {
        Bits disclosed = sample.disclose(siftedKey);
        Conversation next =
            talk.say(
                MessageType.SIFTING,
                new Payload.Disclosure(bases, intensities, sample, disclosed).encode(),
                key);
        return Step.to(
            new AwaitingSample(
                parameters,
                next,
                findings().sampled(sample.positions()),
                new Material(pulses.bits(), sample.keep(siftedKey)),
                disclosed,
                IntensityTallies.of(intensities, sifting, sample)),
            next.lastWords());
      }
    }

    @Override
    public void wipe() {
      pulses.close();
    }
  }

  /** Alice's bits of the sample are out. What was not sampled is her key. */
  record AwaitingSample(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Bits disclosed,
      IntensityTallies intensities)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.SAMPLE);
    }

    /** Compares Bob's bits with her own. */
    @Override
    public Step<ExchangeAlice> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.SampleBits bob = Payload.SampleBits.read(message.payload(), disclosed.length());
      ErrorEstimate estimate = ErrorEstimate.of(disclosed, bob.bits());
      return Step.to(
          new Estimating(
              parameters,
              talk.hear(message, supplies.keys()),
              findings.estimated(
                  estimate.errors(),
                  intensities.counts(disclosed.xor(bob.bits()), parameters.intensities())),
              material,
              estimate));
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Alice knows the error rate of the sample. */
  record Estimating(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      ErrorEstimate estimate)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.PARITIES);
    }

    @Override
    public Optional<AbortReason> objection() {
      return estimate.isWithin(parameters.errorLimit())
          ? Optional.empty()
          : Optional.of(AbortReason.TOO_NOISY);
    }

    /** Begins the reconciliation, if the error rate is tolerable. */
    @Override
    @Refines("Bb84Exchange!SendParities")
    public Step<ExchangeAlice> say(OneTimeKey key, Supplies supplies) {
      Reconciliation plan =
          parameters.reconciliation().plan(material.key().length(), estimate.rate());
      Bits seed = supplies.random().publicBits(plan.seedBits());
      Reconciliation.Alice reconciliation = plan.alice(material.key(), seed);
      Bits parities = reconciliation.open();
      Conversation next =
          talk.say(MessageType.PARITIES, new Payload.Opening(seed, parities).encode(), key);
      return Step.to(
          new AwaitingCorrection(
              parameters, next, findings.disclosed(parities.length()), material, reconciliation),
          next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Bob corrects his key. */
  record AwaitingCorrection(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Reconciliation.Alice reconciliation)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      // No more batches than agreed: what leaks is bounded whoever asks.
      return findings.batches() < parameters.maxBatches()
          ? EnumSet.of(MessageType.QUERIES, MessageType.CORRECTED)
          : EnumSet.of(MessageType.CORRECTED);
    }

    /** Bob wants to know more, or is done. */
    @Override
    public Step<ExchangeAlice> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      if (message.type() == MessageType.QUERIES) {
        Reconciliation.Question question =
            reconciliation.read(message.payload().rest()).orElseThrow(PayloadReader::unreadable);
        return Step.to(
            new Answering(
                parameters,
                talk.hear(message, supplies.keys()),
                findings,
                material,
                reconciliation,
                question));
      }
      Payload.readNone(message.payload());
      reconciliation.close();
      return Step.to(
          new Hashing(parameters, talk.hear(message, supplies.keys()), findings, material));
    }

    @Override
    public void wipe() {
      reconciliation.close();
      material.close();
    }
  }

  /** Bob has asked for parities. */
  record Answering(
      ExchangeParameters parameters,
      Conversation talk,
      Findings findings,
      Material material,
      Reconciliation.Alice reconciliation,
      Reconciliation.Question question)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.PARITIES);
    }

    /** Tells him, and counts what that gives away. */
    @Override
    @Refines("Bb84Exchange!SendParities")
    public Step<ExchangeAlice> say(OneTimeKey key, Supplies supplies) {
      Bits parities = question.answer();
      Conversation next =
          talk.say(MessageType.PARITIES, new Payload.Parities(parities).encode(), key);
      return Step.to(
          new AwaitingCorrection(
              parameters, next, findings.disclosed(parities.length()), material, reconciliation),
          next.lastWords());
    }

    @Override
    public void wipe() {
      reconciliation.close();
      material.close();
    }
  }

  /** Bob has corrected what he could find. */
  record Hashing(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.VERIFICATION);
    }

    /** Lets him compare a hash, under a seed that nobody could know before. */
    @Override
    @Refines("Bb84Exchange!SendVerification")
    public Step<ExchangeAlice> say(OneTimeKey key, Supplies supplies) {
      Bits seed = ErrorVerification.drawSeed(supplies.random());
      Bits hash = parameters.verification().hash(material.key(), seed);
      Conversation next =
          talk.say(MessageType.VERIFICATION, new Payload.Verification(seed, hash).encode(), key);
      return Step.to(
          new AwaitingVerified(
              parameters, next, findings.hashed(hash.length(), findings.verified()), material),
          next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** The hash of Alice's key is out; Bob compares. */
  record AwaitingVerified(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.VERIFIED);
    }

    /** The keys are equal. */
    @Override
    public Step<ExchangeAlice> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.readNone(message.payload());
      return Step.to(
          new Amplifying(parameters, talk.hear(message, supplies.keys()), findings, material));
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** The keys are equal: now, and not before, the seed of privacy amplification may be known. */
  record Amplifying(
      ExchangeParameters parameters, Conversation talk, Findings findings, Material material)
      implements Open {
    private int secretBits() {
      return parameters.lengthRule().secretBits(material.key().length(), findings);
    }

    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.AMPLIFICATION);
    }

    @Override
    public Optional<AbortReason> objection() {
      return secretBits() > 0 ? Optional.empty() : Optional.of(parameters.lengthRule().noKey());
    }

    /** Makes the secret key, as long as the rule of lengths says. */
    @Override
    @Refines("Bb84Exchange!SendAmplification")
    public Step<ExchangeAlice> say(OneTimeKey key, Supplies supplies) {
      int secretBits = secretBits();
      Bits seed =
          PrivacyAmplification.drawSeed(material.key().length(), secretBits, supplies.random());
      SecretBits secret = PrivacyAmplification.amplify(material.key(), seed, secretBits);
      Conversation next =
          talk.say(
              MessageType.AMPLIFICATION, new Payload.Amplification(secretBits, seed).encode(), key);
      return Step.to(
          new AwaitingConfirm(next, findings.amplified(secretBits), material, secret),
          next.lastWords());
    }

    @Override
    public void wipe() {
      material.close();
    }
  }

  /** Alice has the secret key, and does not know whether Bob has it. */
  record AwaitingConfirm(Conversation talk, Findings findings, Material material, SecretBits secret)
      implements Open {
    @Override
    public Set<MessageType> awaited() {
      return EnumSet.of(MessageType.CONFIRM);
    }

    /** Bob has the key. */
    @Override
    public Step<ExchangeAlice> hear(Conversation.Incoming message, Supplies supplies)
        throws RefusedException {
      Payload.readNone(message.payload());
      return Step.to(
          new Releasing(talk.hear(message, supplies.keys()), findings, material, secret));
    }

    @Override
    public void wipe() {
      secret.close();
      material.close();
    }
  }

  /** Both have the key, and Bob has given up his right to abort: so has Alice. */
  record Releasing(Conversation talk, Findings findings, Material material, SecretBits secret)
      implements Open {
    @Override
    public Optional<MessageType> turn() {
      return Optional.of(MessageType.DONE);
    }

    @Override
    public boolean heedsAbort() {
      return false;
    }

    @Override
    public boolean mayGiveUp() {
      return false;
    }

    /** Releases the key, and tells Bob. */
    @Override
    @Refines("Bb84Exchange!SendDone")
    public Step<ExchangeAlice> say(OneTimeKey key, Supplies supplies) {
      material.close();
      Conversation over = talk.say(MessageType.DONE, Payload.NONE, key);
      List<Effect> effects = new ArrayList<>(over.lastWords());
      effects.add(new Effect.Release(secret));
      return Step.to(new KeyHeld(over, findings), effects);
    }

    @Override
    public void wipe() {
      secret.close();
      material.close();
    }
  }

  /** The key has been released to its consumer. */
  record KeyHeld(Conversation talk, Findings findings)
      implements ExchangeAlice, Over<ExchangeAlice> {
    /** Who confirms again has not heard that it is done. */
    @Override
    public boolean owesAnAnswer(byte[] bytes) {
      return talk.isRepetition(bytes);
    }
  }

  /** There is no key, and nothing is left of what might have become one. */
  record Aborted(Conversation talk, Findings findings, AbortReason reason)
      implements ExchangeAlice, Over<ExchangeAlice> {
    @Override
    public boolean owesAnAnswer(byte[] bytes) {
      return talk.looksLikeAQuestion(bytes);
    }
  }
}
