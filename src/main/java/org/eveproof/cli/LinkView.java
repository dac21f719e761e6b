package org.eveproof.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.eveproof.delivery.DeliveryEvent;
import org.eveproof.handover.Ledger;
import org.eveproof.protocol.Party;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkSettings;
import picocli.CommandLine.Help.Ansi;

/** How a standing link shows what it does: live, in lines, or in JSON lines. */
abstract class LinkView {
  /** Printed once, for whoever takes simulated keys for real ones. */
  static final String WARNING =
      "simulated optics: whoever reads the line sees every pulse; use the keys for tests only";

  final PrintWriter out;
  final LinkStatus status;

  LinkView(PrintWriter out, LinkStatus status) {
    this.out = out;
    this.status = status;
  }

  /** Chooses the view that goes with the options and with where the output goes. */
  static LinkView of(Party site, LinkSettings settings, CommonOptions options, PrintWriter out) {
    LinkStatus status = new LinkStatus(site, settings, System::nanoTime);
    if (options.json()) {
      return new LinkJson(out, status);
    }
    return !Ansi.AUTO.enabled() || options.quiet()
        ? new LinkLines(out, status, options.quiet())
        : new LinkScreen(out, status);
  }

  /** Shows where the link starts from. */
  final void begins(Ledger ledger, int port) {
    status.standsOn(ledger);
    started(port);
    out.flush();
  }

  /** Shows an effect. */
  final void show(LinkEffect effect) {
    status.take(effect);
    happened(effect);
    out.flush();
  }

  /** Shows what became of a block's keys. */
  final void show(DeliveryEvent event) {
    words(event)
        .ifPresent(
            alarm -> {
              status.alarm(alarm);
              alarmed(alarm);
              out.flush();
            });
  }

  /** Shows why the link ends; empty if all rounds were made. */
  final void ends(Optional<String> failure) {
    ended(failure);
    out.flush();
  }

  abstract void started(int port);

  abstract void happened(LinkEffect effect);

  abstract void alarmed(String alarm);

  abstract void ended(Optional<String> failure);

  private static Optional<String> words(DeliveryEvent event) {
    if (event instanceof DeliveryEvent.BlockRefused refused) {
      return Optional.of(
          "ALARM keys refused: those of block "
              + refused.block()
              + ", because "
              + refused.reason());
    } else if (event instanceof DeliveryEvent.PoolFull full) {
      return Optional.of(
          "ALARM pool full: keys of block " + full.block() + " are dropped; nobody fetches them");
    }
    return Optional.empty();
  }

  /** Returns what an effect other than a round means, in one line; empty if it is not worth one. */
  static Optional<String> words(LinkEffect effect) {
    if (effect instanceof LinkEffect.Reunited met) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the ends have met%s: epoch %d, block %d",
              met.bootstrapped() ? " and authenticated each other" : " again",
              met.position().epoch(),
              met.position().current()));
    } else if (effect instanceof LinkEffect.Interrupted interrupted) {
      return Optional.of("interrupted: " + interrupted.why() + "; looking for the other end");
    } else if (effect instanceof LinkEffect.OutOfStep apart) {
      return Optional.of("ALARM out of step: " + apart.why());
    } else if (effect instanceof LinkEffect.Reserve reserve) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%sone-time keys: %s, %d ordinary ones left",
              LinkStatus.isAlarm(reserve) ? "ALARM " : "",
              LinkStatus.label(reserve.level()),
              reserve.left()));
    } else if (effect instanceof LinkEffect.KeyNotGrowing shrinking) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "ALARM key not growing: the %d secret bits of round %d do not pay for the next block;"
                  + " they are given up. Send more --pulses, or ask for a smaller --refill",
              shrinking.report().secretBits(),
              shrinking.report().round() + 1));
    }
    return Optional.empty();
  }
}
