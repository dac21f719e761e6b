package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eveproof.delivery.health.Finding;
import org.eveproof.delivery.health.HealthGate;
import org.eveproof.delivery.health.HealthHistory;
import org.eveproof.delivery.health.HealthReport;
import org.eveproof.delivery.health.HealthVerdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts files of key through the gate that stands before delivery. */
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description =
        "Tests final keys as the gate before delivery does (in the style of NIST SP 800-90B): one"
            + " line for each test with its value and its bound, then the verdict. A file is one"
            + " block; sums are kept from block to block and from file to file. A block of uniform"
            + " bits is refused with probability at most 2^-30.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all blocks are healthy",
      "1:a block was refused",
      "2:the call is wrong, or a file has no key in it; one line on stderr says why",
      "3:the environment failed"
    })
final class HealthCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files of key, as raw bytes.")
  private List<Path> files = List.of();

  @Option(
      names = "--block",
      paramLabel = "BYTES",
      description =
          "Cut each file into blocks of so many bytes; the line of a test is then that of the"
              + " worst block.")
  private @Nullable Integer blockBytes;

  @Mixin private PkiOutput output = new PkiOutput();

  @Spec private CommandSpec command = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (blockBytes != null && (blockBytes < 1 || blockBytes > HealthGate.MOST_BYTES)) {
      throw new BadInput(
          "--block " + blockBytes + ": a block has 1 to " + HealthGate.MOST_BYTES + " bytes");
    }
    HealthHistory history = HealthHistory.EMPTY;
    List<Result> results = new ArrayList<>();
    for (Path file : files) {
      Result result = test(file, history);
      history = result.history();
      results.add(result);
    }
    boolean healthy = results.stream().allMatch(Result::isHealthy);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("healthy", healthy);
    document.put("falseAlarm", HealthGate.FALSE_ALARM);
    document.put("files", results.stream().map(Result::document).toList());
    output.print(
        command, results.stream().map(Result::text).collect(Collectors.joining("\n")), document);
    return healthy ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }

  private Result test(Path file, HealthHistory before) throws IOException {
    byte[] key = read(file);
    try {
      int size = blockBytes == null ? key.length : Math.min(blockBytes, key.length);
      List<HealthReport> reports = new ArrayList<>();
      HealthHistory history = before;
      for (int from = 0; from < key.length; from += size) {
        byte[] block = Arrays.copyOfRange(key, from, Math.min(key.length, from + size));
        HealthReport report = HealthGate.judge(block, history);
        Arrays.fill(block, (byte) 0);
        history = report.history();
        reports.add(report);
      }
      return new Result(file, key.length, size, reports);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new BadInput(file + ": there is no file that can be read; give a file of raw key");
    }
    long size = Files.size(file);
    if (size < 1 || size > HealthGate.MOST_BYTES) {
      throw new BadInput(
          file + ": " + size + " bytes; give files of 1 to " + HealthGate.MOST_BYTES + " bytes");
    }
    return Files.readAllBytes(file);
  }

  /** What came out for one file. */
  private record Result(Path file, int bytes, int blockBytes, List<HealthReport> reports) {
    HealthHistory history() {
      return reports.get(reports.size() - 1).history();
    }

    private long refused() {
      return reports.stream()
          .filter(report -> report.verdict() instanceof HealthVerdict.Refused)
          .count();
    }

    boolean isHealthy() {
      return refused() == 0;
    }

    /** Returns for each test the finding that comes nearest to its bound, or exceeds it most. */
    private List<Finding> worst() {
      return IntStream.range(0, reports.get(0).findings().size())
          .mapToObj(
              test ->
                  reports.stream()
                      .map(report -> report.findings().get(test))
                      .reduce((one, other) -> share(other) > share(one) ? other : one)
                      .orElseThrow())
          .toList();
    }

    private static double share(Finding finding) {
      return finding.value() / finding.bound();
    }

    String text() {
      String lines =
          worst().stream().map(finding -> "  " + finding.text()).collect(Collectors.joining("\n"));
      String verdict =
          isHealthy()
              ? String.format(
                  Locale.ROOT,
                  "healthy (a bias of bits below %.2g %% is not seen in %d bytes)",
                  Math.min(50, 100 * HealthGate.visibleBias(blockBytes)),
                  blockBytes)
              : "REFUSED";
      String blocks =
          reports.size() == 1 ? "" : ", " + refused() + " of " + reports.size() + " blocks refused";
      return file + ": " + bytes + " bytes" + blocks + "\n" + lines + "\n" + file + ": " + verdict;
    }

    Map<String, Object> document() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("file", file.toString());
      shown.put("healthy", isHealthy());
      shown.put("bytes", bytes);
      shown.put("blocks", reports.size());
      shown.put("refusedBlocks", refused());
      shown.put("visibleBias", Math.min(0.5, HealthGate.visibleBias(blockBytes)));
      shown.put("tests", worst().stream().map(Result::document).toList());
      return shown;
    }

    private static Map<String, Object> document(Finding finding) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("test", finding.test());
      shown.put("holds", finding.holds());
      shown.put("value", finding.value());
      shown.put("bound", finding.bound());
      if (!finding.detail().isEmpty()) {
        shown.put("detail", finding.detail());
      }
      finding.minEntropy().ifPresent(bits -> shown.put("minEntropyPerByte", bits));
      return shown;
    }
  }
}
