package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code eveproof pki} as an operator uses it. */
class PkiCommandTest {
  @TempDir private Path dir;

  private record Outcome(int code, String out, String err) {}

  /** Runs a command; {@code @x} is the file x of this test. */
  private Outcome pki(String... arguments) {
    List<String> call = new ArrayList<>(List.of("pki"));
    for (String argument : arguments) {
      call.add(argument.startsWith("@") ? dir.resolve(argument.substring(1)).toString() : argument);
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        Eveproof.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return new Outcome(line.execute(call.toArray(String[]::new)), out.toString(), err.toString());
  }

  private Outcome done(String... arguments) {
    Outcome outcome = pki(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  private void refused(String part, Outcome outcome) {
    assertThat(outcome.out()).startsWith("refused: ").contains(part);
    assertThat(outcome.out().lines()).hasSize(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isEqualTo(1);
  }

  private void bad(String part, Outcome outcome) {
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("eveproof: ").contains(part);
    assertThat(outcome.err().lines()).hasSize(1);
    assertThat(outcome.code()).isEqualTo(2);
  }

  private Outcome check(String name, String... more) {
    return pki(
        Stream.concat(
                Stream.of(
                    "check",
                    "--root",
                    "@ca/ca.pem",
                    "--name",
                    name,
                    "--role",
                    "alice",
                    "@out/" + name + ".pem"),
                Arrays.stream(more))
            .toArray(String[]::new));
  }

  private void initialise() {
    done("init", "--out", "@ca", "--algorithm", "ed25519");
    done("issue", "--ca", "@ca", "--name", "alice", "--out", "@out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ed25519", "ecdsa-p256", "rsa-pss", "ml-dsa-65", "slh-dsa", "ml-dsa-65+ed25519"})
  void certifiesWithEveryAlgorithm(String algorithm) {
    done("init", "--out", "@ca", "--algorithm", algorithm);
    Outcome issued = done("issue", "--ca", "@ca", "--name", "alice", "--out", "@out");
    assertThat(issued.out()).startsWith("device alice, serial ");
    Outcome accepted = check("alice", "--crl", "@ca/crl.pem");
    assertThat(accepted.code()).as(accepted.out()).isZero();
    assertThat(accepted.out()).startsWith("accepted: CN=alice, " + algorithm + ", until ");
    assertThat(check("alice", "--crl", "@ca/crl.pem", "--require-composite").code())
        .isEqualTo(algorithm.equals("ml-dsa-65+ed25519") ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ecdsa-p256", "rsa-pss"})
  void writesWhatOpensslReads(String algorithm) throws Exception {
    assumeTrue(openssl("version") == 0, "openssl is not installed");
    done("init", "--out", "@ca", "--algorithm", algorithm);
    done("issue", "--ca", "@ca", "--name", "alice", "--out", "@out");
    assertThat(openssl("pkey", "-in", "out/alice.key", "-noout")).isZero();
    assertThat(
            openssl(
                "verify",
                "-CAfile",
                "ca/ca.pem",
                "-crl_check",
                "-CRLfile",
                "ca/crl.pem",
                "-x509_strict",
                "-purpose",
                "sslclient",
                "-verify_hostname",
                "alice",
                "out/alice.pem"))
        .isZero();
  }

  @Test
  void closesItsKeysToOthersAndOverwritesNone() throws IOException {
    initialise();
    for (String key : List.of("ca/ca.key", "out/alice.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(key))))
          .isEqualTo("rw-------");
    }
    byte[] key = Files.readAllBytes(dir.resolve("ca/ca.key"));
    bad("exists", pki("init", "--out", "@ca"));
    bad("exists", pki("issue", "--ca", "@ca", "--name", "alice", "--out", "@out"));
    bad("exists", pki("issue", "--ca", "@ca", "--intermediate", "--name", "x", "--out", "@out"));
    assertThat(Files.readAllBytes(dir.resolve("ca/ca.key"))).isEqualTo(key);
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("ca", "out");
    }
  }

  @Test
  void revokesAndSaysSoInItsList() {
    initialise();
    done("issue", "--ca", "@ca", "--name", "bob", "--out", "@out");
    assertThat(check("alice", "--crl", "@ca/crl.pem").code()).isZero();
    done("revoke", "--ca", "@ca", "--cert", "@out/alice.pem", "--reason", "keyCompromise");
    refused("REVOKED: CN=alice is revoked", check("alice", "--crl", "@ca/crl.pem"));
    assertThat(check("bob", "--crl", "@ca/crl.pem").code()).isZero();
    done("crl", "--ca", "@ca", "--crl-days", "90");
    refused("REVOKED", check("alice", "--crl", "@ca/crl.pem"));
    bad("is revoked since", pki("revoke", "--ca", "@ca", "--cert", "@out/alice.pem"));

    String serial =
        done("show", "--json", "@out/bob.pem")
            .out()
            .replaceAll("(?s).*\"serial\" : \"(\\w+)\".*", "$1");
    done("revoke", "--ca", "@ca", "--serial", serial);
    refused("REVOKED", check("bob", "--crl", "@ca/crl.pem"));
  }

  @Test
  void failsClosedWithoutFreshWordOnRevocation() {
    initialise();
    refused("not known whether", check("alice"));
    String later = Instant.now().plus(Duration.ofDays(31)).toString();
    refused("stale", check("alice", "--crl", "@ca/crl.pem", "--at", later));
    assertThat(check("alice", "--no-revocation", "--at", later).code()).isZero();
    done("crl", "--ca", "@ca", "--crl-days", "60");
    assertThat(check("alice", "--crl", "@ca/crl.pem", "--at", later).code()).isZero();
    String tooLate = Instant.now().plus(Duration.ofDays(366)).toString();
    refused("EXPIRED", check("alice", "--no-revocation", "--at", tooLate));
  }

  @Test
  void certifiesThroughAnAuthorityBelow() {
    initialise();
    done(
        "issue",
        "--ca",
        "@ca",
        "--intermediate",
        "--path-length",
        "1",
        "--name",
        "Site A",
        "--out",
        "@site");
    done("issue", "--ca", "@site", "--intermediate", "--name", "Room 1", "--out", "@room");
    bad(
        "may certify devices only",
        pki("issue", "--ca", "@room", "--intermediate", "--name", "y", "--out", "@y"));
    bad(
        "must be below",
        pki(
            "issue",
            "--ca",
            "@site",
            "--intermediate",
            "--path-length",
            "1",
            "--name",
            "y",
            "--out",
            "@y"));
    done("issue", "--ca", "@room", "--name", "carol", "--algorithm", "ml-dsa-65", "--out", "@out");
    String[] lists = {"--crl", "@ca/crl.pem", "--crl", "@site/crl.pem", "--crl", "@room/crl.pem"};
    assertThat(check("carol", lists).code()).isZero();
    refused("CN=Site A", check("carol", "--crl", "@site/crl.pem", "--crl", "@room/crl.pem"));
    done("revoke", "--ca", "@ca", "--cert", "@site/ca.pem");
    refused("REVOKED: CN=Site A", check("carol", lists));
  }

  @Test
  void certifiesKeysOfOthersOnRequest() throws Exception {
    assumeTrue(openssl("version") == 0, "openssl is not installed");
    initialise();
    assertThat(
            openssl(
                "req",
                "-new",
                "-newkey",
                "ed25519",
                "-nodes",
                "-keyout",
                "dora.key",
                "-out",
                "dora.csr",
                "-subj",
                "/CN=admin"))
        .isZero();
    done("issue", "--ca", "@ca", "--name", "dora", "--csr", "@dora.csr", "--out", "@out");
    assertThat(check("dora", "--crl", "@ca/crl.pem").code()).isZero();
    assertThat(dir.resolve("out/dora.key")).doesNotExist();
    assertThat(
            openssl(
                "verify",
                "-CAfile",
                "ca/ca.pem",
                "-crl_check",
                "-CRLfile",
                "ca/crl.pem",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "dora",
                "out/dora.pem"))
        .isZero();
    byte[] request = Files.readAllBytes(dir.resolve("dora.csr"));
    assertThat(request[200]).isNotEqualTo((byte) 'A');
    request[200] = 'A';
    Files.write(dir.resolve("forged.csr"), request);
    bad(
        "not signed with that key",
        pki("issue", "--ca", "@ca", "--name", "eve", "--csr", "@forged.csr", "--out", "@out"));
    assertThat(dir.resolve("out/eve.pem")).doesNotExist();
  }

  @Test
  void showsWhatIsThereAndNoSecret() throws IOException {
    initialise();
    Outcome text = done("show", "@out/alice.pem", "@ca/crl.pem", "@out/alice.key");
    assertThat(text.out())
        .contains("certificate: CN=alice")
        .contains("names: [alice]")
        .contains("extended key usage: [clientAuth, serverAuth]")
        .contains("CRL: CN=Eveproof root")
        .contains("private key: ED25519");
    String secret = Files.readAllLines(dir.resolve("out/alice.key")).get(1);
    assertThat(text.out()).doesNotContain(secret);
    assertThat(done("show", "--json", "@out/alice.key").out())
        .contains("\"private key\" : \"ED25519\"")
        .doesNotContain(secret);
  }

  @Test
  void answersWrongCallsWithOneLineAndCodeTwo() throws IOException {
    initialise();
    Files.writeString(dir.resolve("cut.pem"), "-----BEGIN CERTIFICATE-----\nMIIB");
    Files.writeString(
        dir.resolve("big.pem"), Files.readString(dir.resolve("out/alice.pem")).repeat(15000));
    bad("no file", pki("show", "@none.pem"));
    bad("cut off", pki("show", "@cut.pem"));
    bad("longer than", pki("show", "@big.pem"));
    for (String chain : List.of("@none.pem", "@cut.pem", "@big.pem", "@ca/crl.pem")) {
      bad(
          dir.resolve(chain.substring(1)).toString(),
          pki(
              "check",
              "--root",
              "@ca/ca.pem",
              "--no-revocation",
              "--name",
              "alice",
              "--role",
              "alice",
              chain));
    }
    bad("no root", pki("check", "--name", "alice", "--role", "alice", "@out/alice.pem"));
    bad("contradicts", check("alice", "--no-revocation", "--crl", "@ca/crl.pem"));
    bad("no CRL", check("alice", "--crl", "@ca/ca.pem"));
    bad("no OCSP response", check("alice", "--ocsp", "@ca/ca.pem"));
    bad(
        "signed by itself",
        pki(
            "check",
            "--root",
            "@out/alice.pem",
            "--no-revocation",
            "--name",
            "alice",
            "--role",
            "alice",
            "@out/alice.pem"));
    bad("--role", pki("check", "--role", "carol", "--name", "alice", "@out/alice.pem"));
    bad("no device name", pki("issue", "--ca", "@ca", "--name", "Not A Device", "--out", "@out"));
    bad("holds no authority", pki("issue", "--ca", "@out", "--name", "x", "--out", "@out"));
    bad("issued no certificate", pki("revoke", "--ca", "@ca", "--serial", "1"));
    bad("hexadecimal", pki("revoke", "--ca", "@ca", "--serial", "zz"));
    bad("none of", pki("revoke", "--ca", "@ca", "--serial", "1", "--reason", "boredom"));
    bad("none of", pki("init", "--out", "@other", "--algorithm", "dsa"));
    bad("--days", pki("init", "--out", "@other", "--days", "0"));
    bad("empty", pki("init", "--out", "@other", "--name", " "));
    bad("no command", pki());
  }

  @Test
  void refusesAnAuthorityWhoseFilesDoNotBelongTogether() throws IOException {
    initialise();
    Files.writeString(dir.resolve("ca/index.json"), "{");
    bad("damaged", pki("crl", "--ca", "@ca"));
    Files.setPosixFilePermissions(
        dir.resolve("ca/ca.key"), PosixFilePermissions.fromString("rw-r--r--"));
    bad("mode 600", pki("crl", "--ca", "@ca"));
    done("init", "--out", "@other", "--algorithm", "ed25519");
    Files.delete(dir.resolve("ca/ca.key"));
    Files.copy(dir.resolve("other/ca.key"), dir.resolve("ca/ca.key"));
    Files.setPosixFilePermissions(
        dir.resolve("ca/ca.key"), PosixFilePermissions.fromString("rw-------"));
    bad("does not belong", pki("crl", "--ca", "@ca"));
  }

  private int openssl(String... arguments) throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(List.of("openssl"));
    call.addAll(Arrays.asList(arguments));
    try {
      return new ProcessBuilder(call)
          .directory(dir.toFile())
          .redirectErrorStream(true)
          .redirectOutput(dir.resolve("log").toFile())
          .start()
          .waitFor();
    } catch (IOException missing) {
      return -1;
    }
  }
}
