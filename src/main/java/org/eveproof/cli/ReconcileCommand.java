package org.eveproof.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.CascadeTrial;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.ReconciliationTrial;
import org.eveproof.postprocessing.ldpc.LdpcPlan;
import org.eveproof.postprocessing.ldpc.LdpcTrial;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the correction of errors. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description =
        "Measures the correction of errors on random keys: what Cascade or a low-density"
            + " parity-check code discloses, how many round trips and bytes it takes, how often"
            + " errors remain, and how fast it is, Alice and Bob together on one thread.",
    footer = {
      "",
      "Each block has exactly the share of wrong bits that --qber says, at random places, and for"
          + " Cascade its own shuffles, which each party makes for itself. The blocks of a batch are"
          + " corrected together and share their messages. The first batches only warm up. All keys"
          + " come from the seed: same seed, same figures, but for the speed."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the figures are printed; every block was corrected, or the verification saw that it was"
          + " not",
      "1:a block passed the verification with errors",
      "2:the call is wrong; one line on stderr says what and how to mend it",
      "3:the environment failed"
    })
final class ReconcileCommand implements Callable<Integer> {
  private static final double VERIFICATION_EPSILON = 0x1p-64;

  /** Bits of all blocks in all passes, each of which takes half a byte of memory. */
  private static final int MOST_AT_ONCE = 1 << 29;

  /** How to go about a key. */
  enum Method {
    ORIGINAL,
    WIDE,
    EFFICIENT,
    LDPC
  }

  /** Corrects a batch. */
  private interface Trial {
    ReconciliationTrial run(
        List<SecretBits> alice,
        List<SecretBits> bob,
        ErrorVerification verification,
        SecretRandom seeds);
  }

  @Option(
      names = "--method",
      defaultValue = "EFFICIENT",
      paramLabel = "NAME",
      description =
          "One of ${COMPLETION-CANDIDATES}, in small letters if you like: a schedule of Cascade, or"
              + " syndromes of low-density parity-check codes, for blocks of "
              + LdpcPlan.LEAST_BITS
              + " to "
              + LdpcPlan.MOST_BITS
              + " bits and a --qber of 0.005 to 0.11; made for fewer than one failure in a"
              + " hundred blocks at 0.01 to 0.05. Default: ${DEFAULT-VALUE}.")
  private Method method = Method.EFFICIENT;

  @Option(
      names = "--bits",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Bits of a block, 100 to 10000000. Default: ${DEFAULT-VALUE}.")
  private int bits;

  @Option(
      names = "--qber",
      defaultValue = "0.03",
      paramLabel = "Q",
      description = "Share of wrong bits, 0.001 to 0.15. Default: ${DEFAULT-VALUE}.")
  private double qber;

  @Option(
      names = "--expected",
      paramLabel = "Q",
      description =
          "Share of wrong bits that the parties are told, as from a sample, in the same range."
              + " Default: the true one.")
  private Optional<Double> expected = Optional.empty();

  @Option(
      names = "--batch",
      defaultValue = "16",
      paramLabel = "N",
      description = "Blocks that are corrected together, 1 to 1000. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--batches",
      defaultValue = "5",
      paramLabel = "N",
      description = "How many batches to measure, 1 to 10000. Default: ${DEFAULT-VALUE}.")
  private int batches;

  @Option(
      names = "--warmup",
      defaultValue = "2",
      paramLabel = "N",
      description = "How many batches to correct before, 0 to 1000. Default: ${DEFAULT-VALUE}.")
  private int warmup;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() {
    FibreOptions.require("--bits", bits, 100, 10_000_000);
    FibreOptions.require("--qber", qber, 0.001, 0.15);
    FibreOptions.require("--expected", told(), 0.001, 0.15);
    FibreOptions.require("--batch", batch, 1, 1000);
    FibreOptions.require("--batches", batches, 1, 10_000);
    FibreOptions.require("--warmup", warmup, 0, 1000);
    Trial trial =
        switch (method) {
          case ORIGINAL -> cascade(CascadeSchedule.original(bits, told()));
          case WIDE -> cascade(CascadeSchedule.wide(bits, told()));
          case EFFICIENT -> cascade(CascadeSchedule.efficient(bits, told()));
          case LDPC -> ldpc();
        };
    RandomGenerator random =
        RandomGeneratorFactory.of("L64X128MixRandom").create(options.seed().orElse(1));
    ErrorVerification verification = ErrorVerification.forEpsilon(bits, VERIFICATION_EPSILON);
    ReconcileReport report =
        new ReconcileReport(
            method.name().toLowerCase(Locale.ROOT), bits, errors(), batch, verification);
    for (int b = -warmup; b < batches; b++) {
      measure(trial, verification, random, report, b >= 0);
    }
    command.commandLine().getOut().println(options.json() ? report.json() : report.text());
    command.commandLine().getOut().flush();
    return report.undetectedKeys() == 0 ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private Trial cascade(CascadeSchedule schedule) {
    requireRoom(bits * schedule.passes());
    return (alice, bob, verification, seeds) ->
        CascadeTrial.run(alice, bob, schedule, verification, seeds);
  }

  private Trial ldpc() {
    FibreOptions.require("--bits", bits, LdpcPlan.LEAST_BITS, LdpcPlan.MOST_BITS);
    FibreOptions.require(
        expected.isPresent() ? "--expected" : "--qber",
        told(),
        LdpcPlan.LEAST_ERROR_RATE,
        LdpcPlan.MOST_ERROR_RATE);
    requireRoom(bits);
    LdpcPlan plan = LdpcPlan.of(bits, told());
    return (alice, bob, verification, seeds) ->
        LdpcTrial.run(alice, bob, plan, verification, seeds);
  }

  private void requireRoom(int each) {
    if ((long) each * batch > MOST_AT_ONCE) {
      throw new BadInput(
          "--batch "
              + batch
              + " of "
              + bits
              + " bits is too much at once; at most "
              + MOST_AT_ONCE / each
              + " blocks go into one");
    }
  }

  private double told() {
    return expected.orElse(qber);
  }

  private int errors() {
    return (int) Math.round(bits * qber);
  }

  private void measure(
      Trial method,
      ErrorVerification verification,
      RandomGenerator random,
      ReconcileReport report,
      boolean counts) {
    SecretRandom seeds = SecretRandom.simulated(random);
    List<SecretBits> alice = new ArrayList<>();
    List<SecretBits> bob = new ArrayList<>();
    for (int k = 0; k < batch; k++) {
      SecretBits key = seeds.secretBits(bits);
      alice.add(key);
      bob.add(withErrors(key, random));
    }
    long before = ThreadTime.nanos();
    try (ReconciliationTrial trial = method.run(alice, bob, verification, seeds)) {
      long nanos = ThreadTime.nanos() - before;
      if (counts) {
        int wrong = 0;
        for (int k = 0; k < batch; k++) {
          wrong += trial.corrected().get(k).sameAs(alice.get(k)) ? 0 : 1;
        }
        report.add(trial, wrong, nanos);
      }
    } finally {
      alice.forEach(SecretBits::close);
      bob.forEach(SecretBits::close);
    }
  }

  private SecretBits withErrors(SecretBits key, RandomGenerator random) {
    long[] words = key.toWords();
    long[] noise = new long[words.length];
    int left = errors();
    while (left > 0) {
      int position = random.nextInt(bits);
      if ((noise[position >>> 6] >>> position & 1) == 0) {
        noise[position >>> 6] |= 1L << position;
        words[position >>> 6] ^= 1L << position;
        left--;
      }
    }
    return SecretBits.ofWords(words, bits);
  }
}
