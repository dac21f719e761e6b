package org.eveproof.bootstrap.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.OwnerOnly;
import org.eveproof.protocol.Bits;

/** Reads what a device proves itself with: its private key and its certificate chain. */
public final class CredentialFiles {
  private CredentialFiles() {}

  /**
   * Reads a chain and a key in PEM, from one file or two.
   *
   * @param chain with the device's certificate first
   * @param key with one private key, closed to others
   * @param passphrase asked if the key is encrypted
   * @throws PkiFileException if they are not what they should be, or do not belong together
   * @throws IOException if they cannot be read
   */
  public static OwnCredential readPem(Path chain, Path key, Passphrase passphrase)
      throws PkiFileException, IOException {
    List<X509CertificateHolder> certificates = PkiFile.read(chain).certificates();
    if (certificates.isEmpty()) {
      throw new PkiFileException("there is no certificate in " + chain.getFileName());
    }
    PrivateKey secret = readKey(key, passphrase);
    return credential(certificates, secret);
  }

  /**
   * Reads the one private key of a PEM file that is closed to others.
   *
   * @param passphrase asked if the key is encrypted
   * @throws PkiFileException if it is open to others, or there is not one key in it
   * @throws IOException if it cannot be read
   */
  public static PrivateKey readKey(Path file, Passphrase passphrase)
      throws PkiFileException, IOException {
    requireOwnerOnly(file);
    List<PrivateKeyBlock> keys = PkiFile.read(file).keys();
    if (keys.size() != 1) {
      throw new PkiFileException(
          "there are "
              + keys.size()
              + " private keys in "
              + file.getFileName()
              + "; one is expected");
    }
    return keys.get(0).open(passphrase);
  }

  /**
   * Reads a PKCS #12 file (RFC 7292) that is closed to others.
   *
   * @throws PkiFileException if it does not open, or there is not one key with its chain in it
   * @throws IOException if it cannot be read
   */
  public static OwnCredential readPkcs12(Path file, Passphrase passphrase)
      throws PkiFileException, IOException {
    requireOwnerOnly(file);
    byte[] bytes = PkiFile.bytes(file);
    char[] secret = passphrase.get();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12", BouncyCastle.PROVIDER);
      store.load(new ByteArrayInputStream(bytes), secret);
      List<String> keys = new ArrayList<>(Collections.list(store.aliases()));
      keys.removeIf(alias -> !isKey(store, alias));
      if (keys.size() != 1) {
        throw new PkiFileException(
            "there are " + keys.size() + " private keys in the PKCS #12 file; one is expected");
      }
      Key key = store.getKey(keys.get(0), secret);
      List<X509CertificateHolder> certificates = new ArrayList<>();
      for (Certificate certificate : store.getCertificateChain(keys.get(0))) {
        certificates.add(new X509CertificateHolder(certificate.getEncoded()));
      }
      return credential(certificates, (PrivateKey) key);
    } catch (GeneralSecurityException | IOException | RuntimeException closed) {
      throw new PkiFileException(
          "the PKCS #12 file does not open: is it the right passphrase, and the whole file?");
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(secret, '\0');
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException unloaded) {
      return false;
    }
  }

  private static void requireOwnerOnly(Path file) throws PkiFileException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new PkiFileException("there is no file " + file.getFileName());
    }
    if (!OwnerOnly.holds(file)) {
      throw new PkiFileException(OwnerOnly.MENDING + " (" + file.getFileName() + ")");
    }
  }

  private static OwnCredential credential(
      List<X509CertificateHolder> certificates, PrivateKey secret)
      throws PkiFileException, IOException {
    byte[] shown = new CertificateChain(certificates).encode();
    if (CertificateChain.decode(shown).isEmpty()) {
      throw new PkiFileException(
          "the chain has more than "
              + CertificateChain.MAX_CERTIFICATES
              + " certificates, or one that is not DER, or is longer than "
              + OwnCredential.MAX_BYTES
              + " bytes");
    }
    X509CertificateHolder own = certificates.get(0);
    Optional<VerifyingKey> key = VerifyingKey.decode(own.getSubjectPublicKeyInfo().getEncoded());
    if (key.isEmpty()) {
      throw new PkiFileException(
          "the key of " + OneLine.subject(own) + " is of no kind that signs here");
    }
    try {
      return new OwnCredential(
          Bits.fromBytes(shown, Byte.SIZE * shown.length), new SigningKey(secret, key.get()));
    } catch (IllegalArgumentException stranger) {
      throw new PkiFileException(
          "the private key does not belong to "
              + OneLine.subject(own)
              + ", the first certificate; put the device's own certificate first");
    }
  }
}
