package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command that puts files through the gate. */
class HealthCommandTest {
  @TempDir Path directory = Path.of("");

  private Path good = Path.of("");
  private Path bad = Path.of("");

  private record Ran(int exitCode, String out, String err) {}

  @BeforeEach
  void writeKeys() throws IOException {
    byte[] key = new byte[20_000];
    new SecureRandom().nextBytes(key);
    good = Files.write(directory.resolve("good.bin"), key);
    bad = Files.write(directory.resolve("bad.bin"), new byte[20_000]);
  }

  private static Ran run(Object... arguments) {
    String[] words = new String[arguments.length + 1];
    words[0] = "health";
    for (int i = 0; i < arguments.length; i++) {
      words[i + 1] = arguments[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Eveproof.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return new Ran(line.execute(words), out.toString(), err.toString());
  }

  @Test
  void goodKeysAreHealthy() {
    Ran ran = run(good);
    assertThat(ran.exitCode()).isEqualTo(ExitCodes.HELD);
    assertThat(ran.out().lines()).hasSize(13);
    assertThat(run("--block", 1000, good, good).exitCode()).isEqualTo(ExitCodes.HELD);
  }

  @Test
  void oneBadBlockIsEnough() throws IOException {
    assertThat(run(bad).exitCode()).isEqualTo(ExitCodes.VIOLATED);
    assertThat(run(good, bad).exitCode()).isEqualTo(ExitCodes.VIOLATED);
    byte[] mixed = Files.readAllBytes(good);
    System.arraycopy(new byte[1000], 0, mixed, 5000, 1000);
    Path file = Files.write(directory.resolve("mixed.bin"), mixed);
    Ran ran = run("--json", "--block", 1000, file);
    assertThat(ran.exitCode()).isEqualTo(ExitCodes.VIOLATED);
    JsonNode document = JsonMapper.shared().readTree(ran.out());
    assertThat(document.path("healthy").asBoolean(true)).isFalse();
    JsonNode shown = document.path("files").path(0);
    assertThat(shown.path("blocks").asInt()).isEqualTo(20);
    assertThat(shown.path("refusedBlocks").asInt()).isEqualTo(1);
    assertThat(shown.path("tests").size()).isEqualTo(11);
    assertThat(shown.path("tests").path(0).path("value").asDouble()).isEqualTo(1000);
  }

  @Test
  void whatIsNoKeyIsBadInput() throws IOException {
    Path empty = Files.write(directory.resolve("empty.bin"), new byte[0]);
    for (Ran ran :
        new Ran[] {
          run(),
          run(empty),
          run(directory),
          run(directory.resolve("missing")),
          run("--block", 0, good),
          run(good, empty)
        }) {
      assertThat(ran.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(ran.err().lines()).hasSize(1);
      assertThat(ran.out()).isEmpty();
    }
  }
}
