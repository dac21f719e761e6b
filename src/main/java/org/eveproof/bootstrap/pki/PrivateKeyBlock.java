package org.eveproof.bootstrap.pki;

import java.io.IOException;
import java.security.PrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.eveproof.authentication.BouncyCastle;

/** A private key as it stands in a PEM file: PKCS #8 or OpenSSL's older forms, encrypted or not. */
public sealed interface PrivateKeyBlock {

  /** A key in the clear. */
  record Plain(PrivateKeyInfo info) implements PrivateKeyBlock {
    @Override
    public String toString() {
      return "Plain[private key]";
    }
  }

  /** {@code ENCRYPTED PRIVATE KEY} (RFC 5958). */
  record Encrypted(PKCS8EncryptedPrivateKeyInfo info) implements PrivateKeyBlock {}

  /** {@code RSA PRIVATE KEY} or {@code EC PRIVATE KEY} with a {@code DEK-Info} header. */
  record EncryptedByOpenssl(PEMEncryptedKeyPair pair) implements PrivateKeyBlock {}

  /** Returns the block that the library read, or fails if it is no private key. */
  static PrivateKeyBlock of(Object block) {
    if (block instanceof PEMKeyPair pair) {
      return new Plain(pair.getPrivateKeyInfo());
    } else if (block instanceof PrivateKeyInfo info) {
      return new Plain(info);
    } else if (block instanceof PKCS8EncryptedPrivateKeyInfo info) {
      return new Encrypted(info);
    }
    return new EncryptedByOpenssl((PEMEncryptedKeyPair) block);
  }

  /** Whether a block that the library read is a private key. */
  static boolean isPrivateKey(Object block) {
    return block instanceof PEMKeyPair
        || block instanceof PrivateKeyInfo
        || block instanceof PKCS8EncryptedPrivateKeyInfo
        || block instanceof PEMEncryptedKeyPair;
  }

  /**
   * Returns the key.
   *
   * @param passphrase asked if the key is encrypted
   * @throws PkiFileException if the passphrase is wrong, or the key of no known kind
   * @throws IOException if the passphrase cannot be read
   */
  default PrivateKey open(Passphrase passphrase) throws PkiFileException, IOException {
    if (this instanceof Plain plain) {
      return key(plain.info);
    }
    char[] secret = passphrase.get();
    try {
      if (this instanceof Encrypted encrypted) {
        return key(
            encrypted.info.decryptPrivateKeyInfo(
                new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(BouncyCastle.PROVIDER)
                    .build(secret)));
      }
      return key(
          ((EncryptedByOpenssl) this)
              .pair
              .decryptKeyPair(
                  new JcePEMDecryptorProviderBuilder()
                      .setProvider(BouncyCastle.PROVIDER)
                      .build(secret))
              .getPrivateKeyInfo());
    } catch (PKCSException | OperatorCreationException | IOException | RuntimeException wrong) {
      throw new PkiFileException("the private key does not open: is it the right passphrase?");
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private static PrivateKey key(PrivateKeyInfo info) throws PkiFileException {
    try {
      return new JcaPEMKeyConverter().setProvider(BouncyCastle.PROVIDER).getPrivateKey(info);
    } catch (PEMException | RuntimeException unknown) {
      throw new PkiFileException("the private key is of no known kind, or damaged");
    }
  }
}
