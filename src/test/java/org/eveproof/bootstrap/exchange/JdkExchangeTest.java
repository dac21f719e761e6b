package org.eveproof.bootstrap.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.NewerJdk;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hybrid exchange with the X25519 and the ML-KEM-768 of a JDK 24 or later, in both roles. */
final class JdkExchangeTest {
  private static final byte[] CONTEXT = {4, 5, 6};
  private static final Set<KeyEstablishment> HYBRID = Set.of(KeyEstablishment.HYBRID);

  /** What the other JDK runs: it knows nothing of this project. */
  private static final String PROGRAM =
      """
      import java.nio.file.*;
      import java.security.*;
      import java.security.spec.*;
      import javax.crypto.*;

      public class Exchange {
        static Path folder;

        static byte[] read(String name) throws Exception {
          return Files.readAllBytes(folder.resolve(name));
        }

        static void write(String name, byte[] bytes) throws Exception {
          Files.write(folder.resolve(name), bytes);
        }

        static PublicKey theirs(String algorithm, String provider, String file) throws Exception {
          return KeyFactory.getInstance(algorithm, provider)
              .generatePublic(new X509EncodedKeySpec(read(file)));
        }

        static void agree(PrivateKey own) throws Exception {
          KeyAgreement agreement = KeyAgreement.getInstance("X25519", "SunEC");
          agreement.init(own);
          agreement.doPhase(theirs("X25519", "SunEC", "x25519.theirs"), true);
          write("x25519.secret", agreement.generateSecret());
        }

        public static void main(String[] arguments) throws Exception {
          folder = Path.of(arguments[1]);
          KEM kem = KEM.getInstance("ML-KEM-768", "SunJCE");
          KeyPair x25519 = KeyPairGenerator.getInstance("X25519", "SunEC").generateKeyPair();
          if (arguments[0].equals("call")) {
            KeyPair mlKem = KeyPairGenerator.getInstance("ML-KEM-768", "SunJCE").generateKeyPair();
            write("x25519.public", x25519.getPublic().getEncoded());
            write("x25519.private", x25519.getPrivate().getEncoded());
            write("mlkem.public", mlKem.getPublic().getEncoded());
            write("mlkem.private", mlKem.getPrivate().getEncoded());
          } else if (arguments[0].equals("answer")) {
            write("x25519.public", x25519.getPublic().getEncoded());
            agree(x25519.getPrivate());
            KEM.Encapsulated made =
                kem.newEncapsulator(theirs("ML-KEM-768", "SunJCE", "mlkem.theirs")).encapsulate();
            write("mlkem.ciphertext", made.encapsulation());
            write("mlkem.secret", made.key().getEncoded());
          } else {
            agree(
                KeyFactory.getInstance("X25519", "SunEC")
                    .generatePrivate(new PKCS8EncodedKeySpec(read("x25519.private"))));
            PrivateKey own =
                KeyFactory.getInstance("ML-KEM-768", "SunJCE")
                    .generatePrivate(new PKCS8EncodedKeySpec(read("mlkem.private")));
            write(
                "mlkem.secret",
                kem.newDecapsulator(own).decapsulate(read("mlkem.theirs")).getEncoded());
          }
        }
      }
      """;

  @TempDir private Path folder = Path.of("unset");

  @Test
  void weAnswerTheJdk() throws Exception {
    jdk("call");
    Bits call = new Share(published("x25519"), published("mlkem")).encode();
    ExchangeAnswer answer =
        ExchangeAnswer.to(KeyEstablishment.HYBRID, HYBRID, call, random(1)).orElseThrow();
    Share share = Share.decode(answer.share()).orElseThrow();
    publish("x25519", EdECObjectIdentifiers.id_X25519, share.x25519());
    Files.write(folder.resolve("mlkem.theirs"), share.mlKem().toBytes());
    jdk("finish");
    assertJdkHas(answer.secrets(), call, answer.share());
  }

  @Test
  void theJdkAnswersUs() throws Exception {
    try (ExchangeCaller caller = ExchangeCaller.begin(HYBRID, random(2))) {
      Share call = Share.decode(caller.share()).orElseThrow();
      publish("x25519", EdECObjectIdentifiers.id_X25519, call.x25519());
      publish("mlkem", NISTObjectIdentifiers.id_alg_ml_kem_768, call.mlKem());
      jdk("answer");
      Bits answer = new Share(published("x25519"), Share.of(read("mlkem.ciphertext"))).encode();
      assertJdkHas(
          caller.finish(KeyEstablishment.HYBRID, answer).orElseThrow(), caller.share(), answer);
    }
  }

  /** Both secrets of the JDK are ours: only then does the combiner give the same. */
  private void assertJdkHas(ExchangeSecrets ours, Bits call, Bits answer) throws IOException {
    try (ours;
        ExchangeSecrets theirs =
            new ExchangeSecrets(
                KeyEstablishment.HYBRID, call, answer, secret("x25519"), secret("mlkem"))) {
      assertThat(theirs.combine(CONTEXT).sameAs(ours.combine(CONTEXT))).isTrue();
    }
  }

  private void jdk(String task) throws IOException, InterruptedException {
    Optional<Path> java = NewerJdk.tool("java");
    assumeTrue(java.isPresent(), "no JDK 24 or later here: key exchanges are not compared with it");
    Path program = Files.writeString(folder.resolve("Exchange.java"), PROGRAM);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(java.get().toString(), program.toString(), task, folder.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  private byte[] read(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  private Optional<SecretBits> secret(String part) throws IOException {
    byte[] bytes = read(part + ".secret");
    return Optional.of(SecretBits.fromBytes(bytes, Byte.SIZE * bytes.length));
  }

  /** The public key that the JDK made, without what X.509 puts around it. */
  private Bits published(String part) throws IOException {
    return Share.of(
        SubjectPublicKeyInfo.getInstance(read(part + ".public")).getPublicKeyData().getBytes());
  }

  private void publish(String part, ASN1ObjectIdentifier algorithm, Bits key) throws IOException {
    SubjectPublicKeyInfo info =
        new SubjectPublicKeyInfo(new AlgorithmIdentifier(algorithm), key.toBytes());
    Files.write(folder.resolve(part + ".theirs"), info.getEncoded());
  }

  private static SecretRandom random(long seed) {
    return SecretRandom.simulated(new SplittableRandom(seed));
  }
}
