package org.eveproof.adversary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.eveproof.authentication.Suite;

/**
 * Presents hostile bytes to the real ends of running links, just before each frame that they wait
 * for, and watches whether anything comes of it.
 *
 * <p>Attack number i is on the suite i modulo the number of suites, in a link of its own number, at
 * a step of its own: it depends on the seed and on i, not on how many attacks there are nor on how
 * many threads make them. No one-time key sees more than {@link #PER_STEP} attacks, fewer than burn
 * it; then the genuine frame comes, and a new link after all of its frames.
 *
 * @param suites to attack in turn, at least one
 * @param seed of everything
 * @param flaw of the receivers; {@link Flaw#NONE} but in tests
 */
public record FrameAttack(List<Suite> suites, long seed, Flaw flaw) {
  /** Attacks before each frame: fewer than the failed verifications that burn a key. */
  static final int PER_STEP = 48;

  /** Copies the list. */
  public FrameAttack {
    suites = List.copyOf(suites);
    if (suites.isEmpty()) {
      throw new IllegalArgumentException("at least one suite is needed");
    }
  }

  /**
   * Presents the attacks with numbers from {@code first} to {@code end} (not included).
   *
   * @param threads that share the work, at least 1
   * @param progress is told how many more are done
   * @throws InterruptedException if told to stop
   */
  public AttackTally run(long first, long end, int threads, LongConsumer progress)
      throws InterruptedException {
    List<Target> targets = new ArrayList<>();
    for (Suite suite : suites) {
      targets.add(Target.of(new LinkMaker(suite, seed), seed));
    }
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    Deque<Future<AttackTally>> running = new ArrayDeque<>();
    AttackTally sum = AttackTally.NONE;
    try {
      for (int s = 0; s < targets.size(); s++) {
        Target target = targets.get(s);
        long perLink = target.attacksPerLink();
        long from = ordinal(first, s);
        long to = ordinal(end, s);
        for (long link = from / perLink; link * perLink < to; link++) {
          long start = Math.max(from, link * perLink);
          long stop = Math.min(to, (link + 1) * perLink);
          AttackedLink attacked =
              new AttackedLink(target, link, start, stop, s, suites.size(), seed, flaw);
          running.add(workers.submit(attacked::run));
          if (running.size() > 2 * threads) {
            sum = take(running, sum, progress);
          }
          if (sum.breaches().size() >= AttackTally.MAX_BREACHES) {
            return sum;
          }
        }
      }
      while (!running.isEmpty() && sum.breaches().size() < AttackTally.MAX_BREACHES) {
        sum = take(running, sum, progress);
      }
      return sum;
    } finally {
      workers.shutdownNow();
    }
  }

  /** Returns how many attacks on the suite have lower numbers. */
  private long ordinal(long index, int suite) {
    return (index - suite + suites.size() - 1) / suites.size();
  }

  private static AttackTally take(
      Deque<Future<AttackTally>> running, AttackTally sum, LongConsumer progress)
      throws InterruptedException {
    try {
      AttackTally next = running.remove().get();
      progress.accept(next.total().tried());
      return sum.plus(next);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an attacked link fell over: " + e.getCause(), e.getCause());
    }
  }

  /**
   * A link to attack: how to make it anew, and what happens in it and in another session.
   *
   * @param maker of both
   * @param linkSeed of the attacked link
   * @param alone the attacked link, left alone
   * @param mutations of its frames
   */
  record Target(LinkMaker maker, long linkSeed, LinkRecording alone, FrameMutations mutations) {
    /** Links that are tried before it is said that such links do not work at all. */
    private static final int TRIES = 100;

    /**
     * Returns the first link from {@code seed} on that is of use: one with a handover in each of
     * its rounds. Of some, a round's key is too short for one, by chance.
     */
    static Target of(LinkMaker maker, long seed) {
      for (int i = 0; i < TRIES; i++) {
        long linkSeed = seed + i;
        Optional<LinkRecording> alone = record(maker, linkSeed);
        Optional<LinkRecording> other = record(maker, ~linkSeed);
        if (alone.isPresent() && other.isPresent() && alone.get().hasHandoverInEachRound()) {
          return new Target(
              maker, linkSeed, alone.get(), new FrameMutations(alone.get(), other.get()));
        }
      }
      throw new IllegalStateException("none of " + TRIES + " links ran to its end: " + maker);
    }

    private static Optional<LinkRecording> record(LinkMaker maker, long linkSeed) {
      try (LinkUnderTest link = maker.link(linkSeed)) {
        return LinkRecording.of(link);
      }
    }

    int steps() {
      return alone.steps().size();
    }

    long attacksPerLink() {
      return (long) PER_STEP * steps();
    }
  }
}
