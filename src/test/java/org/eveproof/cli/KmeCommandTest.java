package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.SaeId;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What 'eveproof kme' says to a wrong call: one line, exit code 2. */
final class KmeCommandTest {
  @TempDir private Path dir = Path.of("unset");

  private String refusal(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line =
        Eveproof.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err));
    assertThat(line.execute(arguments)).as(err.toString()).isEqualTo(2);
    assertThat(err.toString().strip()).doesNotContain("\n").startsWith("eveproof: ");
    return err.toString();
  }

  @Test
  void namesTheOptionThatIsMissing() {
    assertThat(refusal("kme")).contains("--entitle");
    assertThat(refusal("kme", "--entitle", "a=b")).contains("--site");
    assertThat(refusal("kme", "--entitle", "a=b", "--site", "alice")).contains("--state");
    assertThat(refusal("kme", "--entitle", "a=b", "--site", "alice", "--state", dir.toString()))
        .contains("--api");
    assertThat(
            refusal(
                "kme",
                "--entitle",
                "a=b",
                "--site",
                "alice",
                "--state",
                dir.toString(),
                "--api",
                "127.0.0.1:0"))
        .contains("--cert");
    assertThat(refusal("kme", "--site", "carol")).contains("carol");
    assertThat(refusal("kme", "load")).contains("--api");
    assertThat(refusal("kme", "demo", "--dir", dir.toString())).contains("exists");
  }

  @Test
  void readsWhoMayShareKeysWithWhom() {
    Entitlements read =
        KmeEntitlements.parse(Party.BOB, List.of("alice/a=b,c", "b=a", "bob/d e=a"));
    assertThat(read.allows(Party.ALICE, new SaeId("a"), new SaeId("c"))).isTrue();
    assertThat(read.allows(Party.BOB, new SaeId("b"), new SaeId("a"))).isTrue();
    assertThat(read.allows(Party.BOB, new SaeId("d e"), new SaeId("a"))).isTrue();
    assertThat(read.allows(Party.ALICE, new SaeId("b"), new SaeId("a"))).isFalse();
    assertThat(read.siteOf(new SaeId("c"))).hasValue(Party.BOB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a=", "=b", "a=b,", "carol/a=b", "a=b/c", "a=b,b;c", "alice/a=a"})
  void refusesMalformedEntitlements(String value) {
    assertThatThrownBy(() -> KmeEntitlements.parse(Party.ALICE, List.of(value)))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("--entitle");
  }
}
