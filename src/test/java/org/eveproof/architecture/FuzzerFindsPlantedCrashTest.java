package org.eveproof.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * A parser with a mistake: if the fuzzer did not find it, its silence elsewhere would be worth
 * nothing.
 */
class FuzzerFindsPlantedCrashTest {
  private static final int FOUND = 7;

  /** Believes the length that stands in a message. */
  static class BelievingParser {
    static void parse(byte[] bytes) {
      if (bytes.length > 3 && bytes[0] == 'E' && bytes[1] == 'v' && bytes[2] == 'e') {
        byte[] payload = new byte[bytes[3] & 0x7f];
        System.arraycopy(bytes, 4, payload, 0, payload.length);
      }
    }

    @FuzzTest(maxDuration = "60s")
    void bearsAnything(byte[] bytes) {
      parse(bytes);
    }
  }

  /** Fuzzes the parser, in a JVM of its own, and says by the exit code whether it failed. */
  static class Fuzzing {
    public static void main(String[] none) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(DiscoverySelectors.selectClass(BelievingParser.class))
              .build();
      SummaryGeneratingListener summary = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, summary);
      boolean found =
          summary.getSummary().getFailures().stream()
              .anyMatch(failure -> failure.getException().toString().contains("arraycopy"));
      System.exit(found ? FOUND : 0);
    }
  }

  @Test
  void itIsFound(@TempDir Path directory) throws IOException, InterruptedException {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(each -> Path.of(each).toAbsolutePath())
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djazzer.instrument=org.eveproof.architecture.**",
            "-cp",
            String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()),
            Fuzzing.class.getName());
    builder.environment().put("JAZZER_FUZZ", "1");
    Process fuzzing =
        builder
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("fuzzer.log").toFile())
            .start();
    try {
      assertThat(fuzzing.waitFor(3, TimeUnit.MINUTES)).isTrue();
      assertThat(fuzzing.exitValue()).isEqualTo(FOUND);
    } finally {
      fuzzing.destroyForcibly();
    }
  }
}
