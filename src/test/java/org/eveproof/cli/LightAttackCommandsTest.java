package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.eveproof.quantum.decoy.TimeShift;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LightAttackCommandsTest {
  /** Little noise, so that few pulses make a key. */
  private static final String SMALL =
      " --pulses 2e7 --distance 40 --detector-efficiency 0.8 --afterpulses 0.01 --key-basis 0.7";

  @TempDir private Path directory = Path.of("");

  private record Outcome(int exit, String out, String err) {
    JsonNode document() {
      return JsonMapper.shared().readTree(out);
    }
  }

  @Test
  void interceptionIsMeasuredAgainstTheory() throws IOException {
    Path file = directory.resolve("intercept.png");
    Outcome outcome = run("attack intercept --fraction 0.5,1 --rounds 50000 --json --plot " + file);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exit()).isZero();
    JsonNode run = outcome.document().get("runs").get(0);
    assertThat(run.get("errorRate").get("theory").asDouble()).isCloseTo(0.125, within(1e-15));
    assertThat(run.get("errorRate").get("low95").asDouble()).isLessThan(0.125);
    assertThat(run.get("errorRate").get("high95").asDouble()).isGreaterThan(0.125);
    assertThat(run.get("bitsNeeded").get("exact").asInt()).isEqualTo(19056);
    assertThat(outcome.document().get("exhaustion").get(1).get("unseen").asInt())
        .isEqualTo(56 * 56);
    assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(1100);
  }

  @Test
  void theoryThatIsToldTooLittleIsRefuted() {
    String[] call = {"--fraction", "0.5", "--rounds", "50000"};
    assertThat(run(new CommandLine(new AttackInterceptCommand()), call).exit()).isZero();
    Outcome refuted = run(new CommandLine(new AttackInterceptCommand(0.5)), call);
    assertThat(refuted.exit()).isEqualTo(ExitCodes.VIOLATED);
    assertThat(refuted.out()).contains("REFUTED");
  }

  @Test
  void aQuietLinkHasAKeyThatNumberSplittingDestroys() throws IOException {
    Path file = directory.resolve("pns.png");
    Outcome quiet = run("simulate --json" + SMALL);
    Outcome split = run("attack pns --json" + SMALL + " --plot " + file);
    assertThat(quiet.err() + split.err()).isEmpty();
    assertThat(quiet.exit()).isZero();
    assertThat(split.exit()).isZero();
    assertThat(quiet.document().get("secretBits").asLong()).isPositive();
    assertThat(split.document().get("secretBits").asLong()).isZero();
    assertThat(split.document().get("leastSingles").asDouble()).isZero();
    assertThat(split.document().get("singlePhotonFormulaBits").asLong()).isPositive();
    assertThat(split.document().get("heldBits").asDouble())
        .isGreaterThan(0.95 * split.document().get("siftedBits").asDouble());
    assertThat(ImageIO.read(file.toFile()).getHeight()).isEqualTo(1650);
  }

  @Test
  void theOtherAttacksShowWhatTheirModelsSay() {
    Outcome taken = run("attack beam-split" + SMALL);
    Outcome shifted = run("attack time-shift" + SMALL);
    assertThat(taken.err() + shifted.err()).isEmpty();
    assertThat(taken.exit()).isZero();
    assertThat(shifted.exit()).isZero();
    assertThat(shifted.out()).contains("MORE THAN EVE DOES NOT HAVE");
    assertThat(taken.out()).doesNotContain("MORE THAN").doesNotContain("REFUTED");
  }

  /** An attack that the length does not cover, run as if it did. */
  @Command(name = "promised")
  private static final class Promised implements Callable<Integer> {
    @Spec private CommandSpec command = CommandSpec.create();
    @Mixin private DecoyRun run = new DecoyRun();

    @Override
    public Integer call() throws IOException {
      return run.against(
          new LightAttack("", 1, (link, share) -> new TimeShift(share, 1, 0.1), true), command);
    }
  }

  @Test
  void aPromiseOfBitsThatEveHasIsAViolation() {
    Outcome outcome = run(new CommandLine(new Promised()), SMALL.strip().split(" "));
    assertThat(outcome.exit()).isEqualTo(ExitCodes.VIOLATED);
  }

  @Test
  void theSameSeedPrintsTheSame() {
    String call = "attack intercept --rounds 20000 --noise 0.02 --seed ";
    assertThat(run(call + 5)).isEqualTo(run(call + 5));
    assertThat(run(call + 5)).isNotEqualTo(run(call + 6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attack intercept --fraction 1.1",
        "attack intercept --rounds 10",
        "attack intercept --noise 0.6",
        "attack intercept --plot picture.gif",
        "attack pns --fraction -1",
        "attack pns --mu 0.5,0.2",
        "attack pns --mu 0.3,0.2,0.1",
        "attack pns --share 0.5,0.2,0.1",
        "attack pns --pulses 1",
        "attack time-shift --favoured 0.5 --other 0.6",
        "attack beam-split --distance -1",
        "simulate --key-basis 1",
        "simulate --dead-time -1"
      })
  void badInputGetsOneLine(String call) {
    Outcome outcome = run(call);
    assertThat(outcome.exit()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.out()).isEmpty();
  }

  private static Outcome run(String call) {
    return run(Eveproof.commandLine(), call.split(" "));
  }

  private static Outcome run(CommandLine line, String... call) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exit = line.execute(call);
    return new Outcome(exit, out.toString(), err.toString());
  }
}
