package org.eveproof.postprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

class CascadeProperties {

  @Property(tries = 400)
  void correctsKeysOfEveryLength(
      @ForAll @IntRange(min = 1, max = 3000) int length,
      @ForAll @DoubleRange(max = 0.15) double rate,
      @ForAll boolean wide,
      @ForAll long seed) {
    Run run = run(length, rate, wide, seed);
    // Blocks as long as the key, or half of it, may hide an even number of errors; where Cascade is
    // done it has at least brought every block of every pass to the same parity.
    assertThat(run.awaitedBits).isEqualTo(run.wireBits);
    assertThat(run.remainingErrors % 2).isZero();
    if (wide && length >= 500) {
      assertThat(run.remainingErrors).isZero();
    }
  }

  @Example
  void theOriginalScheduleHasItsKnownEfficiency() {
    // Simulated elsewhere on 2,000 frames of 10^4 bits without the reuse of parts of blocks, which
    // saves about one percent.
    assertThat(meanEfficiency(0.02, false)).isBetween(1.12, 1.17);
    assertThat(meanEfficiency(0.05, false)).isBetween(1.13, 1.19);
  }

  @Example
  void theWideScheduleDisclosesLess() {
    assertThat(meanEfficiency(0.02, true)).isBetween(1.06, 1.12);
    assertThat(meanEfficiency(0.05, true)).isBetween(1.08, 1.14);
  }

  @Example
  void aMillionBitsTakeFewRoundTrips() {
    Run run = run(1_000_000, 0.03, true, 5);
    assertThat(run.remainingErrors).isZero();
    assertThat(run.batches).isLessThan(200);
    assertThat(run.efficiency).isLessThan(1.12);
  }

  @Example
  void equalKeysAreLeftAlone() {
    Run run = run(1000, 0, true, 6);
    assertThat(run.remainingErrors).isZero();
    assertThat(run.batches).isEqualTo(1);
  }

  @Property(tries = 300)
  void endsEvenIfTheParitiesAreLies(
      @ForAll @IntRange(min = 1, max = 200) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CascadeSchedule schedule = CascadeSchedule.wide(length, 0.05);
    try (SecretBits key = SecretBits.copyOf(random(length, random));
        CascadeBob bob = new CascadeBob(key, schedule, random(64, random))) {
      int batches = 0;
      while (bob.take(random(bob.awaitedBits(), random)).isPresent()) {
        batches++;
        assertThat(batches).isLessThan(length * schedule.passes() + 1);
      }
      bob.corrected().close();
    }
  }

  @Property(tries = 500)
  void queriesSurviveTheWireAndNothingElseIsReadAsQueries(
      @ForAll @IntRange(min = 1, max = 70_000) int length, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    CascadeSchedule schedule = CascadeSchedule.wide(length, random.nextDouble(0.001, 0.2));
    byte[] bytes = schedule.opening().encode();
    assertThat(ParityQueries.decode(bytes, schedule).orElseThrow().encode()).isEqualTo(bytes);

    byte[] damaged = bytes.clone();
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    Optional<ParityQueries> read = ParityQueries.decode(damaged, schedule);
    read.ifPresent(queries -> assertThat(queries.encode()).isEqualTo(damaged));
    try (SecretBits key = SecretBits.copyOf(random(length, random));
        CascadeAlice alice = new CascadeAlice(key, schedule, random(64, random))) {
      read.ifPresent(
          queries -> assertThat(alice.answer(queries).length()).isEqualTo(queries.size()));
    }
    byte[] garbage = new byte[random.nextInt(20)];
    random.nextBytes(garbage);
    ParityQueries.decode(garbage, schedule)
        .ifPresent(queries -> assertThat(queries.encode()).isEqualTo(garbage));
  }

  @Example
  void malformedQueriesAreRefused() {
    CascadeSchedule schedule = CascadeSchedule.original(10, 0.3);
    assertThat(decode(schedule, 0, 9)).isPresent();
    assertThat(decode(schedule, 0, 10)).isEmpty(); // into the next pass
    assertThat(decode(schedule, 0, 5, 0, 4)).isEmpty();
    assertThat(decode(schedule, 39, 0)).isPresent(); // the last bit of the last pass
    assertThat(decode(schedule, 40, 0)).isEmpty(); // no such pass
    assertThat(decode(schedule, 0)).isEmpty(); // no length
    assertThat(decode(schedule)).isEmpty(); // nothing asked
    assertThat(decode(schedule, 0x80, 0, 0)).isEmpty(); // not the shortest form
    assertThat(decode(schedule, -1, -1, -1, -1, -1, -1, 0)).isEmpty();
  }

  @Example
  void whatDoesNotFitIsRefusedAndChangesNothing() {
    CascadeSchedule schedule = CascadeSchedule.original(10, 0.3);
    Bits seed = Bits.of(64, i -> false);
    try (SecretBits key = SecretBits.copyOf(Bits.of(10, i -> true));
        CascadeBob bob = new CascadeBob(key, schedule, seed)) {
      assertThatThrownBy(() -> new CascadeAlice(key, schedule, Bits.parse("1")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> bob.take(Bits.parse("1")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(bob.awaitedBits()).isEqualTo(schedule.openingBits());
    }
    assertThatThrownBy(() -> CascadeSchedule.original(0, 0.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CascadeSchedule.original(10, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Optional<ParityQueries> decode(CascadeSchedule schedule, int... bytes) {
    byte[] encoded = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      encoded[i] = (byte) bytes[i];
    }
    return ParityQueries.decode(encoded, schedule);
  }

  private record Run(
      long wireBits, long awaitedBits, int batches, int remainingErrors, double efficiency) {}

  private static double meanEfficiency(double rate, boolean wide) {
    double sum = 0;
    for (int frame = 0; frame < 40; frame++) {
      sum += run(10_000, rate, wide, frame).efficiency;
    }
    return sum / 40;
  }

  private static Run run(int length, double rate, boolean wide, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Bits truth = random(length, random);
    Bits noise = Bits.of(length, i -> random.nextDouble() < rate);
    CascadeSchedule schedule =
        wide ? CascadeSchedule.wide(length, rate) : CascadeSchedule.original(length, rate);
    Bits shuffles = random(64, random);
    try (SecretBits aliceKey = SecretBits.copyOf(truth);
        SecretBits bobKey = SecretBits.copyOf(truth.xor(noise));
        CascadeAlice alice = new CascadeAlice(aliceKey, schedule, shuffles);
        CascadeBob bob = new CascadeBob(bobKey, schedule, shuffles)) {
      Bits parities = alice.open();
      long wireBits = parities.length();
      long awaitedBits = bob.awaitedBits();
      int batches = 1;
      Optional<ParityQueries> queries = bob.take(parities);
      while (queries.isPresent()) {
        parities =
            alice.answer(ParityQueries.decode(queries.get().encode(), schedule).orElseThrow());
        wireBits += parities.length();
        awaitedBits += bob.awaitedBits();
        batches++;
        queries = bob.take(parities);
      }
      Bits corrected;
      try (SecretBits result = bob.corrected()) {
        corrected = Bits.ofWords(result.toWords(), length);
      }
      double shannon = length * FiniteKeyRule.binaryEntropy((double) noise.ones() / length);
      return new Run(
          wireBits, awaitedBits, batches, corrected.xor(truth).ones(), wireBits / shannon);
    }
  }

  private static Bits random(int length, SplittableRandom random) {
    return Bits.of(length, i -> random.nextBoolean());
  }
}
