package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eveproof.bootstrap.OwnCredential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and chains out of files that OpenSSL wrote, and what is wrong with files. */
class CredentialFilesTest {
  private static final Passphrase NEVER =
      () -> {
        throw new AssertionError("there is nothing to decrypt");
      };
  private static final Passphrase RIGHT = "sesam"::toCharArray;
  private static final Passphrase WRONG = "semmel"::toCharArray;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:2048",
        "ed25519",
        "ec -pkeyopt ec_paramgen_curve:P-256",
        "rsa-pss -pkeyopt rsa_keygen_bits:2048"
      })
  void readsKeysOfOpenssl(String newKey) throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issueAs("alice", List.of(("-newkey " + newKey).split(" ")), List.of(), "");
    try (OwnCredential own =
        CredentialFiles.readPem(ca.path("alice.pem"), ca.path("alice.key"), NEVER)) {
      assertSigns(own);
    }
    join(ca, "alice.key", "alice.pem", "both.pem");
    CredentialFiles.readPem(ca.path("both.pem"), ca.path("both.pem"), NEVER).close();
  }

  @ParameterizedTest
  @CsvSource({
    "ec, ec -in alice.key -out other.key",
    "ec, ec -in alice.key -aes256 -passout pass:sesam -out other.key",
    "rsa, rsa -in alice.key -traditional -out other.key",
    "rsa, rsa -in alice.key -traditional -aes128 -passout pass:sesam -out other.key",
    "rsa, pkey -in alice.key -aes256 -passout pass:sesam -out other.key",
    "rsa, pkcs8 -topk8 -in alice.key -scrypt -passout pass:sesam -out other.key",
    "rsa, pkcs8 -topk8 -in alice.key -v2 des3 -passout pass:sesam -out other.key"
  })
  void readsEveryFormOfAKey(String kind, String convert) throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issueAs(
        "alice",
        kind.equals("rsa")
            ? List.of("-newkey", "rsa:2048")
            : List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        List.of(),
        "");
    ca.run(convert.split(" "));
    close(ca.path("other.key"));
    try (OwnCredential own =
        CredentialFiles.readPem(ca.path("alice.pem"), ca.path("other.key"), RIGHT)) {
      assertSigns(own);
    }
    if (convert.contains("sesam")) {
      refuses(
          "passphrase",
          () -> CredentialFiles.readPem(ca.path("alice.pem"), ca.path("other.key"), WRONG));
    }
  }

  @Test
  void readsTheParametersThatOpensslPutsBeforeACurveKey() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.run("ecparam", "-name", "prime256v1", "-genkey", "-out", "ec.key");
    ca.run("req", "-x509", "-key", "ec.key", "-out", "ec.pem", "-subj", "/CN=x");
    close(ca.path("ec.key"));
    CredentialFiles.readPem(ca.path("ec.pem"), ca.path("ec.key"), NEVER).close();
  }

  @Test
  void readsPkcs12OfOpensslWithItsChain() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issue("middle", "basicConstraints=critical,CA:true");
    ca.issueAs(
        "alice",
        List.of("-newkey", "rsa:2048"),
        List.of("-cert", "middle.pem", "-keyfile", "middle.key"),
        "subjectAltName=DNS:alice");
    ca.run(
        "pkcs12",
        "-export",
        "-in",
        "alice.pem",
        "-inkey",
        "alice.key",
        "-certfile",
        "middle.pem",
        "-passout",
        "pass:sesam",
        "-out",
        "alice.p12");
    close(ca.path("alice.p12"));
    try (OwnCredential own = CredentialFiles.readPkcs12(ca.path("alice.p12"), RIGHT)) {
      assertSigns(own);
      assertThat(CertificateChain.decode(own.shown().toBytes()).orElseThrow().certificates())
          .hasSize(2);
    }
    refuses("passphrase", () -> CredentialFiles.readPkcs12(ca.path("alice.p12"), WRONG));
    byte[] whole = Files.readAllBytes(ca.path("alice.p12"));
    write("cut.p12", Arrays.copyOf(whole, whole.length / 2));
    refuses("does not open", () -> CredentialFiles.readPkcs12(path("cut.p12"), RIGHT));
    ca.run(
        "pkcs12",
        "-export",
        "-nokeys",
        "-in",
        "alice.pem",
        "-passout",
        "pass:sesam",
        "-out",
        "nokey.p12");
    close(ca.path("nokey.p12"));
    refuses("0 private keys", () -> CredentialFiles.readPkcs12(ca.path("nokey.p12"), RIGHT));
    Files.setPosixFilePermissions(
        ca.path("alice.p12"), PosixFilePermissions.fromString("rw-r--r--"));
    refuses("mode 600", () -> CredentialFiles.readPkcs12(ca.path("alice.p12"), RIGHT));
  }

  @Test
  void refusesAKeyThatOthersCanOpenIsMissingDoubledOrOfSomebodyElse() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issue("alice", "");
    ca.issue("bob", "");
    Path chain = ca.path("alice.pem");
    refuses("does not belong", () -> CredentialFiles.readPem(chain, ca.path("bob.key"), NEVER));
    close(chain);
    refuses("0 private keys", () -> CredentialFiles.readPem(chain, chain, NEVER));
    join(ca, "alice.key", "bob.key", "two.key");
    refuses("2 private keys", () -> CredentialFiles.readPem(chain, ca.path("two.key"), NEVER));
    refuses("no file", () -> CredentialFiles.readPem(chain, ca.path("none"), NEVER));
    refuses(
        "no certificate",
        () -> CredentialFiles.readPem(ca.path("alice.key"), ca.path("alice.key"), NEVER));
    for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rw----r-x")) {
      Files.setPosixFilePermissions(ca.path("alice.key"), PosixFilePermissions.fromString(mode));
      refuses("mode 600", () -> CredentialFiles.readPem(chain, ca.path("alice.key"), NEVER));
    }
  }

  private void assertSigns(OwnCredential own) {
    byte[] message = "message".getBytes(StandardCharsets.UTF_8);
    CertificateChain chain = CertificateChain.decode(own.shown().toBytes()).orElseThrow();
    assertThat(own.key().verifying().verifies(message, own.key().sign(message))).isTrue();
    assertThat(chain.endEntity().getSubject()).hasToString("CN=alice");
  }

  private void join(Openssl ca, String first, String second, String target) throws IOException {
    write(
        target,
        (Files.readString(ca.path(first)) + Files.readString(ca.path(second)))
            .getBytes(StandardCharsets.US_ASCII));
  }

  private void write(String file, byte[] content) throws IOException {
    Files.write(path(file), content);
    close(path(file));
  }

  private static void close(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path path(String file) {
    return directory.resolve(file);
  }

  private static void refuses(String part, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(PkiFileException.class)
        .hasMessageContaining(part)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\R"));
  }
}
