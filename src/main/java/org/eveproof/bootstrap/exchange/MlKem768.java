package org.eveproof.bootstrap.exchange;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyGenerator;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jcajce.SecretKeyWithEncapsulation;
import org.bouncycastle.jcajce.spec.KEMExtractSpec;
import org.bouncycastle.jcajce.spec.KEMGenerateSpec;
import org.bouncycastle.jcajce.spec.MLKEMParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/** ML-KEM-768 (FIPS 203) on encapsulation keys and ciphertexts as byte strings. */
public final class MlKem768 {
  /** Length of an encapsulation key, in bytes. */
  public static final int KEY_BYTES = 1184;

  /** Length of a ciphertext, in bytes. */
  public static final int CIPHERTEXT_BYTES = 1088;

  private static final int SECRET_BITS = 256;
  private static final String ALGORITHM = "ML-KEM-768";
  private static final Provider PROVIDER = new BouncyCastleProvider();
  private static final AlgorithmIdentifier IDENTIFIER =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_alg_ml_kem_768);

  private MlKem768() {}

  /**
   * What encapsulation gives.
   *
   * @param ciphertext for the holder of the decapsulation key, {@value #CIPHERTEXT_BYTES} bytes
   * @param secret 256 bits
   */
  public record Encapsulated(Bits ciphertext, SecretBits secret) {}

  /** Makes a key pair. */
  public static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM, PROVIDER);
      generator.initialize(MLKEMParameterSpec.ml_kem_768, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the provider has " + ALGORITHM, e);
    }
  }

  /** Returns the encapsulation key of a pair, {@value #KEY_BYTES} bytes. */
  public static byte[] encapsulationKey(PublicKey key) {
    return SubjectPublicKeyInfo.getInstance(key.getEncoded()).getPublicKeyData().getBytes();
  }

  /**
   * Encapsulates a fresh secret to a key that anybody may have made.
   *
   * @param encapsulationKey as it came
   * @return empty if the length is wrong, or if the key is not the encoding of one (the modulus
   *     check of FIPS 203, section 7.2)
   */
  public static Optional<Encapsulated> encapsulate(byte[] encapsulationKey, SecureRandom random) {
    if (encapsulationKey.length != KEY_BYTES) {
      return Optional.empty();
    }
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM, PROVIDER)
              .generatePublic(
                  new X509EncodedKeySpec(
                      new SubjectPublicKeyInfo(IDENTIFIER, encapsulationKey).getEncoded()));
      KeyGenerator generator = KeyGenerator.getInstance(ALGORITHM, PROVIDER);
      generator.init(
          new KEMGenerateSpec.Builder(key, "Generic", SECRET_BITS).withNoKdf().build(), random);
      SecretKeyWithEncapsulation made = (SecretKeyWithEncapsulation) generator.generateKey();
      return Optional.of(
          new Encapsulated(
              Bits.fromBytes(made.getEncapsulation(), Byte.SIZE * CIPHERTEXT_BYTES),
              secret(made.getEncoded())));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException noKey) {
      return Optional.empty();
    }
  }

  /**
   * Returns the secret in a ciphertext. One that was altered gives a secret that nobody else has
   * (implicit rejection, FIPS 203, section 6.3).
   *
   * @param ciphertext as it came
   * @return empty if its length is wrong
   */
  public static Optional<SecretBits> decapsulate(PrivateKey key, byte[] ciphertext) {
    if (ciphertext.length != CIPHERTEXT_BYTES) {
      return Optional.empty();
    }
    try {
      KeyGenerator extractor = KeyGenerator.getInstance(ALGORITHM, PROVIDER);
      extractor.init(
          new KEMExtractSpec.Builder(key, ciphertext, "Generic", SECRET_BITS).withNoKdf().build());
      return Optional.of(secret(extractor.generateKey().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a decapsulation key of " + ALGORITHM, e);
    }
  }

  private static SecretBits secret(byte[] bytes) {
    try {
      return SecretBits.fromBytes(bytes, SECRET_BITS);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
