package org.eveproof.quantum.decoy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.eveproof.protocol.BiasedCoins;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;

/**
 * The fast simulation: 64 pulses in a word. What Alice chooses for 64 pulses are a few words of
 * biased coins. A further word says in which gates there may be a click at all, with the
 * probability of the brightest setting; only these are looked at one by one, and thinned to the
 * probability of their own setting. The law of what it yields is that of {@link PhotonByPhoton}.
 */
public final class PackedPulses {
  private static final long NEVER = Long.MAX_VALUE;
  private static final int SILENT = -1;

  private final Receiver receiver;
  private final int levels;
  private final long keyBasis;
  private final long beyondFirst;
  private final long beyondSecond;

  /** Chance that a gate is looked at. */
  private final long candidate;

  /** For each setting: which entry a gate that is looked at shows, or {@link #SILENT}. */
  private final AliasTable[] looked;

  /** For each setting: which entry without a click a gate shows in which a trap empties. */
  private final AliasTable[] silent;

  /** Prepares the tables of a link with an Eve. */
  public PackedPulses(OpticalLink link, LineEve eve) {
    PulseSource source = link.source();
    receiver = link.receiver();
    levels = source.levels().size();
    keyBasis = BiasedCoins.threshold(source.keyBasisProbability());
    double first = source.levels().get(0).probability();
    beyondFirst = levels > 1 ? BiasedCoins.threshold(1 - first) : 0;
    beyondSecond =
        levels > 2
            ? BiasedCoins.threshold(Math.min(1, source.levels().get(2).probability() / (1 - first)))
            : 0;
    PatternTable table = PatternTable.of(link, eve);
    double most = 0;
    for (int setting = 0; setting < 4 * levels; setting++) {
      most = Math.max(most, table.clicks(setting));
    }
    // A little more than the brightest setting needs, so that rounding cannot make it too little.
    double looks = Math.min(1, most * (1 + 1e-12) + 1e-18);
    candidate = BiasedCoins.threshold(looks);
    looked = new AliasTable[4 * levels];
    silent = new AliasTable[4 * levels];
    for (int setting = 0; setting < 4 * levels; setting++) {
      looked[setting] = table(table, setting, true, looks);
      silent[setting] = table(table, setting, false, 1);
    }
  }

  private static AliasTable table(PatternTable table, int setting, boolean click, double whole) {
    int[] entries =
        IntStream.range(0, Detection.ENTRIES)
            .filter(entry -> (Detection.pattern(entry) != 0) == click)
            .toArray();
    int[] values = Arrays.copyOf(entries, entries.length + 1);
    values[entries.length] = SILENT;
    double[] probabilities = new double[values.length];
    double rest = whole;
    for (int i = 0; i < entries.length; i++) {
      probabilities[i] = table.of(setting, entries[i]);
      rest -= probabilities[i];
    }
    probabilities[entries.length] = click ? Math.max(0, rest) : 0;
    return new AliasTable(values, probabilities);
  }

  /** Sends pulses, from detectors that are on and hold no trapped charge. */
  public void run(long pulses, PhysicsRandom random, DetectionSink sink) {
    long[] sent = new long[6];
    Detectors detectors = new Detectors();
    for (long start = 0; start < pulses; start += 64) {
      long lanes = pulses - start >= 64 ? -1L : (1L << (pulses - start)) - 1;
      long bits = random.word();
      long bases = random.word(keyBasis);
      long second = random.word(beyondFirst);
      long third = levels > 2 ? second & random.word(beyondSecond) : 0;
      second &= ~third;
      count(sent, lanes, bases, second, third);
      long look = random.word(candidate) & lanes;
      long emptying = detectors.lane(start) & lanes;
      for (long left = look | emptying; left != 0; ) {
        int lane = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        long pulse = start + lane;
        if (pulse < detectors.onAgain) {
          continue;
        }
        int setting =
            (int)
                ((third >>> lane & 1) << 3
                    | (second >>> lane & 1) << 2
                    | (bases >>> lane & 1) << 1
                    | (bits >>> lane & 1));
        int entry = (look >>> lane & 1) != 0 ? looked[setting].draw(random.word()) : SILENT;
        int released = detectors.released(pulse);
        if (entry == SILENT) {
          if (released == 0) {
            continue;
          }
          entry = silent[setting].draw(random.word());
        }
        entry |= released << 1;
        int pattern = Detection.pattern(entry);
        sink.detected(
            pulse, Detection.code(setting, entry, pattern == Detection.BOTH && random.word() < 0));
        if (detectors.recover(pulse, pattern, random)) {
          left |= detectors.lane(start) & lanes & -2L << lane;
        }
      }
    }
    for (int i = 0; i < 2 * levels; i++) {
      sink.sent(i >> 1, (i & 1) != 0, sent[i]);
    }
  }

  private static void count(long[] sent, long lanes, long bases, long second, long third) {
    long first = lanes & ~second & ~third;
    sent[0] += Long.bitCount(first & ~bases);
    sent[1] += Long.bitCount(first & bases);
    sent[2] += Long.bitCount(lanes & second & ~bases);
    sent[3] += Long.bitCount(lanes & second & bases);
    sent[4] += Long.bitCount(lanes & third & ~bases);
    sent[5] += Long.bitCount(lanes & third & bases);
  }

  /** When the detectors are on again, and when their traps empty, by number of the pulse. */
  private final class Detectors {
    private long onAgain;
    private long zeroEmpties = NEVER;
    private long oneEmpties = NEVER;

    /** Returns the lanes of a word in which a trap empties. */
    private long lane(long start) {
      return within(zeroEmpties - start) | within(oneEmpties - start);
    }

    private static long within(long distance) {
      return distance >= 0 && distance < 64 ? 1L << distance : 0;
    }

    /** Returns which traps empty now. */
    private int released(long pulse) {
      int released = (zeroEmpties == pulse ? 1 : 0) | (oneEmpties == pulse ? 2 : 0);
      if ((released & 1) != 0) {
        zeroEmpties = NEVER;
      }
      if ((released & 2) != 0) {
        oneEmpties = NEVER;
      }
      return released;
    }

    /** Dead time and new traps; returns whether there may be a new moment at which one empties. */
    private boolean recover(long pulse, int pattern, PhysicsRandom random) {
      onAgain = pulse + 1 + receiver.deadTime();
      if (receiver.afterpulseProbability() == 0) {
        return false;
      }
      zeroEmpties = afterwards(zeroEmpties, (pattern & 1) != 0, random);
      oneEmpties = afterwards(oneEmpties, (pattern & 2) != 0, random);
      return true;
    }

    private long afterwards(long empties, boolean clicked, PhysicsRandom random) {
      long pending = empties < onAgain ? NEVER : empties;
      boolean filled = clicked && random.happens(receiver.afterpulseProbability());
      return pending == NEVER && filled
          ? onAgain - 1 + random.trialsUntil(receiver.afterpulseDecay())
          : pending;
    }
  }
}
