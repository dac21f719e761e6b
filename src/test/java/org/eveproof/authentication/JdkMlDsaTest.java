package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our ML-DSA-65 and that of a JDK 24 or later, through files, both ways. The other JDK is the one
 * that runs the tests if it is new enough, else the first below {@code /usr/lib/jvm} that is.
 */
final class JdkMlDsaTest {
  private static final int FIRST_WITH_ML_DSA = 24;

  /** What the other JDK runs: it knows nothing of this project. */
  private static final String PROGRAM =
      """
      import java.nio.file.*;
      import java.security.*;
      import java.security.spec.*;

      public class MlDsa {
        public static void main(String[] arguments) throws Exception {
          Path folder = Path.of(arguments[1]);
          byte[] message = Files.readAllBytes(folder.resolve("message"));
          Signature signature = Signature.getInstance("ML-DSA-65", "SUN");
          if (arguments[0].equals("sign")) {
            KeyPair pair = KeyPairGenerator.getInstance("ML-DSA-65", "SUN").generateKeyPair();
            signature.initSign(pair.getPrivate());
            signature.update(message);
            Files.write(folder.resolve("public"), pair.getPublic().getEncoded());
            Files.write(folder.resolve("private"), pair.getPrivate().getEncoded());
            Files.write(folder.resolve("signature"), signature.sign());
          } else {
            byte[] key = Files.readAllBytes(folder.resolve("public"));
            signature.initVerify(
                KeyFactory.getInstance("ML-DSA-65", "SUN")
                    .generatePublic(new X509EncodedKeySpec(key)));
            signature.update(message);
            boolean holds = signature.verify(Files.readAllBytes(folder.resolve("signature")));
            System.exit(holds ? 0 : 9);
          }
        }
      }
      """;

  @TempDir Path folder;

  private static Optional<Path> otherJava() throws IOException {
    if (Runtime.version().feature() >= FIRST_WITH_ML_DSA) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    Path machines = Path.of("/usr/lib/jvm");
    if (!Files.isDirectory(machines)) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(machines)) {
      return found
          .filter(JdkMlDsaTest::isNewEnough)
          .map(jdk -> jdk.resolve("bin/java"))
          .findFirst();
    }
  }

  private static boolean isNewEnough(Path jdk) {
    try (Stream<String> release = Files.lines(jdk.resolve("release"))) {
      return release
          .filter(line -> line.startsWith("JAVA_VERSION=\""))
          .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*$", "$1"))
          .anyMatch(version -> Integer.parseInt(version) >= FIRST_WITH_ML_DSA);
    } catch (IOException | RuntimeException unreadable) {
      return false;
    }
  }

  private int run(String task) throws IOException, InterruptedException {
    Optional<Path> java = otherJava();
    assumeTrue(java.isPresent(), "no JDK 24 or later here: ML-DSA is not compared with the JDK's");
    Path program = Files.writeString(folder.resolve("MlDsa.java"), PROGRAM);
    Process process =
        new ProcessBuilder(
                List.of(java.get().toString(), program.toString(), task, folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private byte[] message() throws IOException {
    byte[] message = "a message of both".getBytes(StandardCharsets.US_ASCII);
    Files.write(folder.resolve("message"), message);
    return message;
  }

  @Test
  void weVerifyAndUseWhatTheJdkMade() throws Exception {
    byte[] message = message();
    assertThat(run("sign")).isZero();

    VerifyingKey key =
        VerifyingKey.decode(Files.readAllBytes(folder.resolve("public"))).orElseThrow();
    assertThat(key.scheme()).isEqualTo(SignatureScheme.ML_DSA_65);
    assertThat(key.verifies(message, Files.readAllBytes(folder.resolve("signature")))).isTrue();
    assertThat(key.verifies(new byte[1], Files.readAllBytes(folder.resolve("signature"))))
        .isFalse();
    byte[] secret = Files.readAllBytes(folder.resolve("private"));
    try (SigningKey signing = SigningKey.decode(secret, key).orElseThrow()) {
      Files.write(folder.resolve("signature"), signing.sign(message));
    }
    assertThat(run("verify")).isZero();
  }

  @Test
  void theJdkVerifiesWhatWeMade() throws Exception {
    byte[] message = message();
    try (SigningKey signing = SigningKey.generate(SignatureScheme.ML_DSA_65, new SecureRandom())) {
      Files.write(folder.resolve("public"), signing.verifying().encode());
      Files.write(folder.resolve("signature"), signing.sign(message));
    }
    assertThat(run("verify")).isZero();
    byte[] signature = Files.readAllBytes(folder.resolve("signature"));
    signature[100] ^= 1;
    Files.write(folder.resolve("signature"), signature);
    assertThat(run("verify")).isEqualTo(9);
  }
}
