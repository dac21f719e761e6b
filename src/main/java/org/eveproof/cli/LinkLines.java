package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.eveproof.session.LinkEffect;

/** The view for logs: one line for each thing that happens. */
final class LinkLines extends LinkView {
  private final boolean quiet;

  LinkLines(PrintWriter out, LinkStatus status, boolean quiet) {
    super(out, status);
    this.quiet = quiet;
  }

  @Override
  void started(int port) {
    if (!quiet) {
      out.println(WARNING);
      out.println(status.site.specName() + " looks for the other end on port " + port);
    }
  }

  @Override
  void happened(LinkEffect effect) {
    if (effect instanceof LinkEffect.RoundOver over && !quiet) {
      out.println(LinkReport.line(over.report()));
    }
    words(effect).filter(line -> !quiet || line.startsWith("ALARM")).ifPresent(out::println);
  }

  @Override
  void alarmed(String alarm) {
    out.println(alarm);
  }

  @Override
  void ended(Optional<String> failure) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %d rounds made a key, %d did not, %d bits for the site%s",
            status.site.specName(),
            status.made(),
            status.failed(),
            status.bits(),
            failure.map(why -> "; stopped: " + why).orElse("")));
  }
}
