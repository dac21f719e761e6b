package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eveproof.transport.FreePorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recipes of {@code docs/consumers}: programs of others, keyed from two KMEs. Each is run with
 * the key that both sites got, and, as the red case, with a slave that got another one.
 */
@Timeout(300)
final class ConsumerRecipesTest {
  private static final Path RECIPES = Path.of("docs", "consumers");

  /** What a recipe says if a program or a right that it needs is missing. */
  private static final int CANNOT_RUN = 77;

  private static final String ANOTHER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir private static Path dir = Path.of("unset");
  private static Optional<Process> demo = Optional.empty();
  private static JsonNode serving = JsonMapper.builder().build().createObjectNode();

  @BeforeAll
  static void startBothSites() throws IOException {
    Process sites =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.eveproof.cli.Eveproof",
                "kme",
                "demo",
                "--json",
                "--dir",
                dir.resolve("demo").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    demo = Optional.of(sites);
    BufferedReader out = sites.inputReader(StandardCharsets.UTF_8);
    serving = JsonMapper.builder().build().readTree(Objects.requireNonNull(out.readLine()));
  }

  @AfterAll
  static void stopBothSites() {
    demo.ifPresent(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "openssl", "stunnel", "strongswan"})
  void bothEndsTalkUnderOneKeyOfTheLink(String recipe) throws Exception {
    int exit = run(recipe, System.getenv("PATH"));
    assumeThat(exit).as("what " + recipe + ".sh needs is here").isNotEqualTo(CANNOT_RUN);
    assertThat(exit).as(said()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "openssl", "stunnel", "strongswan"})
  void nothingIsSetUpIfTheSlaveHasAnotherKey(String recipe) throws Exception {
    Path wrong = Files.createDirectories(dir.resolve("wrong"));
    Path curl = wrong.resolve("curl");
    if (Files.notExists(curl)) {
      Files.writeString(
          curl,
          """
          #!/usr/bin/env bash
          PATH=${PATH#*:}
          change=.
          [[ $* != *dec_keys* ]] || change='.keys[0].key = "%s"'
          curl "$@" | jq -c "$change"
          """
              .formatted(ANOTHER_KEY));
      Files.setPosixFilePermissions(curl, PosixFilePermissions.fromString("rwx------"));
    }
    int exit = run(recipe, wrong + ":" + System.getenv("PATH"));
    assumeThat(exit).as("what " + recipe + ".sh needs is here").isNotEqualTo(CANNOT_RUN);
    assertThat(exit).as(said()).isEqualTo(1);
  }

  private static int run(String recipe, String path) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", RECIPES.resolve(recipe + ".sh").toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("said").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", path,
                "ALICE", serving.path("alice").stringValue(),
                "BOB", serving.path("bob").stringValue(),
                "CERTS", dir.resolve("demo").toString(),
                "PORTS", FreePorts.next() + " " + FreePorts.next()));
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String said() throws IOException {
    return Files.readString(dir.resolve("said"));
  }
}
