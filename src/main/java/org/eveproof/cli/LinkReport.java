package org.eveproof.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.eveproof.bootstrap.Method;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.protocol.Party;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.RoundReport;
import org.eveproof.session.RoundReport.Outcome;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one end of a link brought forth.
 *
 * @param party whose end
 * @param settings of the link
 * @param method that the ends agreed on, if they did
 * @param seed of a simulation, if there is one
 * @param rounds reports so far, in order
 * @param failure why the link ended before its time, if it did
 */
record LinkReport(
    Party party,
    LinkSettings settings,
    Optional<Method> method,
    OptionalLong seed,
    List<RoundReport> rounds,
    Optional<String> failure) {
  private static final String WARNING =
      "simulated optics: the light, and what Eve sees of it, travel as bytes; keys are for tests";

  /** Returns whether every round made a key that both parties have. */
  boolean held() {
    return failure.isEmpty()
        && rounds.size() == settings.rounds()
        && rounds.stream().allMatch(round -> round.outcome() == Outcome.KEY);
  }

  int exitCode() {
    return held() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  /** Returns one round in one line, and what it had to show and is claimed of its key in others. */
  static String line(RoundReport round) {
    // Who hears of an abort instead of the sample does not know the error rate.
    boolean rateKnown = round.errors() > 0 || round.batches() > 0;
    String figures =
        String.format(
            Locale.ROOT,
            "round %d  %-11s sifted %d, sampled %d%s",
            round.round() + 1,
            round.outcome().label(),
            round.sifted(),
            round.sampled(),
            rateKnown ? String.format(Locale.ROOT, ", QBER %.2f %%", 100 * round.qber()) : "");
    if (round.secretBits() == 0) {
      return figures + (round.why().isEmpty() ? "" : "; " + round.why()) + limits(round);
    }
    return figures
        + String.format(
            Locale.ROOT,
            ", leak %d, secret %d bits (net %d): %d to the application, %d one-time keys to the ledger",
            round.leaked(),
            round.secretBits(),
            round.netBits(),
            round.applicationBits(),
            2 * round.newKeys())
        + limits(round)
        + "%n         epsilon: ".formatted()
        + EpsilonLines.text(round.epsilon());
  }

  private static String limits(RoundReport round) {
    return round.limits().map(seen -> "%n         ".formatted() + LimitLines.text(seen)).orElse("");
  }

  /** Returns the last lines of the report for people. */
  String end() {
    long keys = rounds.stream().filter(round -> round.outcome() == Outcome.KEY).count();
    long bits =
        rounds.stream()
            .filter(round -> round.outcome() == Outcome.KEY)
            .mapToLong(RoundReport::applicationBits)
            .sum();
    return String.format(
            Locale.ROOT,
            "%s: %d of %d rounds made a key, %d bits for the application%s%n",
            party.specName(),
            keys,
            settings.rounds(),
            bits,
            failure.map(why -> "; ended early: " + why).orElse(""))
        + String.format(Locale.ROOT, "epsilon of all rounds together: %.2e%n", totalEpsilon())
        + "("
        + WARNING
        + (seed.isPresent() ? ", and with --seed anybody can repeat them" : "")
        + ")";
  }

  /** Returns what all rounds may fail with, also those without a key: the union bound. */
  private double totalEpsilon() {
    return EpsilonBudget.total(rounds.stream().map(RoundReport::epsilon).toList());
  }

  /** Returns the report for machines. */
  String json() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("party", party.specName());
    root.put("held", held());
    root.put("warning", WARNING);
    seed.ifPresent(value -> root.put("seed", value));
    root.put("establishment", method.map(agreed -> agreed.establishment().label()).orElse(""));
    root.put("auth", method.map(agreed -> agreed.suite().label()).orElse(""));
    root.put("pulses", settings.optics().pulses());
    List<Map<String, Object>> list = new ArrayList<>();
    for (RoundReport round : rounds) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("round", round.round() + 1);
      one.put("outcome", round.outcome().label());
      one.put("reason", round.why());
      one.put("siftedBits", round.sifted());
      one.put("sampledBits", round.sampled());
      one.put("sampleErrors", round.errors());
      one.put("leakedBits", round.leaked());
      one.put("parityMessages", round.batches());
      one.put("secretBits", round.secretBits());
      one.put("authenticationBits", round.authenticationBits());
      one.put("netBits", round.netBits());
      one.put("applicationBits", round.applicationBits());
      one.put("oneTimeKeysPerDirection", round.newKeys());
      round.limits().ifPresent(seen -> one.put(LimitLines.name(seen), LimitLines.json(seen)));
      one.put("epsilon", EpsilonLines.json(round.epsilon()));
      list.add(one);
    }
    root.put("rounds", list);
    root.put("totalEpsilon", totalEpsilon());
    root.put("failure", failure.orElse(""));
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(root);
  }
}
