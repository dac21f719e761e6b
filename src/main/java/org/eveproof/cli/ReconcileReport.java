package org.eveproof.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.ReconciliationTrial;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the correction of some batches of equal blocks took. */
final class ReconcileReport {
  private final String method;
  private final int bits;
  private final int errors;
  private final int batch;
  private final ErrorVerification verification;
  private final List<Double> speeds = new ArrayList<>();
  private long parityBits;
  private long hashBits;
  private long roundTrips;
  private int mostRoundTrips;
  private long messages;
  private long bytes;
  private int wrongKeys;
  private int undetectedKeys;

  ReconcileReport(String method, int bits, int errors, int batch, ErrorVerification verification) {
    this.method = method;
    this.bits = bits;
    this.errors = errors;
    this.batch = batch;
    this.verification = verification;
  }

  /** Adds a batch in which so many keys still differ, and which took so long. */
  void add(ReconciliationTrial trial, int wrong, long nanos) {
    speeds.add(1e3 * bits * batch / nanos);
    parityBits += trial.parityBits();
    hashBits += trial.hashBits();
    roundTrips += trial.roundTrips();
    mostRoundTrips = Math.max(mostRoundTrips, trial.roundTrips());
    messages += trial.messages();
    bytes += trial.bytes();
    wrongKeys += wrong;
    undetectedKeys += wrong - trial.refusedKeys();
  }

  /** Returns the number of keys that passed the verification with errors. */
  int undetectedKeys() {
    return undetectedKeys;
  }

  String json() {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(document());
  }

  String text() {
    return line(
            "%s, blocks of %d bits with %d errors, %d batches of %d",
            method, bits, errors, speeds.size(), batch)
        + line(
            "efficiency    f = %.4f, parities over n h(errors / n); with the hash %.4f",
            efficiency(parityBits), efficiency(parityBits + hashBits))
        + line(
            "leak          %.1f bits per block = %.1f parities + %d of the hash (epsilon %.2e)",
            each(parityBits + hashBits),
            each(parityBits),
            verification.tagBits(),
            verification.epsilon(bits))
        + line(
            "round trips   %.1f per batch (most %d), %.2f per block",
            perBatch(roundTrips), mostRoundTrips, each(roundTrips))
        + line(
            "messages      %.1f per batch, each with one authentication tag; %.2f per block",
            perBatch(messages), each(messages))
        + line("bytes         %.1f per block, without frames and tags", each(bytes))
        + line(
            "frame errors  %d of %d blocks; %d of them passed the verification",
            wrongKeys, blocks(), undetectedKeys)
        + line(
                "speed         %.1f Mbit/s (median; least %.1f, most %.1f), both parties on one"
                    + " thread",
                sorted().get(sorted().size() / 2),
                sorted().get(0),
                sorted().get(sorted().size() - 1))
            .stripTrailing();
  }

  private Map<String, Object> document() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("command", "reconcile");
    root.put("method", method);
    root.put("bits", bits);
    root.put("errors", errors);
    root.put("batch", batch);
    root.put("batches", speeds.size());
    root.put("efficiency", efficiency(parityBits));
    root.put("efficiencyWithHash", efficiency(parityBits + hashBits));
    root.put("parityBits", parityBits);
    root.put("verificationBits", hashBits);
    root.put("leakedBits", parityBits + hashBits);
    root.put("verificationEpsilon", verification.epsilon(bits));
    root.put("roundTrips", roundTrips);
    root.put("roundTripsPerBatch", perBatch(roundTrips));
    root.put("mostRoundTripsOfABatch", mostRoundTrips);
    root.put("roundTripsPerBlock", each(roundTrips));
    root.put("messages", messages);
    root.put("bytes", bytes);
    root.put("frameErrors", wrongKeys);
    root.put("undetectedFrameErrors", undetectedKeys);
    root.put("mbitPerSecond", sorted().get(sorted().size() / 2));
    root.put("leastMbitPerSecond", sorted().get(0));
    root.put("mostMbitPerSecond", sorted().get(sorted().size() - 1));
    return root;
  }

  private int blocks() {
    return speeds.size() * batch;
  }

  private double each(long sum) {
    return (double) sum / blocks();
  }

  private double perBatch(long sum) {
    return (double) sum / speeds.size();
  }

  private double efficiency(long leak) {
    return each(leak) / (bits * FiniteKeyRule.binaryEntropy((double) errors / bits));
  }

  private List<Double> sorted() {
    return speeds.stream().sorted().toList();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values) + "\n";
  }
}
