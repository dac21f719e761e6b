package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.Suite;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.LedgerDirectory;
import org.eveproof.handover.LedgerRules;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code eveproof ledger}, with a ledger that sent three messages. */
class LedgerCommandTest {
  @TempDir private Path root = Path.of("");
  private String out = "";
  private String err = "";

  @BeforeEach
  void makeALedger() throws IOException {
    SecretRandom random =
        SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(15));
    Files.createDirectory(state());
    try (LedgerDirectory directory = LedgerDirectory.open(state(), Party.ALICE);
        Ledger ledger =
            Ledger.open(
                Party.ALICE,
                new LedgerRules(Suite.WEGMAN_CARTER.authenticator(), 2, 3, 8),
                directory.store(),
                directory.guard(),
                (epoch, block, key) -> key.close());
        SecretBits seed = random.secretBits(256);
        KeyBlock first = KeyBlock.bootstrap(seed, 10)) {
      assertThat(ledger.reBootstrap(0, first, false)).isTrue();
      for (int i = 0; i < 3; i++) {
        ledger.take().orElseThrow().close();
      }
      // What was done with the last key is only written with the next change.
      ledger.refused(new KeyIndex(0, 0, 4));
    }
  }

  private Path state() {
    return root.resolve("state");
  }

  private int run(String... arguments) {
    StringWriter outText = new StringWriter();
    StringWriter errText = new StringWriter();
    CommandLine line = Eveproof.commandLine();
    line.setOut(new PrintWriter(outText));
    line.setErr(new PrintWriter(errText));
    int code = line.execute(arguments);
    out = outText.toString();
    err = errText.toString();
    return code;
  }

  private void sql(String statement) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + state().resolve("ledger.db"));
        Statement run = connection.createStatement()) {
      run.executeUpdate(statement);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void showsWhereTheLedgerStands() {
    assertThat(run("ledger", "show", state().toString())).isZero();
    assertThat(out)
        .contains("party: alice", "epoch: 0", "block: 0", "keysLeftToSend: 7", "reserve: low");
    assertThat(run("ledger", "show", "--json", state().toString())).isZero();
    JsonNode shown = JsonMapper.builder().build().readTree(out);
    assertThat(shown.get("reserve").asString()).isEqualTo("low");
    JsonNode balance = shown.get("balance");
    assertThat(balance.get("made").asLong()).isEqualTo(8 * (64 + 20 * 16));
    assertThat(balance.get("consumed").asLong()).isEqualTo(512 + 3 * 128);
    assertThat(balance.get("left").asLong()).isEqualTo(17 * 128);
  }

  @Test
  void printsTheJournal() {
    assertThat(run("ledger", "journal", state().toString())).isZero();
    assertThat(out.lines())
        .containsExactly(
            "0 enrolled 0/0 (10 keys each way) 3072 bits",
            "1 committed 0/0 (10 keys each way) 512 bits",
            "sent DATA 0/0 alice 0-2 384 bits");
    assertThat(run("ledger", "journal", "--json", state().toString())).isZero();
    JsonNode last = JsonMapper.builder().build().readTree(out.lines().toList().get(2));
    assertThat(last.get("purpose").asString()).isEqualTo("sent");
    assertThat(last.get("kind").asString()).isEqualTo("DATA");
    assertThat(last.get("first").asInt()).isZero();
    assertThat(last.get("last").asInt()).isEqualTo(2);
    assertThat(last.has("number")).isFalse();
  }

  @Test
  void auditsAndMendsADamagedJournal() {
    assertThat(run("ledger", "audit", state().toString())).isZero();
    assertThat(out).contains("3 entries: no key has two purposes");
    sql("UPDATE journal SET bits = bits - 1 WHERE number = 1");
    assertThat(run("ledger", "audit", "--json", state().toString())).isEqualTo(ExitCodes.VIOLATED);
    assertThat(JsonMapper.builder().build().readTree(out).get("findings").size()).isEqualTo(1);
    assertThat(run("ledger", "repair", state().toString())).isZero();
    assertThat(out).contains("a new journal is begun");
    assertThat(run("ledger", "audit", state().toString())).isZero();
    assertThat(run("ledger", "repair", state().toString())).isZero();
    assertThat(out).contains("nothing was wrong");
  }

  @Test
  void anEntryThatIsNoneIsOneLine() {
    sql("UPDATE journal SET purpose = 99");
    assertThat(run("ledger", "journal", state().toString())).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.lines()).hasSize(1);
    assertThat(err).contains("eveproof ledger repair");
    assertThat(run("ledger", "audit", state().toString())).isEqualTo(ExitCodes.VIOLATED);
  }

  @Test
  void anAuditFindsAnOldCopy() throws IOException {
    byte[] backup = Files.readAllBytes(state().resolve("ledger.db"));
    try (LedgerDirectory directory = LedgerDirectory.open(state(), Party.ALICE)) {
      directory.guard().raise(directory.guard().version() + 1, 0);
    }
    Files.write(state().resolve("ledger.db"), backup);
    assertThat(run("ledger", "audit", state().toString())).isEqualTo(ExitCodes.VIOLATED);
    assertThat(out).contains("older than its guard");
    assertThat(run("ledger", "show", state().toString())).isZero();
    assertThat(out).contains("oldCopy: true");
  }

  @Test
  void aLostGuardCostsTheKeys() throws IOException {
    Files.delete(state().resolve("ledger.guard"));
    assertThat(run("ledger", "repair", state().toString())).isZero();
    assertThat(out).contains("bring new credentials");
    assertThat(run("ledger", "show", state().toString())).isZero();
    assertThat(out).contains("epoch: 1", "block: -1", "reserve: exhausted");
    assertThat(run("ledger", "audit", state().toString())).isZero();
  }

  @Test
  void mistakesGetOneLine() throws IOException {
    for (String command : new String[] {"show", "journal", "audit", "repair"}) {
      assertThat(run("ledger", command, root.toString())).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(err.lines()).hasSize(1);
      assertThat(err).contains("holds no ledger");
      assertThat(run("ledger", command)).isEqualTo(ExitCodes.BAD_INPUT);
    }
    try (LedgerDirectory held = LedgerDirectory.open(state(), Party.ALICE)) {
      assertThat(held.journal()).isNotEmpty();
      assertThat(run("ledger", "repair", state().toString())).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(err).contains("in use by another process");
      assertThat(run("ledger", "show", state().toString())).isZero();
    }
    Files.write(state().resolve("ledger.db"), new byte[0]);
    assertThat(run("ledger", "show", state().toString())).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.lines()).hasSize(1);
    assertThat(run("ledger")).isEqualTo(ExitCodes.BAD_INPUT);
  }
}
