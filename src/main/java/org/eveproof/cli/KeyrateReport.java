package org.eveproof.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.eveproof.postprocessing.finitekey.KeyAccount;
import org.eveproof.postprocessing.keyrate.FibreLink;
import org.eveproof.postprocessing.keyrate.Protocol;
import org.eveproof.postprocessing.keyrate.PublishedPoint;
import org.eveproof.postprocessing.keyrate.RatePoint;
import org.eveproof.postprocessing.keyrate.RateQuestion;

/**
 * Key rates, as people and programs read them.
 *
 * @param question link, block and epsilons
 * @param points the rates, protocol by protocol
 * @param published numbers from the literature, with what this code makes of them
 */
record KeyrateReport(RateQuestion question, List<RatePoint> points, List<Comparison> published) {

  /** A published number and the computed one, if its conditions are known. */
  record Comparison(PublishedPoint point, OptionalDouble computed) {}

  /** Computes what the published numbers of these protocols are compared with. */
  static KeyrateReport of(RateQuestion question, List<Protocol> protocols, List<RatePoint> points) {
    return new KeyrateReport(
        question,
        points,
        protocols.stream()
            .flatMap(protocol -> PublishedPoint.of(protocol).stream())
            .map(point -> new Comparison(point, point.computed()))
            .toList());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    FibreLink link = question.link();
    lines.add(
        line(
            "link: %s dB/km, detector efficiency %s, dark counts %s, afterpulses %s, misalignment"
                + " %s",
            link.decibelsPerKilometre(),
            link.detectorEfficiency(),
            link.darkCountProbability(),
            link.afterpulseProbability(),
            link.misalignment()));
    lines.add(
        line(
            "block: %,d bits, error correction %s over the least, hash %d bits, %d tags",
            question.blockBits(),
            question.efficiency(),
            question.verificationBits(),
            question.tags()));
    for (Protocol protocol : points.stream().map(RatePoint::protocol).distinct().toList()) {
      lines.add("");
      lines.add(protocol.title());
      lines.add(
          line(
              "%8s  %10s  %10s  %13s  %9s  %s",
              "km", "bit/pulse", "net", "key", "claim", "choice"));
      points.stream()
          .filter(point -> point.protocol() == protocol)
          .forEach(point -> lines.add(row(point)));
      points.stream()
          .filter(point -> point.protocol() == protocol && point.rate() > 0)
          .reduce((one, other) -> other)
          .flatMap(RatePoint::block)
          .ifPresent(
              block ->
                  lines.add("          claim of the last: " + EpsilonLines.text(block.budget())));
    }
    if (!published.isEmpty()) {
      lines.add("");
      lines.add("published, and computed here from the same conditions");
      published.forEach(comparison -> lines.add(row(comparison)));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String row(RatePoint point) {
    if (!(point.rate() > 0)) {
      return line("%8.1f  %10s", point.kilometres(), "no key");
    }
    String choice =
        point.parameters().entrySet().stream()
            .map(entry -> line("%s %.4g", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return point
        .block()
        .map(
            block ->
                line(
                    "%8.1f  %10.3e  %10.3e  %,13d  %9.2e  %s",
                    point.kilometres(),
                    point.rate(),
                    point.netRate(),
                    block.account().secretBits(),
                    block.budget().total(),
                    choice))
        .orElseGet(
            () ->
                line(
                    "%8.1f  %10.3e  %10.3e  %13s  %9s  %s",
                    point.kilometres(), point.rate(), point.netRate(), "endless", "none", choice));
  }

  private static String row(Comparison comparison) {
    PublishedPoint point = comparison.point();
    String computed =
        comparison.computed().isPresent()
            ? line(
                "%.4g (%+.1f %%)",
                comparison.computed().getAsDouble(),
                100 * (comparison.computed().getAsDouble() / point.value() - 1))
            : "not computed: not all conditions are stated";
    return line(
        "  %.4g, here %s: %s; %s", point.value(), computed, point.quantity(), point.source());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  Map<String, Object> document() {
    Map<String, Object> shown = new LinkedHashMap<>();
    FibreLink link = question.link();
    Map<String, Object> fibre = new LinkedHashMap<>();
    fibre.put("decibelsPerKilometre", link.decibelsPerKilometre());
    fibre.put("detectorEfficiency", link.detectorEfficiency());
    fibre.put("darkCountProbability", link.darkCountProbability());
    fibre.put("afterpulseProbability", link.afterpulseProbability());
    fibre.put("misalignment", link.misalignment());
    shown.put("link", fibre);
    shown.put("blockBits", question.blockBits());
    shown.put("errorCorrectionEfficiency", question.efficiency());
    shown.put("tags", question.tags());
    shown.put("points", points.stream().map(KeyrateReport::document).toList());
    shown.put("published", published.stream().map(KeyrateReport::document).toList());
    return shown;
  }

  private static Map<String, Object> document(RatePoint point) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("protocol", point.protocol().name().toLowerCase(Locale.ROOT));
    shown.put("kilometres", point.kilometres());
    shown.put("bitsPerPulse", point.rate());
    shown.put("netBitsPerPulse", point.netRate());
    shown.put("parameters", point.parameters());
    point
        .block()
        .ifPresent(
            block -> {
              KeyAccount account = block.account();
              shown.put("pulses", block.pulses());
              shown.put("secretBits", account.secretBits());
              shown.put("reconciliationBits", account.reconciliationBits());
              shown.put("verificationBits", account.verificationBits());
              shown.put("leakedBits", account.leakedBits());
              shown.put("authenticationBits", account.authenticationBits());
              shown.put("netSecretBits", account.netBits());
              shown.put("epsilon", EpsilonLines.json(block.budget()));
            });
    return shown;
  }

  private static Map<String, Object> document(Comparison comparison) {
    PublishedPoint point = comparison.point();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("protocol", point.protocol().name().toLowerCase(Locale.ROOT));
    shown.put("source", point.source());
    shown.put("quantity", point.quantity());
    shown.put("published", point.value());
    comparison.computed().ifPresent(value -> shown.put("computed", value));
    point.kilometres().ifPresent(value -> shown.put("kilometres", value));
    point.rate().ifPresent(value -> shown.put("bitsPerPulse", value));
    return shown;
  }
}
