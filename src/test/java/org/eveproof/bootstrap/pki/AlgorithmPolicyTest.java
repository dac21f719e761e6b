package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eveproof.bootstrap.Refusal.UNTRUSTED_CREDENTIAL;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;
import static org.eveproof.bootstrap.pki.CertificateDraft.device;

import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys and signatures count. */
class AlgorithmPolicyTest {
  private static final String COMPOSITE = "MLDSA65-Ed25519-SHA512";

  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "P-256", "RSA-2048", "ML-DSA-65", "SLH-DSA", COMPOSITE})
  void acceptsEverySchemeOfTheProject(String algorithm) {
    Made root = authority("root").key(algorithm).bySelf();
    Made middle = authority("middle").key(algorithm).by(root);
    Judging.of(root).accepts(device("alice").key(algorithm).by(middle), middle);
  }

  @ParameterizedTest
  @CsvSource({
    "RSA-2048, SHA256withRSA",
    "RSA-2048, SHA384withRSA",
    "RSA-2048, SHA512withRSA",
    "RSA-2048, SHA512withRSAandMGF1",
    "P-256, SHA384withECDSA",
    "P-256, SHA512withECDSA"
  })
  void acceptsOtherSha2UnderRsaAndEcdsa(String key, String signature) {
    Made root = authority("root").key(key).bySelf();
    Judging.of(root).accepts(device("alice").signedWith(signature).by(root));
  }

  @ParameterizedTest
  @CsvSource({
    "RSA-2048, SHA1withRSA",
    "RSA-2048, MD5withRSA",
    "RSA-2048, SHA224withRSA",
    "RSA-2048, SHA1withRSAandMGF1",
    "RSA-2048, SHA224withRSAandMGF1",
    "P-256, SHA1withECDSA",
    "P-256, SHA224withECDSA"
  })
  void refusesWeakHashes(String key, String signature) {
    Made root = authority("root").key(key).bySelf();
    assertThat(
            Judging.of(root)
                .refuses(UNTRUSTED_CREDENTIAL, device("alice").signedWith(signature).by(root)))
        .contains("does not count");
  }

  @Test
  void refusesAPkcs1SignatureUnderAKeyThatIsForPssAlone() throws Exception {
    KeyPair rsa = CertificateDraft.keys("RSA-2048");
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(rsa.getPublic().getEncoded());
    byte[] forPss =
        new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS), info.parsePublicKey())
            .getEncoded();
    PublicKey pss =
        KeyFactory.getInstance("RSASSA-PSS", BouncyCastle.PROVIDER)
            .generatePublic(new X509EncodedKeySpec(forPss));
    Made root = authority("root").key(new KeyPair(pss, rsa.getPrivate())).bySelf();
    Judging.of(root).accepts(device("alice").by(root));
    Judging.of(root)
        .refuses(UNTRUSTED_CREDENTIAL, device("alice").signedWith("SHA256withRSA").by(root));
  }

  @Test
  void refusesAWeakKeyEvenBesideThePath() {
    Made root = authority("root").bySelf();
    Made alice = device("alice").by(root);
    Made beside = authority("beside").key("RSA-1024").bySelf();
    assertThat(Judging.of(root).refuses(UNTRUSTED_CREDENTIAL, alice, beside))
        .contains("the key of CN=beside");
  }

  @Test
  void doesNotMindHowARootSignedItself() {
    Made root = authority("root").key("RSA-2048").signedWith("SHA1withRSA").bySelf();
    Judging.of(root).accepts(device("alice").by(root));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA-1024", "P-384", "secp256k1", "Ed448", "ML-DSA-44", "ML-DSA-87"})
  void refusesOtherKeysAnywhereOnThePath(String algorithm) {
    Made root = authority("root").bySelf();
    Judging judging = Judging.of(root);
    assertThat(judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").key(algorithm).by(root)))
        .contains("the key of CN=alice");
    Made middle = authority("middle").key(algorithm).by(root);
    if (!algorithm.equals("secp256k1")) {
      judging.refuses(UNTRUSTED_CREDENTIAL, device("alice").by(middle), middle);
      Made weakRoot = authority("root").key(algorithm).bySelf();
      Judging.of(weakRoot).refuses(UNTRUSTED_CREDENTIAL, device("alice").by(weakRoot));
    }
  }

  @Test
  void acceptsACompositeChainWhereNothingElseWillDo() {
    Made root = authority("root").key(COMPOSITE).bySelf();
    Made middle = authority("middle").key(COMPOSITE).by(root);
    Judging.of(root).compositeOnly().accepts(device("alice").key(COMPOSITE).by(middle), middle);
  }

  @ParameterizedTest
  @CsvSource({
    "Ed25519, " + COMPOSITE + ", " + COMPOSITE,
    COMPOSITE + ", Ed25519, " + COMPOSITE,
    COMPOSITE + ", " + COMPOSITE + ", Ed25519",
    "ML-DSA-65, " + COMPOSITE + ", " + COMPOSITE,
    COMPOSITE + ", ML-DSA-65, " + COMPOSITE,
    COMPOSITE + ", " + COMPOSITE + ", ML-DSA-65"
  })
  void refusesAStrippedHybridWherever(String top, String between, String bottom) {
    Made root = authority("root").key(top).bySelf();
    Made middle = authority("middle").key(between).by(root);
    Made alice = device("alice").key(bottom).by(middle);
    Judging.of(root).accepts(alice, middle);
    assertThat(Judging.of(root).compositeOnly().refuses(UNTRUSTED_CREDENTIAL, alice, middle))
        .contains("no composite");
  }
}
