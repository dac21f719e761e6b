package org.eveproof.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.protocol.SentPulses;

/**
 * Makes secret keys out of two sifted keys, with the state machines of both parties and every
 * message between them, in one process.
 *
 * <p>A sifted key enters the exchange as a run in which every pulse was detected and every basis
 * agreed. The one-time keys that authenticate the messages live as long as the run.
 */
public final class Distillation {

  /**
   * How it went.
   *
   * @param findings of Alice; without a key, of the party that gave up first
   * @param siftedErrors number of positions where the sifted keys differ, which only an onlooker
   *     with both keys can know
   * @param abort why there is no key; empty if there is one
   * @param keys the secret keys, to be destroyed by whoever receives them; empty if there are none
   */
  public record Result(
      Findings findings, int siftedErrors, Optional<AbortReason> abort, Optional<Keys> keys)
      implements AutoCloseable {
    /** Destroys the keys. */
    @Override
    public void close() {
      keys.ifPresent(Keys::close);
    }
  }

  /** The secret keys of the two parties. */
  public record Keys(SecretBits alice, SecretBits bob) implements AutoCloseable {
    /** Destroys both. */
    @Override
    public void close() {
      alice.close();
      bob.close();
    }
  }

  private static final int SECRET_BYTES = 32;

  /** Messages of each party at most, a one-time key for each. */
  static final int MESSAGES = 2 * DistillationPlan.MAX_BATCHES;

  private final Deque<byte[]> toAlice = new ArrayDeque<>();
  private final Deque<byte[]> toBob = new ArrayDeque<>();
  private Optional<SecretBits> aliceKey = Optional.empty();
  private Optional<SecretBits> bobKey = Optional.empty();
  private Optional<AbortReason> abort = Optional.empty();
  private Findings whenAborted = Findings.NONE;

  private Distillation() {}

  /**
   * Runs the exchange from the sifted keys to its end.
   *
   * @param plan made for Alice's key
   * @param alice her sifted key, destroyed on return
   * @param bob his, of the same length, destroyed on return
   * @param random what both parties draw from
   */
  public static Result run(
      DistillationPlan plan, SecretBits alice, SecretBits bob, SecretRandom random) {
    int siftedErrors = differences(alice, bob);
    byte[] secret;
    try (SecretBits drawn = random.secretBits(8 * SECRET_BYTES)) {
      secret = drawn.toBytes();
    }
    try (FixedOneTimeKeys aliceKeys = new FixedOneTimeKeys(Party.ALICE, secret, MESSAGES);
        FixedOneTimeKeys bobKeys = new FixedOneTimeKeys(Party.BOB, secret, MESSAGES)) {
      return new Distillation()
          .converse(
              plan,
              alice,
              bob,
              new Supplies(aliceKeys, random),
              new Supplies(bobKeys, random),
              siftedErrors);
    } finally {
      Arrays.fill(secret, (byte) 0);
      alice.close();
      bob.close();
    }
  }

  private Result converse(
      DistillationPlan plan,
      SecretBits aliceSifted,
      SecretBits bobSifted,
      Supplies aliceSupplies,
      Supplies bobSupplies,
      int siftedErrors) {
    Bits zeros = Bits.of(plan.siftedBits(), i -> false);
    ExchangeParameters parameters = plan.exchange();
    ExchangeAlice alice =
        ExchangeAlice.begin(
                parameters,
                Suite.WEGMAN_CARTER.authenticator(),
                1,
                1,
                new SentPulses(aliceSifted, SecretBits.copyOf(zeros)))
            .emitted();
    ExchangeBob bob =
        ExchangeBob.begin(parameters, Suite.WEGMAN_CARTER.authenticator(), 1, 1)
            .measured(new MeasuredPulses(zeros.not(), SecretBits.copyOf(zeros), bobSifted));
    boolean busy = true;
    while (busy) {
      Step<ExchangeAlice> hers = next(alice, toAlice, aliceSupplies);
      alice = hers.state();
      perform(hers, alice, toBob, key -> aliceKey = Optional.of(key));
      Step<ExchangeBob> his = next(bob, toBob, bobSupplies);
      bob = his.state();
      perform(his, bob, toAlice, key -> bobKey = Optional.of(key));
      busy = hers.refusal().isEmpty() || his.refusal().isEmpty();
    }
    Optional<Keys> keys =
        aliceKey.flatMap(ofAlice -> bobKey.map(ofBob -> new Keys(ofAlice, ofBob)));
    if (keys.isEmpty() && abort.isEmpty()) {
      throw new AssertionError("the exchange stopped half way: " + alice.findings());
    }
    return new Result(abort.isEmpty() ? alice.findings() : whenAborted, siftedErrors, abort, keys);
  }

  /** Lets a party hear what has arrived, or else say what is due. */
  private static <S extends Participant<S>> Step<S> next(
      S party, Deque<byte[]> inbox, Supplies supplies) {
    return inbox.isEmpty() ? party.speak(supplies) : party.receive(inbox.remove(), supplies);
  }

  private void perform(
      Step<?> step, Participant<?> party, Deque<byte[]> outbox, Consumer<SecretBits> keeper) {
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        outbox.add(send.frame().encode());
      } else if (effect instanceof Effect.Release release) {
        keeper.accept(release.key());
      } else if (effect instanceof Effect.GiveUp giveUp && abort.isEmpty()) {
        abort = Optional.of(giveUp.reason());
        whenAborted = party.findings();
      }
    }
  }

  private static int differences(SecretBits alice, SecretBits bob) {
    long[] a = alice.toWords();
    long[] b = bob.toWords();
    int sum = 0;
    for (int w = 0; w < a.length; w++) {
      sum += Long.bitCount(a[w] ^ b[w]);
    }
    Arrays.fill(a, 0);
    Arrays.fill(b, 0);
    return sum;
  }
}
