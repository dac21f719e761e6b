package org.eveproof.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the benchmarks of every stage, each with what it is held against, and writes the figures of
 * JMH to {@code target/bench/STAGE-javaN.json} and the ratios to {@code
 * target/bench/ratios-javaN.json}, N being the version of Java.
 *
 * <p>Each benchmark has a JVM of its own, with one thread and the serial collector. The figure of a
 * benchmark is the median of its iterations. A ratio below its bar is shown, and fails nothing:
 * machines differ.
 */
public final class Benchmarks {
  /** The stages, in the order in which they are run. */
  private static final List<Stage> STAGES =
      List.of(
          new PrivacyAmplificationBenchmark(),
          new LongKeyBenchmark(),
          new TagBenchmark(),
          new ReconciliationBenchmark(),
          new ChainBenchmark(),
          new SimulationBenchmark());

  private static final Path DIRECTORY = Path.of("target", "bench");

  /** A line of the table; without a ratio where one of the two figures is missing. */
  private record Ratio(
      String stage,
      String ours,
      Optional<Double> oursIs,
      String peer,
      Optional<Double> peerIs,
      double bar,
      Optional<Double> ratio,
      String verdict) {}

  private Benchmarks() {}

  /**
   * Runs the benchmarks.
   *
   * @param arguments as of JMH's own command line, all optional: {@code -p keyBits=100000000}; the
   *     names of the stages to run; {@code -wi 1 -i 3} for a quick look, in about half of the time,
   *     without the stages that are run once
   */
  public static void main(String[] arguments)
      throws CommandLineOptionException, RunnerException, IOException, InterruptedException {
    CommandLineOptions options = new CommandLineOptions(arguments);
    Files.createDirectories(DIRECTORY);
    boolean quick = options.getMeasurementIterations().hasValue();
    List<Ratio> ratios = new ArrayList<>();
    for (Stage stage : STAGES) {
      boolean wanted = options.getIncludes().isEmpty() && !(quick && stage.once());
      if (wanted || options.getIncludes().contains(stage.name())) {
        Map<String, Double> figures = run(stage, options);
        figures.putAll(stage.counts(quick));
        figures.putAll(stage.demands());
        for (NativePeer peer : stage.peers()) {
          figures.putAll(peer.measure(DIRECTORY));
        }
        stage.bars().forEach(bar -> ratios.add(ratio(stage, bar, figures)));
        System.out.println("times in milliseconds, and counts");
        figures.forEach((name, figure) -> System.out.printf("%-48s %14.6f%n", name, figure));
      }
    }
    JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValue(file("ratios").toFile(), ratios);
    System.out.printf("%n%-30s %-30s %9s %9s%n", "how many times as fast", "as", "is", "bar");
    for (Ratio ratio : ratios) {
      System.out.printf(
          "%-30s %-30s %9s %9.2f  %s%n",
          ratio.ours(),
          ratio.peer(),
          ratio.ratio().map("%.2f"::formatted).orElse("-"),
          ratio.bar(),
          ratio.verdict());
    }
  }

  /** Returns the median times in milliseconds. */
  private static Map<String, Double> run(Stage stage, CommandLineOptions options)
      throws RunnerException {
    OptionsBuilder builder = new OptionsBuilder();
    stage.classes().forEach(each -> builder.include("^" + each.getName() + "\\."));
    builder
        .parent(options)
        .timeUnit(TimeUnit.MILLISECONDS)
        .forks(1)
        .threads(1)
        .warmupIterations(options.getWarmupIterations().orElse(4))
        .warmupTime(TimeValue.milliseconds(stage.warmupMilliseconds()))
        .measurementIterations(options.getMeasurementIterations().orElse(7))
        .measurementTime(TimeValue.milliseconds(300))
        .jvmArgsAppend("-XX:+UseSerialGC", "-Xmx4g")
        .shouldFailOnError(true)
        .resultFormat(ResultFormatType.JSON)
        .result(file(stage.name()).toString());
    if (stage.once()) {
      builder.mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
    } else {
      builder.mode(Mode.AverageTime);
    }
    Collection<RunResult> results = new Runner(builder.build()).run();
    Map<String, Double> times = new TreeMap<>();
    for (RunResult result : results) {
      StringBuilder figure = new StringBuilder(result.getPrimaryResult().getLabel());
      for (String parameter : result.getParams().getParamsKeys()) {
        figure.append(':').append(result.getParams().getParam(parameter));
      }
      times.put(figure.toString(), result.getPrimaryResult().getStatistics().getPercentile(50));
    }
    return times;
  }

  private static Ratio ratio(Stage stage, Bar bar, Map<String, Double> figures) {
    Optional<Double> ours = Optional.ofNullable(figures.get(bar.ours()));
    Optional<Double> peer = Optional.ofNullable(figures.get(bar.peer()));
    Optional<Double> ratio = ours.flatMap(own -> peer.map(other -> other / own));
    String verdict = ratio.map(is -> is >= bar.times() ? "reached" : "missed").orElse("skipped");
    return new Ratio(stage.name(), bar.ours(), ours, bar.peer(), peer, bar.times(), ratio, verdict);
  }

  /** Returns the file of results under this Java. */
  private static Path file(String name) {
    return DIRECTORY.resolve(name + "-java" + Runtime.version().feature() + ".json");
  }
}
