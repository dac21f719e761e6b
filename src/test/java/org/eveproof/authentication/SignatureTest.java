package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
  private static final BigInteger P256_ORDER =
      new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16);
  private static final BigInteger ED25519_ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static final Map<SignatureScheme, SigningKey> KEYS = new EnumMap<>(SignatureScheme.class);

  private static SigningKey key(SignatureScheme scheme) {
    return KEYS.computeIfAbsent(scheme, s -> SigningKey.generate(s, new SecureRandom()));
  }

  @ParameterizedTest
  @EnumSource
  void holdsForItsMessageAndKeyOnly(SignatureScheme scheme) {
    SigningKey key = key(scheme);
    byte[] signature = key.sign(MESSAGE);

    assertThat(key.verifying().scheme()).isEqualTo(scheme);
    assertThat(signature.length).isLessThanOrEqualTo(scheme.maxSignatureBytes());
    assertThat(key.verifying().verifies(MESSAGE, signature)).isTrue();
    assertThat(key.verifying().verifies(new byte[0], signature)).isFalse();
    assertThat(key.verifying().verifies(Arrays.copyOf(MESSAGE, 8), signature)).isFalse();
    try (SigningKey other = SigningKey.generate(scheme, new SecureRandom())) {
      assertThat(other.verifying().verifies(MESSAGE, signature)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void holdsInOneEncodingOnly(SignatureScheme scheme) {
    SigningKey key = key(scheme);
    byte[] signature = key.sign(MESSAGE);

    for (int length : new int[] {0, 1, signature.length - 1, signature.length + 1, 60_000}) {
      assertThat(key.verifying().verifies(MESSAGE, Arrays.copyOf(signature, length))).isFalse();
    }
    int step = Math.max(1, signature.length / 100);
    for (int at = 0; at < signature.length; at += step) {
      byte[] flipped = signature.clone();
      flipped[at] ^= (byte) (1 << at % 8);
      assertThat(key.verifying().verifies(MESSAGE, flipped)).as("byte %d", at).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keysSurviveTheirEncodingAndNothingElseIsOne(SignatureScheme scheme) {
    SigningKey key = key(scheme);
    byte[] encoded = key.verifying().encode();

    assertThat(VerifyingKey.decode(encoded)).contains(key.verifying());
    assertThat(VerifyingKey.decode(Arrays.copyOf(encoded, encoded.length + 1))).isEmpty();
    assertThat(VerifyingKey.decode(Arrays.copyOf(encoded, encoded.length - 1))).isEmpty();
    assertThat(VerifyingKey.decode(inBer(encoded))).isEmpty();
    byte[] secret = key.encode();
    byte[] signature = SigningKey.decode(secret, key.verifying()).orElseThrow().sign(MESSAGE);
    assertThat(key.verifying().verifies(MESSAGE, signature)).isTrue();
    assertThat(SigningKey.decode(Arrays.copyOf(secret, 20), key.verifying())).isEmpty();
    SignatureScheme another =
        scheme == SignatureScheme.ED25519 ? SignatureScheme.ML_DSA_65 : SignatureScheme.ED25519;
    assertThat(SigningKey.decode(secret, key(another).verifying())).isEmpty();
    try (SigningKey stranger = SigningKey.generate(scheme, new SecureRandom())) {
      assertThat(SigningKey.decode(secret, stranger.verifying())).isEmpty();
    }
  }

  private static byte[] inBer(byte[] der) {
    try {
      return new BERSequence(ASN1Sequence.getInstance(der).toArray()).getEncoded(ASN1Encoding.BER);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noKeyOfWrongLengthIsOne(SignatureScheme scheme) throws Exception {
    SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(key(scheme).verifying().encode());
    byte[] bits = info.getPublicKeyData().getBytes();
    for (int length : new int[] {0, 1, bits.length - 1, bits.length + 1}) {
      byte[] wrong =
          new SubjectPublicKeyInfo(info.getAlgorithm(), Arrays.copyOf(bits, length)).getEncoded();
      assertThat(VerifyingKey.decode(wrong)).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void ecdsaValuesLieBetweenOneAndTheOrder() throws Exception {
    SigningKey key = key(SignatureScheme.ECDSA_P256);
    ASN1Sequence parts = ASN1Sequence.getInstance(key.sign(MESSAGE));
    BigInteger r = ASN1Integer.getInstance(parts.getObjectAt(0)).getValue();
    BigInteger s = ASN1Integer.getInstance(parts.getObjectAt(1)).getValue();

    assertThat(key.verifying().verifies(MESSAGE, ecdsa(r, s))).isTrue();
    BigInteger[][] wrong = {
      {r.add(P256_ORDER), s},
      {r, s.add(P256_ORDER)},
      {r.negate(), s},
      {r, s.negate()},
      {r.subtract(P256_ORDER), s},
      {BigInteger.ZERO, BigInteger.ZERO},
      {BigInteger.ZERO, s},
      {r, BigInteger.ZERO},
      {r, P256_ORDER},
      {P256_ORDER, P256_ORDER}
    };
    for (BigInteger[] pair : wrong) {
      assertThat(key.verifying().verifies(MESSAGE, ecdsa(pair[0], pair[1]))).isFalse();
    }
  }

  private static byte[] ecdsa(BigInteger r, BigInteger s) throws Exception {
    return new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)})
        .getEncoded();
  }

  @Test
  void ecdsaSignaturesAreDerAndNothingElse() throws Exception {
    SigningKey key = key(SignatureScheme.ECDSA_P256);
    byte[] signature = key.sign(MESSAGE);

    assertThat(key.verifying().verifies(MESSAGE, inBer(signature))).isFalse();
    byte[] longLength = new byte[signature.length + 1];
    longLength[0] = signature[0];
    longLength[1] = (byte) 0x81;
    System.arraycopy(signature, 1, longLength, 2, signature.length - 1);
    assertThat(key.verifying().verifies(MESSAGE, longLength)).isFalse();
    byte[] padded = new byte[signature.length + 1];
    padded[0] = signature[0];
    padded[1] = (byte) (signature[1] + 1);
    padded[2] = 2;
    padded[3] = (byte) (signature[3] + 1);
    System.arraycopy(signature, 4, padded, 5, signature.length - 4);
    assertThat(key.verifying().verifies(MESSAGE, padded)).isFalse();
  }

  @Test
  void theScalarOfEd25519IsReduced() {
    SigningKey key = key(SignatureScheme.ED25519);
    byte[] signature = key.sign(MESSAGE);
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = signature[63 - i];
    }
    byte[] again = new BigInteger(1, bigEndian).add(ED25519_ORDER).toByteArray();
    for (int i = 0; i < 32; i++) {
      signature[32 + i] = i < again.length ? again[again.length - 1 - i] : 0;
    }

    assertThat(key.verifying().verifies(MESSAGE, signature)).isFalse();
  }

  @Test
  void anRsaSignatureIsAsLongAsTheModulusAndBelowIt() {
    SigningKey key = key(SignatureScheme.RSA_PSS);
    byte[] signature;
    do {
      signature = key.sign(MESSAGE);
    } while (signature[0] != 0);

    assertThat(key.verifying().verifies(MESSAGE, signature)).isTrue();
    byte[] shorter = Arrays.copyOfRange(signature, 1, signature.length);
    assertThat(key.verifying().verifies(MESSAGE, shorter)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp224r1", "secp384r1", "secp256k1", "brainpoolP256r1"})
  void noOtherCurveIsP256(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
    generator.initialize(new ECGenParameterSpec(curve));

    assertThat(VerifyingKey.decode(generator.generateKeyPair().getPublic().getEncoded())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2040})
  void shortRsaKeysAreNone(int bits) throws Exception {
    assertThat(VerifyingKey.decode(rsa(bits).getPublic().getEncoded())).isEmpty();
  }

  private static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", BouncyCastle.PROVIDER);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  @Test
  void parametersOfAnRsaPssKeyAreHonoured() throws Exception {
    AlgorithmIdentifier sha256 =
        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
    AlgorithmIdentifier sha512 =
        new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512, DERNull.INSTANCE);

    assertThat(withPss(Optional.empty())).isPresent();
    assertThat(withPss(pss(sha256, sha256, 32))).isPresent();
    assertThat(withPss(pss(sha256, sha256, 20))).isPresent();
    assertThat(withPss(pss(sha256, sha256, 33))).isEmpty();
    assertThat(withPss(pss(sha512, sha256, 32))).isEmpty();
    assertThat(withPss(pss(sha256, sha512, 32))).isEmpty();
    assertThat(withPss(Optional.of(new RSASSAPSSparams()))).as("SHA-1").isEmpty();
    assertThat(withPss(Optional.of(DERNull.INSTANCE))).isEmpty();

    SigningKey general = key(SignatureScheme.RSA_PSS);
    byte[] signature = general.sign(MESSAGE);
    VerifyingKey special = withPss(pss(sha256, sha256, 32)).orElseThrow();
    assertThat(special.verifies(MESSAGE, signature)).isTrue();
    assertThat(special.verifies(new byte[1], signature)).isFalse();
  }

  private static Optional<ASN1Encodable> pss(
      AlgorithmIdentifier hash, AlgorithmIdentifier maskHash, int salt) {
    return Optional.of(
        new RSASSAPSSparams(
            hash,
            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, maskHash),
            new ASN1Integer(salt),
            new ASN1Integer(1)));
  }

  private static Optional<VerifyingKey> withPss(Optional<ASN1Encodable> parameters)
      throws Exception {
    SubjectPublicKeyInfo info =
        SubjectPublicKeyInfo.getInstance(key(SignatureScheme.RSA_PSS).verifying().encode());
    ASN1ObjectIdentifier type = PKCSObjectIdentifiers.id_RSASSA_PSS;
    AlgorithmIdentifier algorithm =
        parameters
            .map(value -> new AlgorithmIdentifier(type, value))
            .orElseGet(() -> new AlgorithmIdentifier(type));
    return VerifyingKey.decode(
        new SubjectPublicKeyInfo(algorithm, info.parsePublicKey()).getEncoded());
  }

  @Test
  void aPartOfACompositeSignatureIsNoSignature() throws Exception {
    SigningKey composite = key(SignatureScheme.COMPOSITE);
    byte[] signature = composite.sign(MESSAGE);
    int mlDsa = SignatureScheme.ML_DSA_65.maxSignatureBytes();
    byte[] first = Arrays.copyOf(signature, mlDsa);
    byte[] second = Arrays.copyOfRange(signature, mlDsa, signature.length);
    byte[] keys =
        SubjectPublicKeyInfo.getInstance(composite.verifying().encode())
            .getPublicKeyData()
            .getBytes();
    VerifyingKey firstKey = part(SignatureScheme.ML_DSA_65, Arrays.copyOf(keys, 1952));
    VerifyingKey secondKey =
        part(SignatureScheme.ED25519, Arrays.copyOfRange(keys, 1952, keys.length));

    assertThat(composite.verifying().verifies(MESSAGE, first)).isFalse();
    assertThat(composite.verifying().verifies(MESSAGE, second)).isFalse();
    assertThat(firstKey.verifies(MESSAGE, first)).isFalse();
    assertThat(secondKey.verifies(MESSAGE, second)).isFalse();
    assertThat(firstKey.verifies(MESSAGE, signature)).isFalse();
    assertThat(secondKey.verifies(MESSAGE, signature)).isFalse();
  }

  @Test
  void aCompositeSignatureNeedsBothParts() {
    SigningKey composite = key(SignatureScheme.COMPOSITE);
    byte[] one = composite.sign(MESSAGE);
    byte[] other = composite.sign("another".getBytes(StandardCharsets.US_ASCII));
    int mlDsa = SignatureScheme.ML_DSA_65.maxSignatureBytes();
    byte[] onlyFirst = other.clone();
    System.arraycopy(one, 0, onlyFirst, 0, mlDsa);
    byte[] onlySecond = one.clone();
    System.arraycopy(other, 0, onlySecond, 0, mlDsa);

    assertThat(composite.verifying().verifies(MESSAGE, onlyFirst)).isFalse();
    assertThat(composite.verifying().verifies(MESSAGE, onlySecond)).isFalse();
  }

  private static VerifyingKey part(SignatureScheme scheme, byte[] bits) throws Exception {
    AlgorithmIdentifier algorithm =
        SubjectPublicKeyInfo.getInstance(key(scheme).verifying().encode()).getAlgorithm();
    return VerifyingKey.decode(new SubjectPublicKeyInfo(algorithm, bits).getEncoded())
        .orElseThrow();
  }

  @Test
  void nestingDoesNotExhaustTheStack() {
    byte[] nested = new byte[8000];
    for (int i = 0; i + 1 < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }

    assertThat(VerifyingKey.decode(nested)).isEmpty();
    assertThat(key(SignatureScheme.ECDSA_P256).verifying().verifies(MESSAGE, nested)).isFalse();
    assertThat(SigningKey.decode(nested, key(SignatureScheme.ED25519).verifying())).isEmpty();
  }

  @Test
  void aDestroyedKeySignsNothing() {
    SigningKey key = SigningKey.generate(SignatureScheme.ED25519, new SecureRandom());
    key.destroy();

    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(key::encode).isInstanceOf(IllegalStateException.class);
    assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(MESSAGE));
  }
}
