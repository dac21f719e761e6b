package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

class CascadeBatchProperties {

  @Property(tries = 100)
  void asksAndFindsWhatTheClearVersionAsksAndFinds(
      @ForAll @IntRange(min = 1, max = 400) int length,
      @ForAll @DoubleRange(max = 0.15) double rate,
      @ForAll @IntRange(max = 2) int kind,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits truth = bits(length, random);
    Bits noisy = truth.xor(Bits.of(length, i -> random.nextDouble() < rate));
    CascadeSchedule schedule =
        kind == 0
            ? CascadeSchedule.original(length, rate)
            : kind == 1
                ? CascadeSchedule.wide(length, rate)
                : CascadeSchedule.efficient(length, rate);
    Bits shuffles = bits(64, random);
    NaiveCascade naive = new NaiveCascade(noisy, schedule, shuffles);
    try (SecretBits hers = SecretBits.copyOf(truth);
        SecretBits his = SecretBits.copyOf(noisy);
        CascadeAlice alice = new CascadeAlice(hers, schedule, shuffles);
        CascadeBob bob = new CascadeBob(his, schedule, shuffles)) {
      Optional<Bits> parities = Optional.of(alice.open());
      while (parities.isPresent()) {
        Optional<ParityQueries> fast = bob.take(parities.get());
        Optional<ParityQueries> clear = naive.take(parities.get());
        assertThat(fast.map(CascadeBatchProperties::text))
            .isEqualTo(clear.map(CascadeBatchProperties::text));
        parities = fast.map(alice::answer);
      }
      try (SecretBits corrected = bob.corrected();
          SecretBits expected = SecretBits.copyOf(naive.corrected())) {
        assertThat(corrected.sameAs(expected)).isTrue();
      }
    }
  }

  @Property(tries = 30)
  void aBatchDisclosesWhatItsKeysDiscloseOneByOne(
      @ForAll @IntRange(min = 1, max = 5) int keys,
      @ForAll @IntRange(min = 500, max = 2000) int length,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CascadeSchedule schedule = CascadeSchedule.efficient(length, 0.03);
    Bits shuffles = bits(64, random);
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    keys(keys, length, 0.03, random, alice, bob);
    int disclosed = 0;
    int slowest = 0;
    List<SecretBits> alone = new ArrayList<>();
    for (int k = 0; k < keys; k++) {
      Bits own = CascadeSchedule.seedOfKey(shuffles, k);
      try (CascadeAlice hers = new CascadeAlice(alice.get(k), schedule, own);
          CascadeBob his = new CascadeBob(bob.get(k), schedule, own)) {
        Optional<Bits> parities = Optional.of(hers.open());
        int trips = 0;
        while (parities.isPresent()) {
          disclosed += parities.get().length();
          trips++;
          parities = his.take(parities.get()).map(hers::answer);
        }
        slowest = Math.max(slowest, trips);
        alone.add(his.corrected());
      }
    }
    try (ReconciliationTrial trial =
        CascadeTrial.run(
            alice, bob, schedule, new ErrorVerification(74), scripted(shuffles, random))) {
      assertThat(trial.parityBits()).isEqualTo(disclosed);
      assertThat(trial.roundTrips()).isEqualTo(slowest);
      int wrong = 0;
      for (int k = 0; k < keys; k++) {
        assertThat(trial.corrected().get(k).sameAs(alone.get(k))).isTrue();
        wrong += alone.get(k).sameAs(alice.get(k)) ? 0 : 1;
      }
      assertThat(trial.refusedKeys()).isEqualTo(wrong);
    }
  }

