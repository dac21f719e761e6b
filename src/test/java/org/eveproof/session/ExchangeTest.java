package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.QuantumLink;
import org.junit.jupiter.api.Test;

/** Whole exchanges at the sizes of a real link, over a channel that loses nothing. */
class ExchangeTest {
  private static final double LIMIT = 0.05;
  private static final ExchangeParameters PARAMETERS =
      new ExchangeParameters(
          1,
          SampleRule.RandomSubset.share(0.2),
          LIMIT,
          (keyBits, errorRate) ->
              new CascadeReconciliation(CascadeSchedule.wide(keyBits, Math.max(errorRate, 0.001))),
          400,
          new ErrorVerification(64),
          new LengthRule.Counted(FiniteKeyRule.of(LIMIT, 1e-9, 1e-12)));

  /** Two parties, and what came out. */
  private static final class Run {
    private final List<Frame> wire = new ArrayList<>();
    private final List<SecretBits> released = new ArrayList<>();
    private ExchangeAlice alice;
    private ExchangeBob bob;

    Run(int pulses, double misalignment, FibreEve eve) {
      this(pulses, misalignment, eve, 1);
    }

    Run(int pulses, double misalignment, FibreEve eve, long seed) {
      RandomGenerator physics = generator(0);
      SecretRandom random = SecretRandom.simulated(physics);
      LinkParameters link = new LinkParameters(pulses, 1, 1, 0, misalignment);
      QuantumLink.Transmission light =
          QuantumLink.transmit(link, eve, random, random, Chance.drivenBy(physics));
      random = SecretRandom.simulated(generator(seed));
      byte[] secret = new byte[32];
      Supplies hers = new Supplies(new FixedOneTimeKeys(Party.ALICE, secret, 500), random);
      Supplies his = new Supplies(new FixedOneTimeKeys(Party.BOB, secret, 500), random);
      ExchangeAlice.Emitting emitting =
          ExchangeAlice.begin(PARAMETERS, new WegmanCarter(), 1, 0, light.alice());
      alice = emitting.emitted();
      bob = ExchangeBob.begin(PARAMETERS, new WegmanCarter(), 1, 0).measured(light.bob());
      while (alice.due().isPresent() || bob.due().isPresent()) {
        if (bob.due().isPresent()) {
          Step<ExchangeBob> said = bob.speak(his);
          bob = said.state();
          alice = settle(alice.receive(send(said), hers)).state();
        } else {
          Step<ExchangeAlice> said = settle(alice.speak(hers));
          alice = said.state();
          bob = settle(bob.receive(send(said), his)).state();
        }
      }
    }

    private byte[] send(Step<?> said) {
      Frame frame =
          said.effects().stream()
              .filter(Effect.Send.class::isInstance)
              .map(effect -> ((Effect.Send) effect).frame())
              .findFirst()
              .orElseThrow();
      wire.add(frame);
      return frame.encode();
    }

    private <S> Step<S> settle(Step<S> step) {
      assertThat(step.refusal()).isEmpty();
      step.effects().stream()
          .filter(Effect.Release.class::isInstance)
          .forEach(effect -> released.add(((Effect.Release) effect).key()));
      return step;
    }
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Test
  void aMillionSiftedBitsGiveTheSameKeyToBoth() {
    Run run = new Run(2_000_000, 0.02, new FibreEve.Nothing());
    assertThat(run.alice).isInstanceOf(ExchangeAlice.KeyHeld.class);
    assertThat(run.bob).isInstanceOf(ExchangeBob.KeyHeld.class);
    assertThat(run.released).hasSize(2);
    assertThat(run.released.get(0).sameAs(run.released.get(1))).isTrue();
    assertThat(run.released.get(0).length()).isEqualTo(run.bob.findings().secretBits());
    assertThat(run.released.get(0).length()).isGreaterThan(300_000);
    assertThat(run.alice.findings().leak()).isEqualTo(run.bob.findings().leak());
    assertThat(run.wire.size()).isLessThan(2 * PARAMETERS.maxBatches());
  }

  @Test
  void whoInterceptsEverythingGetsBothToAbort() {
    Run run = new Run(20_000, 0, new FibreEve.InterceptResend(1, FibreEve.BasisChoice.RANDOM));
    assertThat(run.alice).isInstanceOf(ExchangeAlice.Aborted.class);
    assertThat(run.bob).isInstanceOf(ExchangeBob.Aborted.class);
    assertThat(((ExchangeAlice.Aborted) run.alice).reason()).isEqualTo(AbortReason.TOO_NOISY);
    assertThat(run.released).isEmpty();
  }

  @Test
  void tooFewPulsesAreNoExchange() {
    Run run = new Run(1, 0, new FibreEve.Nothing());
    assertThat(((ExchangeBob.Aborted) run.bob).reason()).isEqualTo(AbortReason.TOO_SHORT);
    assertThat(run.alice.talk().said().map(frame -> frame.header().type()))
        .isEqualTo(Optional.of(MessageType.ABORT.code()));
  }

