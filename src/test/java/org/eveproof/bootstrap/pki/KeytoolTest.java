package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.protocol.NewerJdk;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ML-DSA certificates and keys made by the JDK itself, from version 24 on. */
class KeytoolTest {
  @TempDir private Path directory;

  @Test
  void readsAndJudgesMlDsaOfTheJdk() throws Exception {
    Optional<Path> keytool = NewerJdk.tool("keytool");
    assumeTrue(keytool.isPresent(), "no JDK of version 24 or later is installed");
    pair(keytool.get(), "ca.p12", "root", "bc:c");
    pair(keytool.get(), "alice.p12", "alice", "san=dns:alice");
    run(keytool.get(), "-certreq", "alice.p12", "-file", "alice.csr");
    run(
        keytool.get(),
        "-gencert",
        "ca.p12",
        "-infile",
        "alice.csr",
        "-outfile",
        "alice.pem",
        "-rfc",
        "-ext",
        "san=dns:alice");
    run(keytool.get(), "-exportcert", "ca.p12", "-file", "root.pem", "-rfc");

    List<X509CertificateHolder> chain = PkiFile.read(path("alice.pem")).certificates();
    assertThat(
            new CertificateAuthorities(
                    PkiFile.read(path("root.pem")).certificates(),
                    new RevocationPolicy.Off(),
                    AlgorithmPolicy.ANY)
                .judge(
                    new CertificateChain(chain.subList(0, 1)).encode(),
                    new DeviceName("alice"),
                    Party.BOB,
                    Instant.now().plus(Duration.ofHours(1))))
        .isInstanceOf(Trusted.class);

    Files.setPosixFilePermissions(path("alice.p12"), PosixFilePermissions.fromString("rw-------"));
    try (OwnCredential own =
        CredentialFiles.readPkcs12(path("alice.p12"), "changeit"::toCharArray)) {
      byte[] message = "message".getBytes(StandardCharsets.UTF_8);
      assertThat(own.key().verifying().scheme()).isEqualTo(SignatureScheme.ML_DSA_65);
      assertThat(own.key().verifying().verifies(message, own.key().sign(message))).isTrue();
    }
  }

  private void pair(Path keytool, String store, String name, String extension)
      throws IOException, InterruptedException {
    run(
        keytool,
        "-genkeypair",
        store,
        "-keyalg",
        "ML-DSA-65",
        "-dname",
        "CN=" + name,
        "-ext",
        extension);
  }

  private void run(Path keytool, String command, String store, String... options)
      throws IOException, InterruptedException {
    List<String> call =
        new ArrayList<>(
            List.of(
                keytool.toString(),
                command,
                "-keystore",
                store,
                "-storepass",
                "changeit",
                "-alias",
                "x"));
    call.addAll(Arrays.asList(options));
    assertThat(
            new ProcessBuilder(call)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start()
                .waitFor())
        .as(String.join(" ", call))
        .isZero();
  }

  private Path path(String file) {
    return directory.resolve(file);
  }
}
