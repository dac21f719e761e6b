package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eveproof.bootstrap.OwnCredential;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The options by which a device finds its own key and chain. */
class CredentialOptionsTest {
  @TempDir private Path dir;

  @Command(name = "device")
  static final class Device {
    @Mixin private CredentialOptions credential = new CredentialOptions();
  }

  @BeforeEach
  void makeAlice() {
    eveproof("pki", "init", "--out", dir.resolve("ca").toString(), "--algorithm", "ed25519");
    eveproof(
        "pki",
        "issue",
        "--ca",
        dir.resolve("ca").toString(),
        "--name",
        "alice",
        "--out",
        dir.toString());
  }

  @Test
  void readsAChainWithItsKey() throws IOException {
    try (OwnCredential own = read("--credential", file("alice.pem"), "--key", file("alice.key"))) {
      assertThat(own.shown().length()).isPositive();
    }
  }

  @Test
  void takesThePassphraseFromAClosedFile() throws Exception {
    assumeTrue(openssl("version"), "openssl is not installed");
    assertThat(
            openssl(
                "pkcs12",
                "-export",
                "-in",
                "alice.pem",
                "-inkey",
                "alice.key",
                "-passout",
                "pass:sesam",
                "-out",
                "alice.p12"))
        .isTrue();
    Files.writeString(dir.resolve("right"), "sesam\n");
    Files.writeString(dir.resolve("wrong"), "semmel\n");
    close("alice.p12");
    close("right");
    close("wrong");
    String p12 = file("alice.p12");
    read("--credential", p12, "--passphrase-file", file("right")).close();
    refuses("passphrase", "--credential", p12, "--passphrase-file", file("wrong"));
    refuses("no file", "--credential", p12, "--passphrase-file", file("none"));
    Files.setPosixFilePermissions(
        dir.resolve("right"), PosixFilePermissions.fromString("rw-r--r--"));
    refuses("mode 600", "--credential", p12, "--passphrase-file", file("right"));
  }

  @Test
  void refusesWhatIsMissing() throws IOException {
    Files.copy(dir.resolve("alice.pem"), dir.resolve("open.key"));
    close("open.key");
    refuses("--credential");
    refuses("0 private keys", "--credential", file("alice.pem"), "--key", file("open.key"));
  }

  private void close(String name) throws IOException {
    Files.setPosixFilePermissions(dir.resolve(name), PosixFilePermissions.fromString("rw-------"));
  }

  private String file(String name) {
    return dir.resolve(name).toString();
  }

  private static OwnCredential read(String... options) throws IOException {
    Device device = new Device();
    new CommandLine(device).parseArgs(options);
    return device.credential.read();
  }

  private static void refuses(String part, String... options) {
    assertThatThrownBy(() -> read(options)).isInstanceOf(BadInput.class).hasMessageContaining(part);
  }

  private static void eveproof(String... call) {
    CommandLine line = Eveproof.commandLine().setOut(new PrintWriter(new StringWriter()));
    assertThat(line.execute(call)).isZero();
  }

  private boolean openssl(String... arguments) throws InterruptedException {
    try {
      String[] call = new String[arguments.length + 1];
      call[0] = "openssl";
      System.arraycopy(arguments, 0, call, 1, arguments.length);
      return new ProcessBuilder(call)
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("log").toFile())
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }
}