  /** Two blocks in every pass: an even number of errors on each side of all of them is missed. */
  @Example
  void whatCascadeMissesTheVerificationRefuses() {
    SplittableRandom random = new SplittableRandom(11);
    CascadeSchedule schedule = new CascadeSchedule(1000, List.of(1000));
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    keys(4, 1000, 0, random, alice, bob);
    bob.set(2, SecretBits.copyOf(copyOf(bob.get(2)).xor(Bits.of(1000, i -> i < 2))));
    try (ReconciliationTrial trial =
        CascadeTrial.run(
            alice,
            bob,
            schedule,
            ErrorVerification.forEpsilon(1000, 0x1p-64),
            SecretRandom.simulated(random))) {
      assertThat(trial.refusedKeys()).isEqualTo(1);
      assertThat(trial.parityBits()).isEqualTo(4);
      assertThat(trial.hashBits()).isEqualTo(4 * 67);
      assertThat(trial.messages()).isEqualTo(4);
      assertThat(trial.bytes()).isEqualTo(8 + 1 + 16 + (4 * 67 + 7) / 8 + 1);
    }
  }

  @Example
  void theEfficientScheduleDisclosesLittle() {
    assertThat(efficiency(0.01)).isBetween(1.03, 1.055);
    assertThat(efficiency(0.03)).isBetween(1.03, 1.055);
  }

  @Example
  void whatDoesNotFitIsRefused() {
    SplittableRandom random = new SplittableRandom(12);
    CascadeSchedule schedule = CascadeSchedule.efficient(1000, 0.03);
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    keys(2, 1000, 0.03, random, alice, bob);
    assertThatThrownBy(() -> new CascadeBatchBob(List.of(), schedule, bits(64, random)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CascadeBatchAlice(alice, schedule, bits(63, random)))
        .isInstanceOf(IllegalArgumentException.class);
    try (CascadeBatchAlice hers = new CascadeBatchAlice(alice, schedule, bits(64, random));
        CascadeBatchBob his = new CascadeBatchBob(bob, schedule, bits(64, random))) {
      assertThatThrownBy(() -> his.take(Bits.parse("1")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(hers.open().length()).isEqualTo(his.awaitedBits());
      // The first bit of the second key's string, and what lies past the last bit of it.
      int string = schedule.stringBits();
      assertThat(hers.read(new ParityQueries(new int[] {string}, new int[] {1}).encode()))
          .isPresent();
      assertThat(hers.read(new ParityQueries(new int[] {2 * string}, new int[] {1}).encode()))
          .isEmpty();
      assertThat(hers.read(new byte[0])).isEmpty();
    }
  }

  private static double efficiency(double rate) {
    SplittableRandom random = new SplittableRandom(13);
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    int errors = keys(4, 100_000, rate, random, alice, bob);
    try (ReconciliationTrial trial =
        CascadeTrial.run(
            alice,
            bob,
            CascadeSchedule.efficient(100_000, rate),
            new ErrorVerification(74),
            SecretRandom.simulated(random))) {
      assertThat(trial.refusedKeys()).isZero();
      return trial.parityBits() / (4e5 * FiniteKeyRule.binaryEntropy(errors / 4e5));
    }
  }

  /** Returns the number of errors. */
  private static int keys(
      int keys,
      int length,
      double rate,
      SplittableRandom random,
      List<SecretBits> alice,
      List<SecretBits> bob) {
    int errors = 0;
    for (int k = 0; k < keys; k++) {
      Bits truth = bits(length, random);
      Bits noise = Bits.of(length, i -> random.nextDouble() < rate);
      errors += noise.ones();
      alice.add(SecretBits.copyOf(truth));
      bob.add(SecretBits.copyOf(truth.xor(noise)));
    }
    return errors;
  }

  /** Draws first the seed of the shuffles, and then at random. */
  private static SecretRandom scripted(Bits first, RandomGenerator then) {
    List<Long> script = new ArrayList<>(List.of(first.toWords()[0]));
    return SecretRandom.simulated(
        () -> script.isEmpty() ? then.nextLong() : script.remove(script.size() - 1));
  }

  private static String text(ParityQueries queries) {
    return HexFormat.of().formatHex(queries.encode());
  }

  private static Bits copyOf(SecretBits key) {
    return Bits.ofWords(key.toWords(), key.length());
  }

  private static Bits bits(int length, SplittableRandom random) {
    return Bits.of(length, i -> random.nextBoolean());
  }
}
