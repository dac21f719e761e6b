package org.eveproof.postprocessing.ldpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.ReconciliationTrial;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

class LdpcProperties {
  private static final int BITS = 8200;
  private static final LdpcPlan PLAN = LdpcPlan.of(BITS, 0.05);
  private static final ErrorVerification VERIFICATION = ErrorVerification.forEpsilon(BITS, 0x1p-64);

  /** Keys of both parties. */
  private record Keys(List<SecretBits> alice, List<SecretBits> bob) implements AutoCloseable {
    static Keys with(int bits, long seed, int... errors) {
      SplittableRandom random = new SplittableRandom(seed);
      SecretRandom source = SecretRandom.simulated(random);
      List<SecretBits> alice = new ArrayList<>();
      List<SecretBits> bob = new ArrayList<>();
      for (int each : errors) {
        SecretBits key = source.secretBits(bits);
        long[] words = key.toWords();
        long[] noise = source.subset(bits, each).toWords();
        for (int w = 0; w < words.length; w++) {
          words[w] ^= noise[w];
        }
        alice.add(key);
        bob.add(SecretBits.ofWords(words, bits));
      }
      return new Keys(alice, bob);
    }

    @Override
    public void close() {
      alice.forEach(SecretBits::close);
      bob.forEach(SecretBits::close);
    }
  }

  /** From far fewer errors than planned for to far more: what he says he has decoded is right. */
  @Property(tries = 8, seed = "1")
  void whatBobDecodesIsAlicesKeyAndTheRestIsRefused(
      @ForAll long seed, @ForAll @IntRange(max = 1200) int errors) {
    try (Keys keys = Keys.with(BITS, seed, errors, 300);
        LdpcBob bob = new LdpcBob(keys.bob(), PLAN)) {
      LdpcAlice alice = new LdpcAlice(keys.alice(), PLAN);
      Optional<Bits> asked = bob.take(alice.open());
      int messages = 1;
      while (asked.isPresent()) {
        assertThat(asked.get()).isEqualTo(bob.failed());
        asked = bob.take(alice.answer(asked.get()));
        messages++;
      }
      assertThat(messages).isLessThanOrEqualTo(3);
      assertThat(bob.failed().get(1)).isFalse();
      assertThat(bob.failed().get(0)).isEqualTo(errors > 600 && bob.failed().get(0));
      List<SecretBits> corrected = bob.corrected();
      for (int k = 0; k < 2; k++) {
        assertThat(corrected.get(k).sameAs(keys.alice().get(k))).isEqualTo(!bob.failed().get(k));
        corrected.get(k).close();
      }
    }
  }

  /** Each bit of a message with parities counts as leaked, and nothing else but the hash. */
  @Example
  void theLeakIsWhatWasSent() {
    int[] errors = {300, 440, 460, 1100};
    try (Keys keys = Keys.with(BITS, 3, errors);
        LdpcBob bob = new LdpcBob(keys.bob(), PLAN)) {
      LdpcAlice alice = new LdpcAlice(keys.alice(), PLAN);
      Bits message = alice.open();
      long sent = message.length();
      long bytes = message.toBytes().length;
      assertThat(message.length()).isEqualTo(4 * PLAN.parities(0));
      Optional<Bits> asked = bob.take(message);
      List<Integer> askedKeys = new ArrayList<>();
      while (asked.isPresent()) {
        askedKeys.add(asked.get().ones());
        message = alice.answer(asked.get());
        assertThat(message.length())
            .isEqualTo(asked.get().ones() * PLAN.parities(askedKeys.size()));
        sent += message.length();
        bytes += message.toBytes().length + 1;
        asked = bob.take(message);
      }
      assertThat(askedKeys).hasSize(2);
      try (ReconciliationTrial trial =
          LdpcTrial.run(keys.alice(), keys.bob(), PLAN, VERIFICATION, random())) {
        assertThat(trial.parityBits()).isEqualTo(sent);
        assertThat(trial.hashBits()).isEqualTo(4L * VERIFICATION.tagBits());
        assertThat(trial.roundTrips()).isEqualTo(3);
        assertThat(trial.messages()).isEqualTo(8);
        assertThat(trial.bytes()).isEqualTo(bytes + 16 + (trial.hashBits() + 7) / 8 + 1);
        assertThat(trial.refusedKeys()).isEqualTo(bob.failed().ones()).isPositive();
      }
    }
  }

  /** Eve cannot, but should a bit fall over: no wrong key is accepted. */
  @Property(tries = 3, seed = "1")
  void aWrongParityGivesNoWrongKeyThatIsAccepted(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (Keys keys = Keys.with(BITS, seed, 300);
        LdpcBob bob = new LdpcBob(keys.bob(), PLAN)) {
      LdpcAlice alice = new LdpcAlice(keys.alice(), PLAN);
      Bits open = alice.open();
      int wrong = random.nextInt(open.length());
      Optional<Bits> asked = bob.take(open.xor(Bits.of(open.length(), i -> i == wrong)));
      while (asked.isPresent()) {
        asked = bob.take(alice.answer(asked.get()));
      }
      SecretBits corrected = bob.corrected().get(0);
      Bits seedOfHash = ErrorVerification.drawSeed(random());
      Bits hash = VERIFICATION.hash(keys.alice().get(0), seedOfHash);
      assertThat(corrected.sameAs(keys.alice().get(0))).isFalse();
      assertThat(VERIFICATION.accepts(corrected, seedOfHash, hash)).isFalse();
      corrected.close();
    }
  }

