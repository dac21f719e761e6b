package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.eveproof.adversary.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AttackFramesCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Flaw flaw, String... arguments) {
    CommandLine line = new CommandLine(new AttackFramesCommand(flaw));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private int runEveproof(String... arguments) {
    CommandLine line = Eveproof.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  @Test
  void whatIsRefusedIsNoBreach() {
    assertThat(run(Flaw.NONE, "--count", "120", "--seed", "2", "--json")).isEqualTo(ExitCodes.HELD);
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("held").asBoolean()).isTrue();
    assertThat(report.get("tried").asInt()).isEqualTo(120);
    assertThat(report.get("accepted").asInt()).isZero();
    assertThat(report.get("stateChanges").asInt()).isZero();
    assertThat(report.get("suites").size()).isEqualTo(6);
    assertThat(report.get("breaches").size()).isZero();
  }

  @Test
  void aWeakReceiverMeansExitCodeOne() {
    int code = run((awaited, arrived) -> awaited.toBytes(), "--count", "5", "--mac", "hmac");

    assertThat(code).isEqualTo(ExitCodes.VIOLATED);
    assertThat(err.toString()).contains("attack frames --seed 1 --index 0 --mac hmac");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--count=0", "--count=-1", "--mac=none", "--index=-1", "--count=x"})
  void badCallsAreOneLine(String argument) {
    assertThat(runEveproof("attack", "frames", argument)).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(out.toString()).isEmpty();
  }
}
