package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** An option that has no effect in a call is refused, and not passed over in silence. */
final class OptionsWithoutEffectTest {
  @TempDir private Path dir = Path.of("unset");

  private record Outcome(int code, String out, String err) {}

  private Outcome eveproof(String call) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Eveproof.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] words =
        Arrays.stream(call.split(" ", -1))
            .map(word -> word.replace("DIR", dir.toString()))
            .toArray(String[]::new);
    return new Outcome(line.execute(words), out.toString(), err.toString());
  }

  /** What is suggested instead really promises a key; and nothing is where nothing would. */
  @Test
  void weakLightThatPromisesNoKeySaysWhatWould() {
    Outcome few = eveproof("run --light weak --pulses 100000");
    assertThat(few.code()).isEqualTo(2);
    assertThat(few.err()).contains("100000 pulses").contains("--pulses=6400000 would do");
    assertThat(eveproof("run --light weak --pulses 3200000").err())
        .contains("--pulses=6400000 would do");
    assertThat(eveproof("run --light weak --pulses 6400000 --rounds 1 --seed 1").code()).isZero();
    assertThat(eveproof("run --light weak --error-limit 0.005").err())
        .contains("no number of --pulses would do");
  }

  @Test
  void photonsThatAreSplitAreMissed() {
    Outcome split = eveproof("run --light weak --pulses 6400000 --rounds 1 --seed 1 --eve-pns 0.5");
    assertThat(split.code()).isEqualTo(1);
    assertThat(split.out()).contains("missed: single photons");
  }

  @Test
  void allTextsArePinnedOrNone() {
    Outcome some = eveproof("check --pin Bb84Counting");
    assertThat(some.code()).isEqualTo(2);
    assertThat(some.err()).contains("leave 'Bb84Counting' out");
  }

  /** Each call, and the options that it names in vain. */
  static Stream<List<String>> calls() {
    String alice = "alice --listen 127.0.0.1:1 --psk DIR/no.psk --out DIR/out";
    String bob = "bob --connect 127.0.0.1:1 --psk DIR/no.psk --out DIR/out";
    String link = "link --listen 127.0.0.1:1 --psk DIR/no.psk --state DIR/state --site ";
    Stream<List<String>> ofLight =
        Stream.of("run", alice, link + "bob")
            .flatMap(
                command ->
                    Stream.of(
                        List.of(command + " --light weak --sample 0.2", "--sample "),
                        List.of(command + " --mu 0.5,0.2,0.001", "--mu "),
                        List.of(command + " --light single --share 0.4,0.4,0.2", "--share "),
                        List.of(command + " --key-basis 0.8", "--key-basis "),
                        List.of(command + " --afterpulse-decay 0.8", "--afterpulse-decay "),
                        List.of(command + " --eve-pns 0.1", "--eve-pns ")));
    Stream<List<String>> ofEve =
        Stream.of(
            List.of(bob + " --eve 0", "--eve "),
            List.of(bob + " --light weak --pulses 16000000 --eve-pns 0.1", "--eve-pns "),
            List.of(link + "bob --eve 0.1", "--eve "),
            List.of("run --light weak --pulses 16000000 --eve 0.1 --eve-pns 0.1", "--eve-pns "));
    Stream<List<String>> ofData =
        Stream.of("--block", "--tags", "--eps-sec", "--eps-cor")
            .map(
                option ->
                    List.of(
                        "keyrate --distance 10 --no-published --protocol gllp "
                            + option
                            + (option.startsWith("--eps") ? " 1e-9" : " 5000"),
                        option + " "));
    Stream<List<String>> ofDetectors =
        Stream.of(
            List.of("simulate --afterpulses 0 --afterpulse-decay 0.5", "--afterpulse-decay "),
            List.of("attack pns --afterpulses 0 --afterpulse-decay 1", "--afterpulse-decay "));
    Stream<List<String>> ofAnchors =
        Stream.of(
            List.of(alice + " --root DIR/ca.pem", "--root "),
            List.of(bob + " --credential DIR/bob.pem", "--credential "),
            List.of(link + "alice --ownertrust DIR/trust", "--ownertrust "),
            List.of(alice + " --anchor pki", "--psk "),
            List.of(bob + " --anchor pgp", "--psk "),
            List.of(
                alice.replace("--psk DIR/no.psk", "--anchor pki --marginals-needed 2"),
                "--marginals-needed "),
            List.of(bob.replace("--psk DIR/no.psk", "--anchor pgp --no-revocation"), "--no-rev"));
    Stream<List<String>> ofOthers =
        Stream.of(
            List.of("attack frames --index 3 --count 10", "--count "),
            List.of("check --pin --json", "--json "),
            List.of("check --pin --list", "--list "));
    return Stream.of(ofLight, ofEve, ofData, ofDetectors, ofAnchors, ofOthers)
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isRefusedInOneLine(List<String> callAndOption) {
    Outcome outcome = eveproof(callAndOption.get(0));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().strip())
        .doesNotContain("\n")
        .startsWith("eveproof: " + callAndOption.get(1))
        .matches(".*(leave it out|leave one of them out|give it to Alice's).*");
    assertThat(dir).as("nothing was begun").isEmptyDirectory();
  }

  @Test
  void whatHasAnEffectIsNotRefused() {
    for (String call :
        List.of(
            "run --rounds 1 --pulses 60000 --loss 0 --sample 0.2 --seed 1",
            "keyrate --distance 10 --no-published --protocol gllp")) {
      assertThat(eveproof(call).code()).as(call).isZero();
    }
  }
}