  /** Two blocks of a usual length, decoded at once and within the bar. */
  @Example
  void disclosesLittleMoreThanTheLimit() {
    int bits = 65_536;
    int errors = 1966;
    LdpcPlan plan = LdpcPlan.of(bits, 0.03);
    try (Keys keys = Keys.with(bits, 1, errors, errors);
        ReconciliationTrial trial =
            LdpcTrial.run(keys.alice(), keys.bob(), plan, VERIFICATION, random())) {
      double limit = bits * FiniteKeyRule.binaryEntropy((double) errors / bits);
      assertThat((trial.parityBits() + trial.hashBits()) / (2 * limit)).isBetween(1.0, 1.15);
      assertThat(trial.refusedKeys()).isZero();
      for (int k = 0; k < 2; k++) {
        assertThat(trial.corrected().get(k).sameAs(keys.alice().get(k))).isTrue();
      }
    }
  }

  /** Chance plays a greater part in short blocks, and the last message leaves room for it. */
  @Example
  void aShortBlockMayHaveHalfAsManyErrorsAgainAsExpected() {
    try (Keys keys = Keys.with(BITS, 6, 615, 615, 615, 615);
        ReconciliationTrial trial =
            LdpcTrial.run(keys.alice(), keys.bob(), PLAN, VERIFICATION, random())) {
      assertThat(trial.refusedKeys()).isZero();
    }
  }

  /**
   * With a shift that divides the lift, a way round through a few columns closes at once, and is an
   * error of a few bits that no check sees. A prime has no such shift.
   */
  @Example
  void theLiftIsPrimeAndTheCodeHardlyLongerThanTheKey() {
    for (int bits : new int[] {8192, 8193, 12_288, 20_000, 20_480, 32_768, 100_000}) {
      LdpcCode code = LdpcPlan.of(bits, 0.005).code();
      assertThat(BigInteger.valueOf(code.lift()).isProbablePrime(50))
          .as("lift for " + bits)
          .isTrue();
      assertThat(code.bits()).isBetween(bits, bits + code.lift() - 1);
      assertThat(code.columns()).isBetween(400, 512);
    }
  }

  @Example
  void refusesWhatIsOutOfRange() {
    for (int bits : new int[] {0, LdpcPlan.LEAST_BITS - 1, LdpcPlan.MOST_BITS + 1}) {
      assertThatThrownBy(() -> LdpcPlan.of(bits, 0.05))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (double rate : new double[] {0, 0.0049, 0.1101, Double.NaN}) {
      assertThatThrownBy(() -> LdpcPlan.of(BITS, rate))
          .isInstanceOf(IllegalArgumentException.class);
    }
    try (Keys shorter = Keys.with(BITS - 1, 1, 0)) {
      assertThatThrownBy(() -> new LdpcAlice(shorter.alice(), PLAN))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new LdpcBob(shorter.bob(), PLAN))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new LdpcAlice(List.of(), PLAN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Example
  void refusesMessagesThatAreNotTheNext() {
    try (Keys keys = Keys.with(BITS, 5, 300, 1100);
        LdpcBob bob = new LdpcBob(keys.bob(), PLAN)) {
      LdpcAlice alice = new LdpcAlice(keys.alice(), PLAN);
      Bits open = alice.open();
      assertThatThrownBy(() -> bob.take(open.slice(1, open.length())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(bob.take(open)).contains(Bits.parse("01"));
      for (String asked : List.of("00", "1", "011")) {
        assertThatThrownBy(() -> alice.answer(Bits.parse(asked)))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThat(bob.take(alice.answer(Bits.parse("01")))).isPresent();
      assertThatThrownBy(() -> alice.answer(Bits.parse("10")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(bob.take(alice.answer(Bits.parse("01")))).isEmpty();
      assertThat(bob.awaitedBits()).isZero();
      assertThatThrownBy(() -> alice.answer(Bits.parse("01")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> bob.take(Bits.parse(""))).isInstanceOf(IllegalStateException.class);
    }
  }

  @Example
  void bobLeavesNothingThatWasDerivedFromHisKey() throws ReflectiveOperationException {
    try (Keys keys = Keys.with(BITS, 5, 300)) {
      LdpcBob bob = new LdpcBob(keys.bob(), PLAN);
      bob.take(new LdpcAlice(keys.alice(), PLAN).open());
      long[] errors = (long[]) ((List<?>) field(bob, "errors")).get(0);
      Object decoder = field(bob, "decoder");
      int[] beliefs = ((int[][]) field(decoder, "beliefs"))[0];
      int[] told = ((int[][]) field(decoder, "told"))[0];
      assertThat(errors).isNotEqualTo(new long[errors.length]);
      assertThat(beliefs).isNotEqualTo(new int[beliefs.length]);
      assertThat(told).isNotEqualTo(new int[told.length]);
      bob.close();
      assertThat(errors).containsOnly(0);
      assertThat(beliefs).containsOnly(0);
      assertThat(told).containsOnly(0);
    }
  }

  private static SecretRandom random() {
    return SecretRandom.simulated(new SplittableRandom(9));
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    Field field = owner.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return Objects.requireNonNull(field.get(owner));
  }
}
