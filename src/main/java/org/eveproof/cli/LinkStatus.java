package org.eveproof.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.ReserveLevel;
import org.eveproof.protocol.Party;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.RoundReport;
import org.eveproof.session.RoundReport.Outcome;

/** What there is to be seen of a standing link at a moment; all of it is public. */
final class LinkStatus {
  private static final int KEPT = 40;
  private static final int KEPT_ALARMS = 5;

  final Party site;
  final LinkSettings settings;
  private final LongSupplier nanos;
  private final long started;
  private final Deque<Round> rounds = new ArrayDeque<>();
  private final Deque<String> alarms = new ArrayDeque<>();
  private Optional<Ledger> ledger = Optional.empty();
  private boolean open;
  private int made;
  private int failed;
  private long bits;

  /**
   * A round that is over.
   *
   * @param report what became of it
   * @param ended when, in nanoseconds since the link started
   */
  record Round(RoundReport report, long ended) {}

  LinkStatus(Party site, LinkSettings settings, LongSupplier nanos) {
    this.site = site;
    this.settings = settings;
    this.nanos = nanos;
    this.started = nanos.getAsLong();
  }

  void standsOn(Ledger opened) {
    ledger = Optional.of(opened);
  }

  void take(LinkEffect effect) {
    if (effect instanceof LinkEffect.RoundOver over) {
      boolean key = over.report().outcome() == Outcome.KEY;
      made += key ? 1 : 0;
      failed += key ? 0 : 1;
      bits += key ? over.report().applicationBits() : 0;
      rounds.addLast(new Round(over.report(), nanos.getAsLong() - started));
      if (rounds.size() > KEPT) {
        rounds.removeFirst();
      }
    } else if (effect instanceof LinkEffect.Reunited) {
      open = true;
    } else if (effect instanceof LinkEffect.Interrupted) {
      open = false;
    }
    boolean alarming =
        effect instanceof LinkEffect.OutOfStep
            || effect instanceof LinkEffect.KeyNotGrowing
            || (effect instanceof LinkEffect.Reserve reserve && isAlarm(reserve));
    if (alarming) {
      LinkView.words(effect).ifPresent(this::alarm);
    }
  }

  void alarm(String alarm) {
    alarms.addLast(alarm);
    if (alarms.size() > KEPT_ALARMS) {
      alarms.removeFirst();
    }
  }

  static boolean isAlarm(LinkEffect.Reserve reserve) {
    return reserve.level() != ReserveLevel.PLENTY;
  }

  static String label(ReserveLevel level) {
    return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  boolean isOpen() {
    return open;
  }

  int made() {
    return made;
  }

  int failed() {
    return failed;
  }

  /** Returns the bits that the site has been given since this process started. */
  long bits() {
    return bits;
  }

  Optional<Ledger> ledger() {
    return ledger;
  }

  /** Returns the last rounds, oldest first. */
  List<Round> rounds() {
    return List.copyOf(rounds);
  }

  List<String> alarms() {
    return List.copyOf(alarms);
  }

  /** Returns how long the process has been running, in seconds. */
  double seconds() {
    return (nanos.getAsLong() - started) / 1e9;
  }

  /** Returns the application's bits per second over the last rounds; 0 before the second one. */
  double rate() {
    if (rounds.size() < 2) {
      return 0;
    }
    long since = rounds.getFirst().ended();
    long sum =
        rounds.stream()
            .skip(1)
            .map(Round::report)
            .filter(report -> report.outcome() == Outcome.KEY)
            .mapToLong(RoundReport::applicationBits)
            .sum();
    return sum * 1e9 / Math.max(1, rounds.getLast().ended() - since);
  }
}
