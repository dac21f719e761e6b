package org.eveproof.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.eveproof.postprocessing.ErrorEstimate;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.session.AbortReason;
import org.eveproof.session.Distillation;
import org.eveproof.session.DistillationPlan;
import org.eveproof.session.Findings;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a distillation gave, with everything that the length of the key follows from, so that a
 * stranger can compute it again.
 */
record DistillReport(
    DistillationPlan plan,
    Distillation.Result result,
    KeyFormat format,
    KeyPairFiles files,
    OptionalLong seed) {

  private static final String COUNTED_FORMULA =
      "l = floor( n (q - h(Q + mu)) - leak - log2(2 / (eps_sec^2 eps_cor)) )";
  private static final String FIXED_FORMULA =
      "l = floor( n (q - h(Q + mu)) - L - log2(2 / (eps_sec^2 eps_cor)) )";
  private static final String BIAS =
      "q = -log2 p: the min-entropy of one raw bit, its bits taken as independent with the same bias"
          + " in both bases";

  /** Returns the number of secret bits in each file; 0 if there is no key. */
  int writtenBits() {
    return result.keys().isPresent() ? format.writtenBits(result.findings().secretBits()) : 0;
  }

  /** Returns why there is no key, in one line. */
  String refusal() {
    Findings findings = result.findings();
    AbortReason reason = result.abort().orElse(AbortReason.TOO_SHORT);
    return switch (reason) {
      case TOO_NOISY ->
          line(
              "too noisy: %d errors in %d sampled bits (%.2f %%) are above the limit of %.2f %% (see"
                  + " --error-limit)",
              findings.errors(), sampled(), 100 * sampledRate(), 100 * plan.errorLimit());
      case TOO_SHORT ->
          line(
              "too short: %d sifted bits, %d of them sampled, leave not one secret bit; more sifted"
                  + " bits are needed, or %s",
              plan.siftedBits(),
              plan.sampledBits(),
              fixed() ? "a smaller --expected error rate" : "fewer errors");
      case OUTSIDE_LIMITS ->
          line(
              "%d bits were disclosed, above the %d that the fixed length allows for; no key is"
                  + " made of this run",
              leak(), plan.limits().greatestLeak());
      default ->
          line(
              "%s: the corrected keys were not shown to be equal; nothing is wrong with the call, try"
                  + " again",
              reason.label());
    };
  }

  /** Returns the report for people. */
  String text() {
    Findings f = result.findings();
    StringBuilder text = new StringBuilder();
    seed.ifPresent(
        value ->
            text.append("SIMULATION   seed ")
                .append(value)
                .append(": anybody can repeat this run; do not use its keys\n"));
    row(
        text,
        "sifted key",
        "N = %d bits on each side; %d ones on Alice's (%.2f %%)",
        plan.siftedBits(),
        plan.ones(),
        100.0 * plan.ones() / plan.siftedBits());
    row(
        text,
        "sample",
        "k = %d bits, %d errors: QBER %.3f %% (limit Q = %s, fixed beforehand)",
        sampled(),
        f.errors(),
        100 * sampledRate(),
        number(plan.errorLimit()));
    row(
        text,
        "bound",
        "at most %.3f %% of the kept bits differ, but for a chance of (eps_sec/4)^2",
        100 * upperLimit());
    row(
        text,
        "kept",
        "n = %d bits, %d errors corrected (%.3f %%)",
        kept(),
        keptErrors(),
        100 * keptRate());
    row(
        text,
        "leak",
        "%d bits = %d parities + %d of the verification hash + %d for the number of ones",
        leak(),
        f.parityBits(),
        f.hashBits(),
        plan.onesLeakBits());
    row(
        text,
        "efficiency",
        "%s = parities / (n h(error rate of the n bits)); %d messages with parities",
        efficiency(),
        f.batches());
    row(
        text,
        "bias",
        "p = max(ones, N - ones)/N + sqrt(ln(2/eps_bias) / (2 N)) = %.12f",
        plan.likelierValue());
    row(
        text,
        "",
        "q = -log2 p = %.12f, the min-entropy of one raw bit; the bits are taken as",
        plan.rawBitQuality());
    row(text, "", "independent, with the same bias in both bases");
    row(
        text,
        "deviation",
        "mu = sqrt( (n + k)/(n k) (k + 1)/k ln(4/eps_sec) ) = %.12f",
        deviation());
    row(text, "length", "%s", formula());
    if (fixed()) {
      row(
          text,
          "",
          "fixed before the sample was drawn: at an error rate of %s at most L = %d bits leak",
          number(plan.expectedErrorRate().orElseThrow()),
          plan.limits().greatestLeak());
    }
    row(
        text,
        "",
        "h(Q + mu) = %.12f, h in bits; log2(...) = %.6f",
        entropy(),
        plan.rule().constantBits());
    row(
        text,
        "secret key",
        "l = %d bits%s",
        f.secretBits(),
        writtenBits() == f.secretBits() ? "" : ", of which " + writtenBits() + " fill whole bytes");
    row(text, "epsilon", "%s", EpsilonLines.text(plan.epsilon()));
    row(
        text,
        "",
        "secrecy is eps_sec = %s and eps_bias = %s; correctness is eps_cor",
        number(plan.secrecyEpsilon()),
        number(plan.biasEpsilon()));
    row(
        text,
        "assumed",
        "single photons; sifted bits of both bases in random order, over an authentic channel");
    row(text, "written", "%s, %s", files.alice(), files.bob());
    return text.toString();
  }

  /** Returns the report for programs. */
  String json() {
    Findings f = result.findings();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("command", "distill");
    root.put("keyMade", writtenBits() > 0);
    if (writtenBits() == 0) {
      root.put("refusal", refusal());
    }
    root.put("simulation", seed.isPresent());
    seed.ifPresent(value -> root.put("seed", value));
    root.put("siftedBits", plan.siftedBits());
    root.put("ones", plan.ones());
    root.put("sampledBits", sampled());
    root.put("sampledErrors", f.errors());
    root.put("qber", sampledRate());
    root.put("errorLimit", plan.errorLimit());
    root.put("secrecyEpsilon", plan.secrecyEpsilon());
    root.put("correctnessEpsilon", plan.correctnessEpsilon());
    root.put("biasEpsilon", plan.biasEpsilon());
    root.put("epsilon", EpsilonLines.json(plan.epsilon()));
    root.put("totalEpsilon", plan.epsilon().total());
    root.put("lengthRule", fixed() ? "fixed" : "counted");
    if (fixed()) {
      root.put("expectedErrorRate", plan.expectedErrorRate().orElseThrow());
      root.put("greatestLeak", plan.limits().greatestLeak());
      root.put("fixedSecretBits", plan.limits().secretBits());
    }
    root.put("leakedBits", leak());
    if (writtenBits() > 0) {
      root.put("errorUpperLimit", upperLimit());
      root.put("keptBits", kept());
      root.put("keptErrors", keptErrors());
      root.put("parityBits", f.parityBits());
      root.put("verificationBits", f.hashBits());
      root.put("onesLeakBits", plan.onesLeakBits());
      root.put("parityMessages", f.batches());
      if (keptErrors() > 0) {
        root.put("efficiency", shannonRatio());
      }
      root.put("verificationEpsilon", plan.epsilon().verification());
      root.put("formula", formula());
      root.put("bias", BIAS);
      root.put("p", plan.likelierValue());
      root.put("q", plan.rawBitQuality());
      root.put("mu", deviation());
      root.put("entropy", entropy());
      root.put("constantBits", plan.rule().constantBits());
      root.put("secretBits", f.secretBits());
      root.put("writtenBits", writtenBits());
      root.put("aliceKey", files.alice().toString());
      root.put("bobKey", files.bob().toString());
    }
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(root);
  }

  private boolean fixed() {
    return plan.expectedErrorRate().isPresent();
  }

  private String formula() {
    return fixed() ? FIXED_FORMULA : COUNTED_FORMULA;
  }

  private int sampled() {
    return result.findings().sample().ones();
  }

  private int kept() {
    return result.findings().kept().ones();
  }

  private double sampledRate() {
    return sampled() == 0 ? 0 : (double) result.findings().errors() / sampled();
  }

  private int keptErrors() {
    return result.siftedErrors() - result.findings().errors();
  }

  private double keptRate() {
    return keptErrors() / (double) kept();
  }

  private long leak() {
    return result.findings().leak() + plan.onesLeakBits();
  }

  private double shannonRatio() {
    return result.findings().parityBits() / (kept() * FiniteKeyRule.binaryEntropy(keptRate()));
  }

  private String efficiency() {
    return keptErrors() == 0 ? "undefined without errors" : line("f = %.4f", shannonRatio());
  }

  private double deviation() {
    return FiniteKeyRule.deviation(
        kept(), sampled(), plan.secrecyEpsilon(), plan.rule().numerator());
  }

  private double upperLimit() {
    return new ErrorEstimate(sampled(), result.findings().errors())
        .upperLimit(kept(), plan.secrecyEpsilon(), plan.rule().numerator());
  }

  private double entropy() {
    return FiniteKeyRule.binaryEntropy(plan.errorLimit() + deviation());
  }

  /** Returns the shortest decimal that names the number: 0.05, 1e-10. */
  private static String number(double value) {
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }

  private static void row(StringBuilder text, String label, String format, Object... values) {
    text.append(line("%-13s", label)).append(line(format, values)).append('\n');
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
