package org.eveproof.adversary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of attacks.
 *
 * @param counts by kind
 * @param breaches those that were not refused without a trace, at most {@link #MAX_BREACHES}
 */
public record AttackTally(Map<AttackKind, Counts> counts, List<Breach> breaches) {
  /** After so many breaches nothing more is tried: the point is made. */
  public static final int MAX_BREACHES = 100;

  /** Nothing was tried. */
  public static final AttackTally NONE = new AttackTally(Map.of(), List.of());

  /**
   * What became of attacks of one kind.
   *
   * @param tried presented to a receiver
   * @param accepted brought the receiver forward, or made it say something
   * @param changed left a trace that is not of the peer's making
   */
  public record Counts(long tried, long accepted, long changed) {
    /** Returns how many left no trace. */
    public long refused() {
      return tried - accepted - changed;
    }

    Counts plus(Counts other) {
      return new Counts(tried + other.tried, accepted + other.accepted, changed + other.changed);
    }
  }

  /** How an attack that was not refused ended. */
  public enum Harm {
    /** The receiver took the bytes for the peer's. */
    ACCEPTED,
    /** The receiver refused them, but is not what it was. */
    STATE_CHANGED
  }

  /**
   * An attack that was not refused without a trace.
   *
   * @param index of the attack, to present it again
   * @param kind of the attack
   * @param harm how it ended
   * @param text who was attacked, while awaiting what, and what was seen
   */
  public record Breach(long index, AttackKind kind, Harm harm, String text) {}

  /** Copies the parts. */
  public AttackTally {
    counts = Map.copyOf(counts);
    breaches = List.copyOf(breaches);
  }

  /** Returns the counts of one kind. */
  public Counts of(AttackKind kind) {
    return counts.getOrDefault(kind, new Counts(0, 0, 0));
  }

  /** Returns the sum over all kinds. */
  public Counts total() {
    return counts.values().stream().reduce(new Counts(0, 0, 0), Counts::plus);
  }

  /** Returns whether every attack was refused and left no trace. */
  public boolean held() {
    Counts total = total();
    return total.accepted() == 0 && total.changed() == 0;
  }

  AttackTally plus(AttackTally other) {
    Map<AttackKind, Counts> sum = new EnumMap<>(AttackKind.class);
    sum.putAll(counts);
    other.counts.forEach((kind, more) -> sum.merge(kind, more, Counts::plus));
    List<Breach> all = new ArrayList<>(breaches);
    all.addAll(other.breaches);
    return new AttackTally(sum, all.subList(0, Math.min(all.size(), MAX_BREACHES)));
  }

  AttackTally refused(AttackKind kind) {
    return plus(new AttackTally(Map.of(kind, new Counts(1, 0, 0)), List.of()));
  }
}