  @Test
  void whatEveMustNotForeseeIsDrawnAnewEachTime() {
    Run one = new Run(4_000, 0.02, new FibreEve.Nothing(), 1);
    Run other = new Run(4_000, 0.02, new FibreEve.Nothing(), 2);
    // The light was the same; sample and seeds were not.
    assertThat(payload(one, MessageType.DETECTIONS))
        .isEqualTo(payload(other, MessageType.DETECTIONS));
    for (MessageType type : EnumSet.of(MessageType.SIFTING, MessageType.PARITIES)) {
      assertThat(payload(one, type)).isNotEqualTo(payload(other, type));
    }
    assertThat(Arrays.copyOf(payload(one, MessageType.PARITIES), 12))
        .isNotEqualTo(Arrays.copyOf(payload(other, MessageType.PARITIES), 12));
    assertThat(Arrays.copyOf(payload(one, MessageType.VERIFICATION), 20))
        .isNotEqualTo(Arrays.copyOf(payload(other, MessageType.VERIFICATION), 20));
  }

  @Test
  void theSeedOfPrivacyAmplificationIsDrawnAnewEachTime() {
    Run one = new Run(40_000, 0, new FibreEve.Nothing(), 1);
    Run other = new Run(40_000, 0, new FibreEve.Nothing(), 2);
    assertThat(Arrays.copyOf(payload(one, MessageType.AMPLIFICATION), 100))
        .isNotEqualTo(Arrays.copyOf(payload(other, MessageType.AMPLIFICATION), 100));
  }

  private static byte[] payload(Run run, MessageType type) {
    return run.wire.stream()
        .filter(frame -> frame.header().type() == type.code())
        .findFirst()
        .orElseThrow()
        .payload();
  }

  @Test
  void onceBobHasConfirmedAliceHeedsNoAbort() {
    byte[] secret = new byte[32];
    Conversation talk = Conversation.begin(new WegmanCarter(), Party.ALICE, 1, 0);
    SecretBits key = SecretBits.copyOf(Bits.parse("1"));
    ExchangeAlice releasing = new ExchangeAlice.Releasing(talk, Findings.NONE, material(), key);
    byte[] abort;
    try (OneTimeKey bobs = new FixedOneTimeKeys(Party.BOB, secret, 1).take().orElseThrow()) {
      Conversation his = Conversation.begin(new WegmanCarter(), Party.BOB, 1, 0);
      abort =
          his.say(MessageType.ABORT, new Payload.Abort(AbortReason.GIVEN_UP).encode(), bobs.copy())
              .said()
              .orElseThrow()
              .encode();
    }
    Supplies hers =
        new Supplies(
            new FixedOneTimeKeys(Party.ALICE, secret, 1), SecretRandom.simulated(generator(1)));
    Step<ExchangeAlice> step = releasing.receive(abort, hers);
    assertThat(step.state()).isSameAs(releasing);
    assertThat(step.refusal()).contains(Refusal.OUT_OF_PLACE);
    assertThat(key.isDestroyed()).isFalse();
    // The same bytes do end a session that is still open.
    assertThat(
            new ExchangeAlice.Hashing(PARAMETERS, talk, Findings.NONE, material())
                .receive(abort, hers)
                .state())
        .isInstanceOf(ExchangeAlice.Aborted.class);
  }

  /** Bob may have looked away, or be in Eve's pay: her own count decides, to the very bit. */
  @Test
  void aliceGivesUpOverHerOwnCountThoughBobGoesOn() {
    assertThat(alicesNextWord(50)).isEqualTo(MessageType.PARITIES);
    assertThat(alicesNextWord(51)).isEqualTo(MessageType.ABORT);
  }

  /** What she says to a sample of 1,000 bits that Bob sends although so many differ. */
  private static MessageType alicesNextWord(int errors) {
    Bits hers = Bits.of(1000, i -> i % 3 == 0);
    byte[] secret = new byte[32];
    byte[] sample;
    try (OneTimeKey bobs = new FixedOneTimeKeys(Party.BOB, secret, 1).take().orElseThrow()) {
      sample =
          Conversation.begin(new WegmanCarter(), Party.BOB, 1, 0)
              .say(
                  MessageType.SAMPLE,
                  new Payload.SampleBits(hers.xor(Bits.of(1000, i -> i < errors))).encode(),
                  bobs.copy())
              .said()
              .orElseThrow()
              .encode();
    }
    ExchangeAlice awaiting =
        new ExchangeAlice.AwaitingSample(
            PARAMETERS,
            Conversation.begin(new WegmanCarter(), Party.ALICE, 1, 0),
            Findings.NONE,
            new Material(SecretBits.copyOf(hers), SecretBits.copyOf(hers)),
            hers,
            new IntensityTallies(List.of(), List.of()));
    Supplies supplies =
        new Supplies(
            new FixedOneTimeKeys(Party.ALICE, secret, 2), SecretRandom.simulated(generator(1)));
    Step<ExchangeAlice> heard = awaiting.receive(sample, supplies);
    assertThat(heard.refusal()).isEmpty();
    ExchangeAlice spoken = heard.state().speak(supplies).state();
    assertThat(spoken instanceof ExchangeAlice.Aborted).isEqualTo(errors > 50);
    int said = spoken.talk().said().orElseThrow().header().type();
    return Arrays.stream(MessageType.values())
        .filter(type -> type.code() == said)
        .findFirst()
        .orElseThrow();
  }

  private static Material material() {
    return new Material(SecretBits.copyOf(Bits.parse("1")), SecretBits.copyOf(Bits.parse("1")));
  }
}
