package org.eveproof.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Suite;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.protocol.SentPulses;
import org.eveproof.session.Effect;
import org.eveproof.session.ExchangeAlice;
import org.eveproof.session.ExchangeBob;
import org.eveproof.session.ExchangeParameters;
import org.eveproof.session.LengthRule;
import org.eveproof.session.Participant;
import org.eveproof.session.Step;
import org.eveproof.session.Supplies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From detections to the secret key, both parties in one thread: the state machines of the link,
 * every message encoded, authenticated, verified and read; random numbers from the operating
 * system. What is given is what the apparatus gives: a bit and a basis of each pulse, and which of
 * them were detected. One operation makes one key; 2 % of the sifted bits are wrong, and a tenth of
 * them are compared in public. The schedule of Cascade is that of the reference link.
 */
@State(Scope.Benchmark)
public class ChainBenchmark implements Stage {
  /** Sifted bits of the key that a speed is demanded for. */
  private static final int LONG = 1_000_000;

  /** Wrong bits of a thousand. */
  static final int ERRORS_PER_MILLE = 20;

  private static final double ERROR_LIMIT = 0.04;
  private static final double SECRECY = 1e-10;
  private static final double CORRECTNESS = 0x1p-64;
  private static final int MOST_MESSAGES = 400;

  /** Pulses sent for each one detected. */
  @Param({"1", "10"})
  public int pulsesPerDetection;

  /** Length of the sifted key; the naive baseline is timed for the first only. */
  @Param({"300000", "1000000"})
  public int siftedBits;

  private ExchangeParameters parameters = parameters(LONG);
  private Bits sentBits = Bits.of(0, i -> false);
  private Bits sentBases = sentBits;
  private Bits detected = sentBits;
  private Bits measuredBases = sentBits;
  private Bits measuredBits = sentBits;
  private byte[] secret = {};

  private static ExchangeParameters parameters(int siftedBits) {
    return new ExchangeParameters(
        1,
        SampleRule.RandomSubset.share(0.1),
        ERROR_LIMIT,
        (bits, rate) -> new CascadeReconciliation(CascadeSchedule.wide(bits, rate)),
        MOST_MESSAGES,
        ErrorVerification.forEpsilon(siftedBits, CORRECTNESS),
        new LengthRule.Counted(FiniteKeyRule.of(ERROR_LIMIT, SECRECY, CORRECTNESS)));
  }

  /** Draws pulses until there are enough sifted bits. */
  @Setup
  public void draw() {
    SplittableRandom random = new SplittableRandom(1);
    parameters = parameters(siftedBits);
    int most = (int) (2.1 * siftedBits * pulsesPerDetection);
    long[][] words = new long[5][(most + 63) / 64];
    int sifted = 0;
    int pulses = 0;
    for (; sifted < siftedBits; pulses++) {
      boolean bit = random.nextBoolean();
      boolean basis = random.nextBoolean();
      set(words[0], pulses, bit);
      set(words[1], pulses, basis);
      if (random.nextInt(pulsesPerDetection) == 0) {
        boolean same = random.nextBoolean();
        boolean wrong = random.nextInt(1000) < ERRORS_PER_MILLE;
        set(words[2], pulses, true);
        set(words[3], pulses, basis == same);
        set(words[4], pulses, same ? bit ^ wrong : random.nextBoolean());
        sifted += same ? 1 : 0;
      } else {
        set(words[3], pulses, random.nextBoolean());
      }
    }
    Bits[] drawn = new Bits[words.length];
    for (int w = 0; w < words.length; w++) {
      drawn[w] = Bits.ofWords(Arrays.copyOf(words[w], (pulses + 63) / 64), pulses);
    }
    sentBits = drawn[0];
    sentBases = drawn[1];
    detected = drawn[2];
    measuredBases = drawn[3];
    measuredBits = drawn[4];
    secret = SecretRandom.secure().secretBits(256).toBytes();
  }

  private static void set(long[] words, int position, boolean bit) {
    words[position >>> 6] |= bit ? 1L << position : 0;
  }

  /** Returns the length of the secret key, which both parties have. */
  @Benchmark
  public int chain() {
    List<SecretBits> keys = new ArrayList<>();
    Deque<byte[]> toAlice = new ArrayDeque<>();
    Deque<byte[]> toBob = new ArrayDeque<>();
    try (FixedOneTimeKeys hers = new FixedOneTimeKeys(Party.ALICE, secret, MOST_MESSAGES);
        FixedOneTimeKeys his = new FixedOneTimeKeys(Party.BOB, secret, MOST_MESSAGES)) {
      Supplies aliceSupplies = new Supplies(hers, SecretRandom.secure());
      Supplies bobSupplies = new Supplies(his, SecretRandom.secure());
      ExchangeAlice alice =
          ExchangeAlice.begin(
                  parameters,
                  Suite.WEGMAN_CARTER.authenticator(),
                  1,
                  1,
                  new SentPulses(SecretBits.copyOf(sentBits), SecretBits.copyOf(sentBases)))
              .emitted();
      ExchangeBob bob =
          ExchangeBob.begin(parameters, Suite.WEGMAN_CARTER.authenticator(), 1, 1)
              .measured(
                  new MeasuredPulses(
                      detected, SecretBits.copyOf(measuredBases), SecretBits.copyOf(measuredBits)));
      while (!alice.isOver() || !bob.isOver()) {
        alice = step(alice, toAlice, toBob, aliceSupplies, keys);
        bob = step(bob, toBob, toAlice, bobSupplies, keys);
      }
    }
    if (keys.size() != 2 || !keys.get(0).sameAs(keys.get(1))) {
      throw new IllegalStateException("the parties do not have the same key");
    }
    keys.forEach(SecretBits::close);
    return keys.get(0).length();
  }

  /** Lets a party hear what has arrived, or else say what is due. */
  private static <S extends Participant<S>> S step(
      S party,
      Deque<byte[]> inbox,
      Deque<byte[]> outbox,
      Supplies supplies,
      List<SecretBits> keys) {
    Step<S> step =
        inbox.isEmpty() ? party.speak(supplies) : party.receive(inbox.remove(), supplies);
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        outbox.add(send.frame().encode());
      } else if (effect instanceof Effect.Release release) {
        keys.add(release.key());
      } else if (effect instanceof Effect.GiveUp giveUp) {
        throw new IllegalStateException("no key: " + giveUp.reason());
      }
    }
    return step.state();
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public List<Class<?>> classes() {
    return List.of(ChainBenchmark.class, NaiveChainBenchmark.class);
  }

  /** Much code takes part in this, which the virtual machine compiles bit by bit. */
  @Override
  public int warmupMilliseconds() {
    return 3000;
  }

  @Override
  public Map<String, Double> demands() {
    return Map.of("20 Mbit/s", LONG / 20_000.0);
  }

  @Override
  public List<Bar> bars() {
    return List.of(
        new Bar("chain:1:1000000", "20 Mbit/s", 1),
        new Bar("chain:10:1000000", "20 Mbit/s", 0.5),
        new Bar("chain:1:300000", "naiveChain:300000", 5));
  }
}
