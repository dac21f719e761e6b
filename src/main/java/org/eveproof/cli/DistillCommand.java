package org.eveproof.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.session.Distillation;
import org.eveproof.session.DistillationPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes secret keys out of two files with sifted keys. */
@Command(
    name = "distill",
    mixinStandardHelpOptions = true,
    description =
        "Makes secret keys out of the sifted keys of both parties: both sides' state machines"
            + " compare a sample, correct errors (Cascade), verify, and shorten the key to what the"
            + " finite-key formula allows. Writes DIR/alice.key and DIR/bob.key, readable by their"
            + " owner only.",
    footer = {
      "",
      "Choose the error limit before looking at the data: the proof behind the length",
      "formula wants it fixed. With --seed the run can be repeated by anybody, and",
      "its keys are worth nothing."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the keys are written",
      "1:no key can be made: too noisy, or too short",
      "2:the call or its input is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
public final class DistillCommand implements Callable<Integer> {
  /** More would not fit into the messages, nor their passes into the schedule of Cascade. */
  private static final int MOST_BITS = 100_000_000;

  @Option(names = "--alice", required = true, paramLabel = "FILE", description = "Her sifted key.")
  private Path aliceFile = Path.of("");

  @Option(names = "--bob", required = true, paramLabel = "FILE", description = "His sifted key.")
  private Path bobFile = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the keys go; made if need be. Keys are never overwritten.")
  private Path out = Path.of("");

  @Option(
      names = "--format",
      defaultValue = "ascii",
      paramLabel = "FORMAT",
      description =
          "Of all four files: ascii (characters 0 and 1, in lines of any length) or raw (eight bits"
              + " to a byte, the first on top; secret keys are cut to whole bytes). Default:"
              + " ${DEFAULT-VALUE}.")
  private KeyFormat format = KeyFormat.ASCII;

  @Option(
      names = "--error-limit",
      defaultValue = "0.05",
      paramLabel = "Q",
      description =
          "Greatest tolerated error rate of the sample, above 0 and below 0.5. Default:"
              + " ${DEFAULT-VALUE}.")
  private double errorLimit;

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      description =
          "Share of the sifted key to compare in public, between 0 and 1. Default: the one that"
              + " promises the longest key at the expected error rate, or else at the error limit.")
  private @Nullable Double sample;

  @Option(
      names = "--eps-sec",
      defaultValue = "1e-10",
      paramLabel = "E",
      description = "Secrecy parameter, between 0 and 1. Default: ${DEFAULT-VALUE}.")
  private double secrecyEpsilon;

  @Option(
      names = "--eps-cor",
      defaultValue = "1e-15",
      paramLabel = "E",
      description = "Correctness parameter, 1e-30 to below 1. Default: ${DEFAULT-VALUE}.")
  private double correctnessEpsilon;

  @Option(
      names = "--eps-bias",
      defaultValue = "1e-10",
      paramLabel = "E",
      description =
          "Chance that the bias of the raw bits is larger than allowed for, between 0 and 1."
              + " Default: ${DEFAULT-VALUE}.")
  private double biasEpsilon;

  @Option(
      names = "--expected",
      paramLabel = "E",
      description =
          "Error rate that the experiment was said to have before it ran, 0 to below the error"
              + " limit. It fixes the length before the sample is drawn, and a key that takes more"
              + " disclosed bits than it promises is given up. Default: none; the length follows"
              + " what was really disclosed.")
  private @Nullable Double expected;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    requireBetween("--error-limit", errorLimit, 0, 0.5);
    requireBetween("--eps-sec", secrecyEpsilon, 0, 1);
    requireBetween("--eps-cor", correctnessEpsilon, 0.99e-30, 1);
    requireBetween("--eps-bias", biasEpsilon, 0, 1);
    OptionalDouble share = OptionalDouble.empty();
    if (sample != null) {
      requireBetween("--sample", sample, 0, 1);
      share = OptionalDouble.of(sample);
    }
    OptionalDouble expectedErrorRate = OptionalDouble.empty();
    if (expected != null) {
      if (!(expected >= 0 && expected < errorLimit)) {
        throw new BadInput(
            "--expected=" + expected + " must lie from 0 to below --error-limit=" + errorLimit);
      }
      expectedErrorRate = OptionalDouble.of(expected);
    }
    KeyPairFiles keys = new KeyPairFiles(out);
    keys.requireFree();
    SecretBits alice = format.read(aliceFile);
    try (alice;
        SecretBits bob = format.read(bobFile)) {
      if (alice.length() > MOST_BITS) {
        throw new BadInput(
            aliceFile
                + " has "
                + alice.length()
                + " bits; at most "
                + MOST_BITS
                + " are distilled at once: cut both files in the same places");
      }
      if (alice.length() != bob.length()) {
        throw new BadInput(
            aliceFile
                + " has "
                + alice.length()
                + " bits, but "
                + bobFile
                + " has "
                + bob.length()
                + ": they are not sifted keys of one run");
      }
      DistillationPlan plan =
          DistillationPlan.of(
              alice,
              share,
              errorLimit,
              secrecyEpsilon,
              correctnessEpsilon,
              biasEpsilon,
              expectedErrorRate);
      try (Distillation.Result result = Distillation.run(plan, alice, bob, random())) {
        return report(new DistillReport(plan, result, format, keys, options.seed()), result, keys);
      }
    }
  }

  private int report(DistillReport report, Distillation.Result result, KeyPairFiles files)
      throws IOException {
    if (result.keys().isPresent() && report.writtenBits() > 0) {
      byte[] alice = format.encode(result.keys().get().alice());
      byte[] bob = format.encode(result.keys().get().bob());
      try {
        files.write(alice, bob);
      } finally {
        Arrays.fill(alice, (byte) 0);
        Arrays.fill(bob, (byte) 0);
      }
    }
    boolean made = report.writtenBits() > 0;
    PrintWriter stdout = command.commandLine().getOut();
    if (options.json()) {
      stdout.println(report.json());
    } else if (made) {
      stdout.print(report.text());
    }
    stdout.flush();
    if (made) {
      return ExitCodes.HELD;
    }
    PrintWriter stderr = command.commandLine().getErr();
    stderr.println("eveproof: no key can be made: " + report.refusal());
    stderr.flush();
    return ExitCodes.VIOLATED;
  }

  private SecretRandom random() {
    if (options.seed().isEmpty()) {
      return SecretRandom.secure();
    }
    return SecretRandom.simulated(
        RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed().getAsLong()));
  }

  private static void requireBetween(String option, double value, double low, double high) {
    if (!(value > low && value < high)) {
      throw new BadInput(
          String.format(Locale.ROOT, "%s=%s must lie between %s and %s", option, value, low, high));
    }
  }
}
