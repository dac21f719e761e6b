package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An authority that is run by OpenSSL's command in a directory. */
record Openssl(Path directory) {

  /** Makes a root with this key; skips the test, visibly, if there is no openssl. */
  static Openssl root(Path directory, String... newKey) throws IOException {
    Openssl openssl = new Openssl(directory);
    assumeTrue(isInstalled(directory), "openssl is not installed");
    openssl.write(
        "ca.cnf",
        """
        [ca]
        default_ca = d
        [d]
        database = index.txt
        serial = serial
        crlnumber = crlnumber
        new_certs_dir = .
        certificate = root.pem
        private_key = root.key
        default_md = default
        default_days = 30
        default_crl_days = 7
        unique_subject = no
        policy = p
        [p]
        commonName = supplied
        """);
    openssl.write("index.txt", "");
    openssl.write("serial", "1000\n");
    openssl.write("crlnumber", "01\n");
    List<String> call = new ArrayList<>(List.of("req", "-x509", "-nodes"));
    call.addAll(Arrays.asList(newKey));
    call.addAll(
        List.of("-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=root", "-days", "60"));
    openssl.run(call.toArray(String[]::new));
    return openssl;
  }

  /** Has a certificate issued with these lines as its extensions; its key is of Ed25519. */
  void issue(String name, String... extensions) throws IOException {
    issueAs(name, List.of("-newkey", "ed25519"), List.of(), extensions);
  }

  void issueAs(String name, List<String> newKey, List<String> options, String... extensions)
      throws IOException {
    write(name + ".ext", String.join("\n", extensions) + "\n");
    List<String> request = new ArrayList<>(List.of("req", "-new", "-nodes"));
    request.addAll(newKey);
    request.addAll(
        List.of("-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + name));
    run(request.toArray(String[]::new));
    List<String> call =
        new ArrayList<>(
            List.of(
                "ca",
                "-batch",
                "-config",
                "ca.cnf",
                "-notext",
                "-in",
                name + ".csr",
                "-out",
                name + ".pem",
                "-extfile",
                name + ".ext"));
    call.addAll(options);
    run(call.toArray(String[]::new));
  }

  /** Runs a command that must succeed. */
  void run(String... arguments) throws IOException {
    assertThat(exitCode(arguments)).as("openssl " + String.join(" ", arguments)).isZero();
  }

  /** Runs a command and returns how it ends. */
  int exitCode(String... arguments) throws IOException {
    List<String> call = new ArrayList<>(List.of("openssl"));
    call.addAll(Arrays.asList(arguments));
    return exitCode(directory, call);
  }

  Path path(String file) {
    return directory.resolve(file);
  }

  void write(String file, String text) throws IOException {
    Files.writeString(path(file), text, StandardCharsets.US_ASCII);
  }

  private static boolean isInstalled(Path directory) {
    try {
      return exitCode(directory, List.of("openssl", "version")) == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static int exitCode(Path directory, List<String> call) throws IOException {
    Process process =
        new ProcessBuilder(call)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
