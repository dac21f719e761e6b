package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof pgp} on a keyring that gpg exported: me, bob whom I certified, and carol. */
class PgpCommandTest {
  private static final String AT = "--at=2026-06-01T00:00:00Z";

  @TempDir private Path dir;
  private String keyring = "";
  private String ownertrust = "";

  private record Outcome(int code, String out, String err) {}

  @BeforeEach
  void findFiles() throws URISyntaxException {
    keyring = resource("/openpgp/keyring.gpg").toString();
    ownertrust = resource("/openpgp/ownertrust.txt").toString();
  }

  private static Path resource(String name) throws URISyntaxException {
    URL url = PgpCommandTest.class.getResource(name);
    assertThat(url).as(name).isNotNull();
    return Path.of(url.toURI());
  }

  private static Outcome pgp(String... arguments) {
    List<String> call = new ArrayList<>(List.of("pgp"));
    call.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Eveproof.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Outcome(line.execute(call.toArray(String[]::new)), out.toString(), err.toString());
  }

  private Outcome validity(String... more) {
    List<String> call =
        new ArrayList<>(List.of("validity", "--keyring", keyring, "--ownertrust", ownertrust, AT));
    call.addAll(List.of(more));
    return pgp(call.toArray(String[]::new));
  }

  @Test
  void answersByExitCode() {
    assertThat(validity("--name", "bob").code()).isZero();
    assertThat(validity("--name", "carol").code()).isEqualTo(1);
    assertThat(validity("--name", "nobody").code()).isEqualTo(1);
    assertThat(validity().code()).isZero();
  }

  @Test
  void answersForAKey() {
    JsonNode all = JsonMapper.shared().readTree(validity("--json").out());
    assertThat(all.get("keys").size()).isEqualTo(3);
    for (JsonNode key : all.get("keys")) {
      boolean valid = !key.get("userIds").get(0).get("userId").asString().startsWith("carol");
      assertThat(validity("--key", key.get("fingerprint").asString()).code())
          .isEqualTo(valid ? 0 : 1);
    }
    assertThat(validity("--key", "0".repeat(40)).code()).isEqualTo(1);
  }

  @Test
  void showsWhoCertifiedWhom() {
    Outcome shown = pgp("show", "--json", AT, keyring);
    assertThat(shown.code()).isZero();
    JsonNode bob = JsonMapper.shared().readTree(shown.out()).get(keyring).get(1);
    JsonNode id = bob.get("user ids").get(0);
    assertThat(id.get("user id").asString()).startsWith("bob");
    assertThat(id.get("certifications").get(0).get("verdict").asString()).isEqualTo("good");
    assertThat(pgp("show", keyring).out().lines().count()).isGreaterThan(15);
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path text = Files.writeString(dir.resolve("text"), "hello\n");
    bad(pgp("show", text.toString()));
    bad(pgp("show", dir.resolve("none").toString()));
    bad(pgp("show", ownertrust));
    bad(pgp("validity", "--keyring", keyring));
    bad(pgp("validity", "--ownertrust", ownertrust));
    bad(pgp("validity", "--keyring", keyring, "--ownertrust", keyring));
    bad(validity("--key", "12"));
    bad(validity("--name", "No Name"));
    bad(validity("--key", "0".repeat(40), "--name", "bob"));
    bad(validity("--marginals-needed", "1"));
    bad(validity("--completes-needed", "0"));
    bad(validity("--max-cert-depth", "256"));
    bad(validity("--trust-model", "tofu"));
    bad(pgp());
  }

  private static void bad(Outcome outcome) {
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("eveproof: ");
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.code()).isEqualTo(2);
  }
}
