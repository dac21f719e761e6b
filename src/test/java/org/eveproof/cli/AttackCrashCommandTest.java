package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eveproof.adversary.crash.Mutant;
import org.eveproof.adversary.crash.SiteCommand;
import org.eveproof.protocol.NewerJdk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AttackCrashCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Eveproof.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void aCampaignThatHoldsIsOneDocument() {
    assertThat(run("attack", "crash", "--points", "3", "--seed", "5", "--json"))
        .isEqualTo(ExitCodes.HELD);
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("held").asBoolean()).isTrue();
    assertThat(report.get("seed").asLong()).isEqualTo(5);
    assertThat(report.get("points").asInt()).isEqualTo(3);
    assertThat(report.get("links").asInt()).isEqualTo(1);
    assertThat(report.get("violations").size()).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aViolationIsNamedAndCanBeRunAgain(@TempDir Path directory) throws IOException {
    SiteCommand weak =
        Mutant.of("handover/Ledger")
            .with("image.take(index); persist(); next =", "image.take(index); next =")
            .in(directory);
    CommandLine line = new CommandLine(new AttackCrashCommand(weak));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    assertThat(line.execute("--points", "3", "--seed", "5", "--json"))
        .isEqualTo(ExitCodes.VIOLATED);
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("held").asBoolean()).isFalse();
    assertThat(report.get("violations").get(0).get("property").asString())
        .isEqualTo("gone before used");
    assertThat(err.toString()).contains("again: eveproof attack crash --seed 5 --link 0");
  }

  /** What a newer JDK would say of its own counts as words of a site, and must not be there. */
  @Test
  void aCampaignHoldsOnANewerJdk(@TempDir Path directory) throws Exception {
    Optional<Path> java = NewerJdk.tool("java");
    assumeTrue(java.isPresent(), "there is no JDK 24 or later here");
    Path said = directory.resolve("said");
    Process campaign =
        new ProcessBuilder(
                java.orElseThrow().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Eveproof.class.getName(),
                "attack",
                "crash",
                "--points=3",
                "--seed=1")
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(campaign.waitFor()).as(Files.readString(said)).isEqualTo(ExitCodes.HELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--points=0", "--points=x", "--link=-1", "--parallel=0", "--parallel=65"})
  void badCallsAreOneLine(String argument) {
    assertThat(run("attack", "crash", argument)).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}
