package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @ValueSource(strings = {"--points=0", "--points=x", "--link=-1", "--parallel=0", "--parallel=65"})
  void badCallsAreOneLine(String argument) {
    assertThat(run("attack", "crash", argument)).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}
