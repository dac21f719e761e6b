package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** GnuPG's command with a home directory of its own and a clock that stands still. */
record Gpg(Path home, Instant now) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  /** Makes a home; skips the test, visibly, if there is no gpg. */
  static Gpg in(Path directory, Instant now) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Gpg gpg = new Gpg(directory, now);
    assumeTrue(gpg.isInstalled(), "gpg is not installed");
    return gpg;
  }

  private boolean isInstalled() {
    try {
      run(List.of("--version"));
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  Gpg at(Instant later) {
    return new Gpg(home, later);
  }

  /** Runs a command that must succeed, and returns what it prints. */
  byte[] run(String... arguments) throws IOException {
    return run(List.of(arguments));
  }

  byte[] run(List<String> arguments) throws IOException {
    return run(arguments, "");
  }

  /** Runs a command that must succeed and reads this. */
  byte[] run(List<String> arguments, String input) throws IOException {
    assertThat(exitCode(arguments, input)).as(String.join(" ", arguments) + log()).isZero();
    return Files.readAllBytes(home.resolve("out"));
  }

  /** Runs a command that reads this, and returns how it ends. */
  int exitCode(List<String> arguments, String input) throws IOException {
    Path in = Files.writeString(home.resolve("in"), input, StandardCharsets.UTF_8);
    List<String> call =
        new ArrayList<>(
            List.of(
                "gpg",
                "--homedir",
                home.toString(),
                "--batch",
                "--yes",
                "--no-tty",
                "--quiet",
                "--no-auto-check-trustdb",
                "--pinentry-mode",
                "loopback",
                "--faked-system-time",
                TIME.format(now) + "!"));
    call.addAll(arguments);
    Process process =
        new ProcessBuilder(call)
            .redirectInput(in.toFile())
            .redirectOutput(home.resolve("out").toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()))
            .start();
    try {
      // At the end of its input gpg hangs up on itself, and asks for ever where that is ignored, as
      // under nohup.
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String log() throws IOException {
    String log = Files.readString(home.resolve("log"), StandardCharsets.ISO_8859_1);
    return "\n" + log.substring(Math.max(0, log.length() - 2000));
  }

  /** Returns the letters of validity by "FINGERPRINT" and "FINGERPRINT user id". */
  Map<String, Character> letters(List<String> options) throws IOException {
    List<String> check = new ArrayList<>(options);
    check.add("--check-trustdb");
    run(check);
    List<String> list = new ArrayList<>(options);
    list.addAll(List.of("--with-colons", "--list-options", "show-unusable-uids", "--list-keys"));
    Map<String, Character> letters = new LinkedHashMap<>();
    String listed = new String(run(list), StandardCharsets.UTF_8);
    String fingerprint = "";
    char key = '-';
    for (String line : listed.lines().toList()) {
      String[] field = line.split(":", -1);
      char letter = field[1].isEmpty() || field[1].equals("o") ? '-' : field[1].charAt(0);
      if (field[0].equals("pub")) {
        fingerprint = "";
        key = letter;
      } else if (field[0].equals("fpr") && fingerprint.isEmpty()) {
        fingerprint = field[9];
        letters.put(fingerprint, key);
      } else if (field[0].equals("uid")) {
        letters.put(fingerprint + " " + field[9], letter);
      }
    }
    return letters;
  }
}
