package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.CredentialJudge.Judgement;
import org.eveproof.bootstrap.CredentialJudge.Trusted;
import org.eveproof.bootstrap.CredentialJudge.Untrusted;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates, lists and responses made by OpenSSL; where it judges too, both must agree. */
class OpensslCertificatesTest {
  private static final String NAME = "subjectAltName=DNS:alice";
  private static final String LEAF = "basicConstraints=critical,CA:false";
  private static final String SIGNS = "keyUsage=critical,digitalSignature";
  private static final String CLIENT = "extendedKeyUsage=clientAuth";
  private static final String AUTHORITY = "basicConstraints=critical,CA:true";
  private static final String CERTIFIES = "keyUsage=critical,keyCertSign,cRLSign";

  @TempDir private Path directory;
  // An hour ahead: whatever openssl makes during a test is valid by then.
  private final Instant now = Instant.now().plus(Duration.ofHours(1));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:2048",
        "ed25519",
        "ec -pkeyopt ec_paramgen_curve:P-256",
        "rsa:2048 -sigopt rsa_padding_mode:pss -sha256",
        "rsa-pss -pkeyopt rsa_keygen_bits:2048"
      })
  void acceptsWhatPlainCommandsMake(String newKey) throws Exception {
    Openssl ca = Openssl.root(directory, ("-newkey " + newKey).split(" "));
    ca.issueAs("alice", List.of(("-newkey " + newKey).split(" ")), List.of(), NAME);
    ca.run("ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem");
    assertThat(judge(ca, now, crl(ca), "alice.pem")).isInstanceOf(Trusted.class);
  }

  @Test
  void agreesOnASoundChain() throws Exception {
    agreeAccepting(NAME, LEAF, SIGNS, CLIENT);
    agreeAccepting(NAME);
  }

  @Test
  void agreesOnWrongPurposeAndWrongName() throws Exception {
    agreeRefusing(Refusal.WRONG_PURPOSE, NAME, LEAF, "keyUsage=critical,cRLSign", CLIENT);
    agreeRefusing(
        Refusal.WRONG_PURPOSE, NAME, LEAF, SIGNS, "extendedKeyUsage=emailProtection,serverAuth");
    agreeRefusing(Refusal.WRONG_NAME, "subjectAltName=DNS:bob", LEAF, SIGNS, CLIENT);
  }

  @Test
  void agreesOnAnUnknownCriticalExtension() throws Exception {
    agreeRefusing(
        Refusal.UNTRUSTED_CREDENTIAL, NAME, LEAF, SIGNS, CLIENT, "1.2.3.4=critical,DER:0500");
    agreeAccepting(NAME, LEAF, SIGNS, CLIENT, "1.2.3.4=DER:0500");
  }

  @Test
  void agreesOnExpiry() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issue("alice", NAME);
    agree(ca, now.plus(Duration.ofDays(29)), Optional.empty());
    agree(ca, now.plus(Duration.ofDays(31)), Optional.of(Refusal.EXPIRED));
    agree(ca, now.minus(Duration.ofDays(1)), Optional.of(Refusal.NOT_YET_VALID));
  }

  @Test
  void agreesOnAuthoritiesBelow() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    below(ca, Optional.empty(), AUTHORITY, CERTIFIES);
    below(ca, Optional.empty(), AUTHORITY + ",pathlen:0", CERTIFIES);
    below(ca, Optional.of(Refusal.UNTRUSTED_CREDENTIAL), LEAF, CERTIFIES);
    below(ca, Optional.of(Refusal.UNTRUSTED_CREDENTIAL), AUTHORITY, "keyUsage=critical,cRLSign");
    below(
        ca,
        Optional.of(Refusal.WRONG_PURPOSE),
        AUTHORITY,
        CERTIFIES,
        "extendedKeyUsage=emailProtection");
    below(
        ca,
        Optional.of(Refusal.UNTRUSTED_CREDENTIAL),
        AUTHORITY,
        CERTIFIES,
        "nameConstraints=critical,permitted;DNS:site.example");
    below(
        ca,
        Optional.of(Refusal.UNTRUSTED_CREDENTIAL),
        AUTHORITY,
        CERTIFIES,
        "nameConstraints=critical,excluded;DNS:alice");
    below(
        ca, Optional.empty(), AUTHORITY, CERTIFIES, "nameConstraints=critical,permitted;DNS:alice");
  }

  @Test
  void agreesOnAPathLengthOfTheRoot() throws Exception {
    Openssl ca =
        Openssl.root(
            directory,
            "-newkey",
            "ed25519",
            "-addext",
            "basicConstraints=critical,CA:true,pathlen:0");
    below(ca, Optional.of(Refusal.UNTRUSTED_CREDENTIAL), AUTHORITY, CERTIFIES);
  }

  @Test
  void agreesOnAStrangersRootOfTheSameName() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issue("alice", NAME);
    ca.run(
        "req",
        "-x509",
        "-nodes",
        "-newkey",
        "ed25519",
        "-keyout",
        "x.key",
        "-out",
        "root.pem",
        "-subj",
        "/CN=root",
        "-days",
        "60");
    agree(ca, now, Optional.of(Refusal.UNTRUSTED_CREDENTIAL));
  }

  @Test
  void readsRevocationByOpenssl() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "rsa:2048");
    ca.issue("alice", NAME);
    ca.run("ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem");
    ca.run("ocsp", "-issuer", "root.pem", "-cert", "alice.pem", "-reqout", "request.der");
    answer(ca, "root");
    assertThat(judge(ca, now, crl(ca), "alice.pem")).isInstanceOf(Trusted.class);
    assertThat(judge(ca, now, ocsp(ca), "alice.pem")).isInstanceOf(Trusted.class);
    assertThat(reason(judge(ca, now.plus(Duration.ofDays(8)), crl(ca), "alice.pem")))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);
    assertThat(reason(judge(ca, now.plus(Duration.ofDays(2)), ocsp(ca), "alice.pem")))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);

    ca.run("ca", "-config", "ca.cnf", "-revoke", "alice.pem", "-crl_reason", "keyCompromise");
    ca.run("ca", "-config", "ca.cnf", "-gencrl", "-out", "crl.pem");
    answer(ca, "root");
    assertThat(reason(judge(ca, now, crl(ca), "alice.pem"))).isEqualTo(Refusal.REVOKED);
    assertThat(reason(judge(ca, now, ocsp(ca), "alice.pem"))).isEqualTo(Refusal.REVOKED);
  }

  @Test
  void readsTheWordOfADelegatedResponder() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "rsa:2048");
    ca.issue("alice", NAME);
    ca.issueAs(
        "responder", List.of("-newkey", "rsa:2048"), List.of(), "extendedKeyUsage=OCSPSigning");
    ca.issueAs("other", List.of("-newkey", "rsa:2048"), List.of(), "extendedKeyUsage=clientAuth");
    ca.run("ocsp", "-issuer", "root.pem", "-cert", "alice.pem", "-reqout", "request.der");
    answer(ca, "responder");
    assertThat(judge(ca, now, ocsp(ca), "alice.pem")).isInstanceOf(Trusted.class);
    answer(ca, "responder", "-resp_key_id");
    assertThat(judge(ca, now, ocsp(ca), "alice.pem")).isInstanceOf(Trusted.class);
    answer(ca, "other");
    assertThat(reason(judge(ca, now, ocsp(ca), "alice.pem")))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);
  }

  @Test
  void refusesSha1AndShortKeys() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "rsa:2048");
    ca.issueAs("alice", List.of("-newkey", "rsa:2048"), List.of("-md", "sha1"), NAME);
    assertThat(reason(judge(ca, now, new RevocationPolicy.Off(), "alice.pem")))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);
    ca.issueAs("alice", List.of("-newkey", "rsa:1024"), List.of(), NAME);
    assertThat(reason(judge(ca, now, new RevocationPolicy.Off(), "alice.pem")))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);
  }

  @Test
  void refusesACurveThatIsSpeltOut() throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issueAs(
        "alice",
        List.of(
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-pkeyopt",
            "ec_param_enc:explicit"),
        List.of(),
        NAME);
    assertThat(reason(judge(ca, now, new RevocationPolicy.Off(), "alice.pem")))
        .isEqualTo(Refusal.UNTRUSTED_CREDENTIAL);
  }

  private void agreeAccepting(String... extensions) throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issue("alice", extensions);
    agree(ca, now, Optional.empty());
  }

  private void agreeRefusing(Refusal reason, String... extensions) throws Exception {
    Openssl ca = Openssl.root(directory, "-newkey", "ed25519");
    ca.issue("alice", extensions);
    agree(ca, now, Optional.of(reason));
  }

  private void below(Openssl ca, Optional<Refusal> expected, String... extensions)
      throws Exception {
    ca.issue("middle", extensions);
    ca.issueAs(
        "alice",
        List.of("-newkey", "ed25519"),
        List.of("-cert", "middle.pem", "-keyfile", "middle.key"),
        NAME);
    agree(ca, now, expected, "-untrusted", "middle.pem");
  }

  /** OpenSSL and this project say the same of alice.pem. */
  private void agree(Openssl ca, Instant at, Optional<Refusal> expected, String... untrusted)
      throws Exception {
    List<String> call =
        new ArrayList<>(
            List.of(
                "verify",
                "-CAfile",
                "root.pem",
                "-purpose",
                "sslclient",
                "-verify_hostname",
                "alice",
                "-attime",
                Long.toString(at.getEpochSecond())));
    call.addAll(List.of(untrusted));
    call.add("alice.pem");
    boolean accepted = ca.exitCode(call.toArray(String[]::new)) == 0;
    List<String> chain = new ArrayList<>(List.of("alice.pem"));
    if (untrusted.length > 0) {
      chain.add(untrusted[1]);
    }
    Judgement ours = judge(ca, at, new RevocationPolicy.Off(), chain.toArray(String[]::new));
    assertThat(accepted).as("openssl verify").isEqualTo(expected.isEmpty());
    if (expected.isPresent()) {
      assertThat(reason(ours)).as(ours.toString()).isEqualTo(expected.get());
    } else {
      assertThat(ours).isInstanceOf(Trusted.class);
    }
  }

  private static void answer(Openssl ca, String responder, String... options) throws IOException {
    List<String> call =
        new ArrayList<>(
            List.of(
                "ocsp",
                "-index",
                "index.txt",
                "-CA",
                "root.pem",
                "-rsigner",
                responder + ".pem",
                "-rkey",
                responder + ".key",
                "-reqin",
                "request.der",
                "-respout",
                "response.der"));
    call.addAll(List.of(options));
    ca.run(call.toArray(String[]::new));
  }

  private static RevocationPolicy crl(Openssl ca) throws Exception {
    return new RevocationPolicy.Required(
        new RevocationLists(PkiFile.read(ca.path("crl.pem")).crls(), List.of()));
  }

  private static RevocationPolicy ocsp(Openssl ca) throws Exception {
    return new RevocationPolicy.Required(
        new RevocationLists(List.of(), PkiFile.read(ca.path("response.der")).responses()));
  }

  private static Judgement judge(
      Openssl ca, Instant at, RevocationPolicy revocation, String... files) throws Exception {
    List<X509CertificateHolder> chain = new ArrayList<>();
    for (String file : files) {
      chain.addAll(PkiFile.read(ca.path(file)).certificates());
    }
    return new CertificateAuthorities(
            PkiFile.read(ca.path("root.pem")).certificates(), revocation, AlgorithmPolicy.ANY)
        .judge(new CertificateChain(chain).encode(), new DeviceName("alice"), Party.ALICE, at);
  }

  private static Refusal reason(Judgement judgement) {
    assertThat(judgement).isInstanceOf(Untrusted.class);
    return ((Untrusted) judgement).reason();
  }
}
