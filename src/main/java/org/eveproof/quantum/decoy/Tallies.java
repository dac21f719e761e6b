package org.eveproof.quantum.decoy;

import java.util.Arrays;
import java.util.function.Predicate;
import org.eveproof.quantum.Basis;

/** Counts what a simulation yields. Not for use by several threads. */
public final class Tallies implements DetectionSink {
  private final long[] sent = new long[6];
  private final long[] detections = new long[Detection.CODES];

  @Override
  public void sent(int level, boolean keyBasis, long pulses) {
    sent[level << 1 | (keyBasis ? 1 : 0)] += pulses;
  }

  @Override
  public void detected(long pulse, int code) {
    detections[code]++;
  }

  /** Returns how many pulses of an intensity Alice sent in a basis. */
  public long sent(int level, Basis basis) {
    return sent[level << 1 | (basis.bit() ? 1 : 0)];
  }

  /** Returns how many detections meet a condition. */
  public long count(Predicate<Detection> condition) {
    long count = 0;
    for (int code = 0; code < detections.length; code++) {
      if (detections[code] > 0 && condition.test(Detection.of(code))) {
        count += detections[code];
      }
    }
    return count;
  }

  /** Returns how many bits of an intensity were sifted in a basis. */
  public long sifted(int level, Basis basis) {
    return count(d -> d.sifted() && d.level() == level && d.aliceBasis() == basis);
  }

  /** Returns how many of them are wrong. */
  public long errors(int level, Basis basis) {
    return count(d -> d.sifted() && d.level() == level && d.aliceBasis() == basis && d.error());
  }

  /** Returns how many detections of one kind there were. */
  long detections(int code) {
    return detections[code];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tallies that
        && Arrays.equals(sent, that.sent)
        && Arrays.equals(detections, that.detections);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sent) + Arrays.hashCode(detections);
  }

  @Override
  public String toString() {
    return "Tallies[" + count(d -> true) + " detections]";
  }
}
