package org.eveproof.adversary.rndl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.bootstrap.pki.CertificateAuthorities;
import org.eveproof.bootstrap.pki.CertificateChain;
import org.eveproof.conformance.rndl.Comparison;
import org.eveproof.conformance.rndl.SpecifiedMatrix;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.session.Fingerprint;
import org.eveproof.session.RoundTranscript;
import org.eveproof.spec.ModelConfig;
import org.eveproof.spec.SpecSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A defence that is taken away changes the matrix: the specification's (by its red twin) and the
 * code's (by a weakened rule), and both in the same cells.
 */
class WeakenedProtocolTest {
  private static final Path SPECS = Path.of("specs");

  @TempDir Path folder = Path.of("");

  /** A defence taken away in both, and an instance in which that shows. */
  record Weakened(
      String name,
      Map<String, String> replaced,
      Protocol rules,
      PayloadExchange exchange,
      Anchor anchor,
      Set<Leak> leaks) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Weakened> weakened() {
    return Stream.of(
        new Weakened(
            "payload keys lie beside the MAC keys",
            Map.of("ReadWithMacs", "SameBitsForBoth"),
            new Protocol() {
              @Override
              protected Optional<Bits> besideMacKeys(Bits sessionKey) {
                return Optional.of(sessionKey);
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.MAC)),
        new Weakened(
            "the payload key is derived from the credential",
            Map.of("CredentialFalls", "DerivedFromCredential"),
            new Protocol() {
              @Override
              protected Bits sessionKey(KeyParts parts) {
                return parts
                    .credential()
                    .map(SessionKey::expand)
                    .orElseGet(() -> super.sessionKey(parts));
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)),
        new Weakened(
            "ML-KEM is configured, Diffie-Hellman runs",
            Map.of("SingleFalls", "AlwaysDiffieHellman"),
            new DiffieHellmanAlone(),
            PayloadExchange.ML_KEM,
            Anchor.PSK,
            EnumSet.of(Leak.DH, Leak.ML_KEM)),
        new Weakened(
            "the hybrid is configured, Diffie-Hellman runs",
            Map.of("HybridFalls", "RunsWithLess"),
            new DiffieHellmanAlone(),
            PayloadExchange.HYBRID,
            Anchor.PSK,
            EnumSet.of(Leak.DH, Leak.ML_KEM)),
        new Weakened(
            "QKD and hybrid are combined by a hash",
            Map.of("QuantumFalls", "CombinedByHash"),
            new Protocol() {
              @Override
              protected Bits sessionKey(KeyParts parts) {
                return SessionKey.expand(
                    parts.quantum().orElseThrow().append(parts.computed().orElseThrow()));
              }

              @Override
              protected List<Bits> madeByHash(KeyParts parts) {
                return Stream.concat(super.madeByHash(parts).stream(), Stream.of(sessionKey(parts)))
                    .toList();
              }
            },
            PayloadExchange.QKD_HYBRID,
            Anchor.PSK,
            EnumSet.of(Leak.HASH)),
        new Weakened(
            "Bob judges nobody",
            Map.of("Judges", "OnlyAliceJudges"),
            new Protocol() {
              @Override
              protected CredentialJudge judge(
                  Party party, CredentialJudge configured, CredentialJudge other) {
                return party == Party.BOB ? WeakenedProtocolTest::anybody : configured;
              }
            },
            PayloadExchange.QKD,
            Anchor.PKI,
            EnumSet.of(Leak.END_ENTITY)),
        new Weakened(
            "nobody checks tags",
            Map.of("TagsChecked", "TagsUnchecked"),
            new Protocol() {
              @Override
              protected boolean accepts(
                  Frame frame, MessageAuthenticator authenticator, OneTimeKey key) {
                return true;
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)),
        new Weakened(
            "the fingerprint is one of the newest key",
            Map.of("EqualViews", "KeyAlone"),
            new Protocol() {
              @Override
              protected Fingerprint fingerprint(Bits newest, List<Bits> conversations) {
                return new RoundTranscript().fingerprint(newest.toBytes());
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)),
        new Weakened(
            "the fingerprint covers the last session",
            Map.of("EqualViews", "LastSessionAlone"),
            new Protocol() {
              @Override
              protected Fingerprint fingerprint(Bits newest, List<Bits> conversations) {
                return new RoundTranscript()
                    .fingerprint(conversations.get(conversations.size() - 1).toBytes());
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)),
        new Weakened(
            "the credential authenticates later sessions",
            Map.of("LaterAuthentication", "CredentialForEver"),
            new Protocol() {
              @Override
              protected KeyBlock macKeysAfter(KeyBlock present, Bits sessionKey) {
                return present;
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)),
        new Weakened(
            "any credential will do",
            Map.of("ProofsOf", "AnyCredential"),
            new Protocol() {
              @Override
              protected CredentialJudge judge(
                  Party party, CredentialJudge configured, CredentialJudge other) {
                return (shown, peer, role, now) -> {
                  CredentialJudge.Judgement first = configured.judge(shown, peer, role, now);
                  return first instanceof CredentialJudge.Trusted
                      ? first
                      : other.judge(shown, peer, role, now);
                };
              }
            },
            PayloadExchange.QKD,
            Anchor.PKI,
            EnumSet.of(Leak.INTRODUCERS)),
        new Weakened(
            "the pre-shared key serves twice",
            Map.of("SpentCredentials", "UsedAgain"),
            new Protocol() {
              @Override
              protected int presharedKeyOf(int bootstrap) {
                return 1;
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)),
        new Weakened(
            "nobody counts errors",
            Map.of("TappedRound", "ErrorsUncounted"),
            new Protocol() {
              @Override
              protected boolean tolerates(int errors, int sampled) {
                return true;
              }
            },
            PayloadExchange.QKD,
            Anchor.PSK,
            EnumSet.of(Leak.PSK)));
  }

  /** What is configured as anything runs as X25519. */
  private static final class DiffieHellmanAlone extends Protocol {
    @Override
    protected KeyEstablishment establishment(PayloadExchange exchange) {
      return KeyEstablishment.X25519;
    }
  }

  /** Trusts whatever key is shown. */
  private static CredentialJudge.Judgement anybody(
      byte[] shown, DeviceName peer, Party role, Instant now) {
    try {
      var certificate = CertificateChain.decode(shown).orElseThrow().endEntity();
      return new CredentialJudge.Trusted(
          CertificateAuthorities.id(certificate),
          VerifyingKey.decode(certificate.getSubjectPublicKeyInfo().getEncoded()).orElseThrow(),
          "whoever");
    } catch (IOException impossible) {
      throw new AssertionError("a key that was read can be written", impossible);
    }
  }

  @ParameterizedTest
  @MethodSource("weakened")
  void changesCellsOfBothMatricesAndTheSame(Weakened subject) throws IOException {
    Map<Cell, Finding> soundSpecification = specified(subject, Map.of());
    Map<Cell, Finding> soundCode = run(subject, Protocol.sound());
    assertThat(new Comparison(soundSpecification, soundCode).differences()).isEmpty();

    Map<Cell, Finding> weakSpecification = specified(subject, subject.replaced());
    Map<Cell, Finding> weakCode = run(subject, subject.rules());
    assertThat(new Comparison(soundSpecification, weakSpecification).differences()).isNotEmpty();
    assertThat(new Comparison(soundCode, weakCode).differences()).isNotEmpty();
    assertThat(new Comparison(weakSpecification, weakCode).differences()).isEmpty();
  }

  private static Map<Cell, Finding> run(Weakened subject, Protocol rules) {
    return Experiment.run(
        rules, Set.of(subject.exchange()), Set.of(subject.anchor()), subject.leaks(), 3);
  }

  private Map<Cell, Finding> specified(Weakened subject, Map<String, String> replaced)
      throws IOException {
    String leaks =
        subject.leaks().stream()
            .map(leak -> '"' + leak.specName() + '"')
            .collect(Collectors.joining(", ", "{", "}"));
    String text =
        String.format(
            "SPECIFICATION Spec%nCONSTANTS%n  Exchanges = {\"%s\"}%n  Anchors = {\"%s\"}%n"
                + "  Leaks = %s%nCHECK_DEADLOCK FALSE%n",
            subject.exchange().specName(), subject.anchor().specName(), leaks);
    Path config = folder.resolve("instance.cfg");
    Files.writeString(config, ModelConfig.parse(text).replacing(replaced).text());
    return SpecifiedMatrix.of(
        new SpecSource(
            List.of(SPECS, SPECS.resolve("models"), SPECS.resolve("red")),
            "RedRecordNowDecryptLater",
            config));
  }
}
