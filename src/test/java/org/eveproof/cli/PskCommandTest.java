package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Pre-shared keys from the making to the refusal of a second start. */
@Timeout(120)
final class PskCommandTest {
  @TempDir private Path dir = Path.of("unset");

  /** What a command left behind. */
  private record Outcome(int code, String out, String err) {}

  private static Outcome eveproof(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Eveproof.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static void assertOneLine(Outcome outcome, String words) {
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().strip()).doesNotContain("\n").startsWith("eveproof: ").contains(words);
  }

  @Test
  void theOldFormIsTheSameAsNew() throws IOException {
    assertThat(eveproof("psk", "--out", file("a"), "--seed", "5", "--quiet").code()).isZero();
    assertThat(eveproof("psk", "new", "--out", file("b"), "--seed", "5", "--quiet").code())
        .isZero();
    assertThat(withoutDates("a")).isEqualTo(withoutDates("b")).hasSize(9);
    assertOneLine(eveproof("psk"), "--out");
    assertOneLine(eveproof("psk", "new"), "--out");
    assertOneLine(eveproof("psk", "new", "--out", file("a")), "exists");
  }

  private List<String> withoutDates(String name) throws IOException {
    return Files.readAllLines(dir.resolve(name)).stream()
        .filter(line -> !line.startsWith("valid ") && !line.startsWith("check "))
        .toList();
  }

  @Test
  void showsAllButTheSecret() throws IOException {
    eveproof("psk", "new", "--out", file("k"), "--for", "bob", "--generation", "4");
    String secret =
        Files.readAllLines(dir.resolve("k")).stream()
            .filter(line -> line.startsWith("key "))
            .findFirst()
            .orElseThrow()
            .substring(4, 20);
    Outcome text = eveproof("psk", "show", file("k"));
    assertThat(text.code()).isZero();
    assertThat(text.out()).contains("generation: 4").contains("end: bob").doesNotContain(secret);
    Outcome json = eveproof("psk", "show", file("k"), "--json");
    assertThat(json.out())
        .contains("\"generation\" : 4", "\"bits\" : 256", "\"spentBy\" : [ ]")
        .doesNotContain(secret);
    Files.setPosixFilePermissions(dir.resolve("k"), PosixFilePermissions.fromString("rw-r--r--"));
    assertOneLine(eveproof("psk", "show", file("k")), "600");
    assertOneLine(eveproof("psk", "show", file("none")), "no file");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertOneLine(eveproof("psk", "new", "--out", file("k"), "--generation", "0"), "--generation");
    assertOneLine(eveproof("psk", "new", "--out", file("k"), "--days", "0"), "--days");
    assertOneLine(eveproof("psk", "new", "--out", file("k"), "--for", "eve"), "--for");
    assertOneLine(eveproof("psk", "new", "--out", file("k"), "--bob", "alice"), "different");
    assertOneLine(eveproof("psk", "new", "--out", file("k"), "--peer-out", file("l")), "--for");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aCopyForTheOtherEndIsRefused() {
    Outcome made =
        eveproof(
            "psk", "new", "--out", file("for-a"), "--for", "alice", "--peer-out", file("for-b"));
    assertThat(made.code()).as(made.err()).isZero();
    assertOneLine(end("alice", "1", "for-b"), "is for the end of bob");
    assertOneLine(end("bob", "1", "for-a"), "is for the end of alice");
    assertOneLine(eveproof("run", "--psk", file("for-a")), "needs one for both");
    assertThat(dir.resolve("alice")).doesNotExist();
  }

  @Test
  void eachEndRunsWithItsOwnCopy() throws Exception {
    eveproof("psk", "new", "--out", file("for-a"), "--for", "alice", "--peer-out", file("for-b"));
    assertThat(both("for-a", "for-b"))
        .allSatisfy(end -> assertThat(end.code()).as(end.err()).isZero());
    assertThat(Files.readAllLines(dir.resolve("for-a.spent"))).hasSize(1);
    assertThat(Files.readAllLines(dir.resolve("for-b.spent"))).hasSize(1);
  }

  @Test
  void aKeyServesOneStart() throws Exception {
    eveproof("psk", "new", "--out", file("k"));
    assertThat(both("k", "k")).allSatisfy(end -> assertThat(end.code()).as(end.err()).isZero());
    assertThat(eveproof("psk", "show", file("k")).out()).contains("alice", "bob");
    forgetKeys();
    List<String> before = listing();
    String notes = Files.readString(dir.resolve("k.spent"));
    assertOneLine(end("alice", "1", "k"), "psk new --generation 2");
    assertOneLine(end("bob", "1", "k"), "psk new --generation 2");
    assertThat(listing()).isEqualTo(before);
    assertThat(dir.resolve("k.spent")).hasContent(notes);

    Files.delete(dir.resolve("k"));
    eveproof("psk", "new", "--out", file("k"), "--generation", "1");
    assertOneLine(end("alice", "1", "k"), "psk new --generation 2");
    Files.delete(dir.resolve("k"));
    eveproof("psk", "new", "--out", file("k"));
    assertThat(both("k", "k")).allSatisfy(end -> assertThat(end.code()).as(end.err()).isZero());
  }

  /** The note is on the disk before the first message, or there is no message. */
  @Test
  void anEndThatCannotNoteItUsesNothing() throws Exception {
    eveproof("psk", "new", "--out", file("for-a"), "--for", "alice", "--peer-out", file("for-b"));
    Files.createSymbolicLink(dir.resolve("for-a.spent"), dir.resolve("nowhere").resolve("notes"));
    List<Outcome> ends = both("for-a", "for-b");
    assertThat(ends.get(0).code()).isEqualTo(3);
    assertThat(ends.get(0).err()).contains("cannot note that the key is spent");
    assertThat(ends.get(1).code()).isEqualTo(1);
    assertThat(dir.resolve("alice")).isEmptyDirectory();
    assertThat(dir.resolve("bob")).isEmptyDirectory();
  }

  private void forgetKeys() throws IOException {
    for (String end : List.of("alice", "bob")) {
      try (Stream<Path> files = Files.list(dir.resolve(end))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(dir.resolve(end));
    }
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.map(Path::toString).sorted().toList();
    }
  }

  private Outcome end(String name, String port, String key) {
    List<String> call =
        new ArrayList<>(
            List.of(
                name,
                name.equals("alice") ? "--listen" : "--connect",
                "127.0.0.1:" + port,
                "--psk",
                file(key),
                "--out",
                file(name)));
    call.addAll(List.of("--rounds", "1", "--pulses", "60000", "--loss", "0", "--timeout", "4"));
    return eveproof(call.toArray(String[]::new));
  }

  private List<Outcome> both(String aliceKey, String bobKey) throws Exception {
    if (Files.exists(dir.resolve("alice"))) {
      forgetKeys();
    }
    String port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(socket.getLocalPort());
    }
    return BothEnds.together(() -> end("alice", port, aliceKey), () -> end("bob", port, bobKey));
  }
}
