package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.RoundReport;
import picocli.CommandLine.Help.Ansi;

/** The view for a terminal: a few lines, drawn again in place whenever something happens. */
final class LinkScreen extends LinkView {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  private int drawn;
  private String last = "looking for the other end";

  LinkScreen(PrintWriter out, LinkStatus status) {
    super(out, status);
  }

  @Override
  void started(int port) {
    out.println(WARNING);
    last = "looking for the other end on port " + port;
    draw();
  }

  @Override
  void happened(LinkEffect effect) {
    if (effect instanceof LinkEffect.RoundOver over) {
      last = LinkReport.line(over.report());
    } else {
      last = words(effect).orElse(last);
    }
    draw();
  }

  @Override
  void alarmed(String alarm) {
    draw();
  }

  @Override
  void ended(Optional<String> failure) {
    last = failure.map(why -> "stopped: " + why).orElse("all rounds are made");
    draw();
  }

  private void draw() {
    if (drawn > 0) {
      out.print(String.format(Locale.ROOT, "\033[%dA\r\033[J", drawn));
    }
    List<String> lines = lines();
    lines.forEach(line -> out.println(Ansi.AUTO.string(line)));
    drawn = lines.size();
  }

  /** Returns what is drawn; every line fits on a terminal of 100 columns. */
  List<String> lines() {
    List<LinkStatus.Round> rounds = status.rounds();
    Optional<RoundReport> newest =
        rounds.isEmpty() ? Optional.empty() : Optional.of(rounds.get(rounds.size() - 1).report());
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "@|bold %s|@  %s  up %s  rounds %d made, %d failed",
            status.site.specName(),
            status.isOpen() ? "@|green connected|@" : "@|yellow waiting|@",
            time(status.seconds()),
            status.made(),
            status.failed()));
    lines.add(
        String.format(
            Locale.ROOT,
            "QBER      %-8s limit %.1f %%  %s",
            newest.map(round -> percent(round.qber())).orElse("-"),
            100 * status.settings.errorLimit(),
            sparks(rounds)));
    lines.add(
        String.format(
            Locale.ROOT,
            "key rate  %.0f bit/s to the site, %d bits since the start",
            status.rate(),
            status.bits()));
    status
        .ledger()
        .ifPresent(
            ledger ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "reserve   %s: %d one-time keys left, epoch %d, block %d",
                        LinkStatus.label(ledger.level()),
                        ledger.ordinaryKeysLeft(),
                        ledger.epoch(),
                        ledger.current())));
    lines.add("last      " + cut(last, 88));
    status.alarms().forEach(alarm -> lines.add("@|red " + cut(alarm, 98) + "|@"));
    return lines;
  }

  private String sparks(List<LinkStatus.Round> rounds) {
    StringBuilder line = new StringBuilder();
    for (LinkStatus.Round round : rounds) {
      double share = round.report().qber() / Math.max(status.settings.errorLimit(), 1e-9);
      int bar = (int) Math.min(BARS.length() - 1, Math.floor(share * (BARS.length() - 1)));
      line.append(BARS.charAt(bar));
    }
    return line.toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String time(double seconds) {
    long whole = (long) seconds;
    return String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
