package org.eveproof.bootstrap.openpgp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.jcajce.JcaKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyConverter;
import org.bouncycastle.openpgp.operator.jcajce.JcePBESecretKeyDecryptorBuilder;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.OwnerOnly;
import org.eveproof.bootstrap.pki.Passphrase;
import org.eveproof.bootstrap.pki.PkiFileException;
import org.eveproof.protocol.Bits;

/**
 * What a device proves itself with, as {@code gpg --export-secret-keys} writes it, binary or
 * armored, with a passphrase or without. The certificate with all that others certified is in it;
 * of its subkeys, the one for proofs alone is shown, so that the peer looks for no other.
 */
public final class SecretKeyFile {
  private SecretKeyFile() {}

  /**
   * Reads the one secret key of a file that is closed to others.
   *
   * @param passphrase asked if the key is encrypted
   * @param now the present time: what has expired is not used
   * @throws OpenPgpFileException if it is open to others, or there is not one key in it that signs
   * @throws IOException if it cannot be read
   */
  public static OwnCredential read(Path file, Passphrase passphrase, Instant now)
      throws OpenPgpFileException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new OpenPgpFileException("there is no such file");
    }
    if (!OwnerOnly.holds(file)) {
      throw new OpenPgpFileException(OwnerOnly.MENDING);
    }
    byte[] bytes = OpenPgpBytes.read(file);
    byte[] packets = new byte[0];
    try {
      packets = OpenPgpBytes.packets(bytes, "PRIVATE KEY BLOCK");
      return credential(secretKeys(packets), passphrase, now);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(packets, (byte) 0);
    }
  }

  private static PGPSecretKeyRing secretKeys(byte[] packets) throws OpenPgpFileException {
    PGPObjectFactory objects = new PGPObjectFactory(packets, new JcaKeyFingerprintCalculator());
    try {
      if (objects.nextObject() instanceof PGPSecretKeyRing ring) {
        if (objects.nextObject() != null) {
          throw new OpenPgpFileException(
              "there is more than one secret key in it; export the device's alone");
        }
        return ring;
      }
    } catch (IOException | RuntimeException malformed) {
      throw new OpenPgpFileException("it is damaged or cut off; export the key again");
    }
    throw new OpenPgpFileException(
        "there is no secret key in it; write it with gpg --export-secret-keys");
  }

  private static OwnCredential credential(PGPSecretKeyRing ring, Passphrase passphrase, Instant now)
      throws OpenPgpFileException, IOException {
    PGPPublicKeyRing whole = ring.toCertificate();
    Keyring keyring = Keyring.parsePackets(whole.getEncoded());
    Certificate certificate = keyring.certificates().iterator().next();
    SigningKeys.Usable usable =
        SigningKeys.of(
                certificate,
                new SelfSignatures(certificate, keyring, now.getEpochSecond()),
                key -> isHeld(ring, key),
                now.getEpochSecond())
            .orElseThrow(
                () ->
                    new OpenPgpFileException(
                        "there is no secret key in it that may sign or authenticate now and is"
                            + " Ed25519, NIST P-256 or RSA with 2048 bits or more"));
    PGPSecretKey secret = ring.getSecretKey(usable.key().getFingerprint());
    byte[] shown = onlyWith(whole, usable.key()).getEncoded();
    if (shown.length > OwnCredential.MAX_BYTES) {
      throw new OpenPgpFileException(
          "the certificate is longer than "
              + OwnCredential.MAX_BYTES
              + " bytes; clean it with gpg --export-options export-clean");
    }
    try {
      return new OwnCredential(
          Bits.fromBytes(shown, Byte.SIZE * shown.length),
          new SigningKey(open(secret, passphrase), usable.verifying()));
    } catch (IllegalArgumentException stranger) {
      throw new OpenPgpFileException("the secret key does not belong to the public one");
    }
  }

  /** Whether the secret half is there: gpg --export-secret-subkeys leaves the primary key's out. */
  private static boolean isHeld(PGPSecretKeyRing ring, PGPPublicKey key) {
    PGPSecretKey secret = ring.getSecretKey(key.getFingerprint());
    return secret != null && !secret.isPrivateKeyEmpty();
  }

  private static PGPPublicKeyRing onlyWith(PGPPublicKeyRing whole, PGPPublicKey key) {
    PGPPublicKeyRing ring = whole;
    for (PGPPublicKey each : whole) {
      if (!each.isMasterKey() && !each.hasFingerprint(key.getFingerprint())) {
        ring = PGPPublicKeyRing.removePublicKey(ring, each);
      }
    }
    return ring;
  }

  private static PrivateKey open(PGPSecretKey secret, Passphrase passphrase)
      throws OpenPgpFileException, IOException {
    char[] typed = secret.getS2KUsage() == 0 ? new char[0] : typed(passphrase);
    try {
      return new JcaPGPKeyConverter()
          .setProvider(BouncyCastle.PROVIDER)
          .getPrivateKey(
              secret.extractPrivateKey(
                  new JcePBESecretKeyDecryptorBuilder()
                      .setProvider(BouncyCastle.PROVIDER)
                      .build(typed)));
    } catch (PGPException | RuntimeException closed) {
      throw new OpenPgpFileException("the secret key does not open: is it the right passphrase?");
    } finally {
      Arrays.fill(typed, '\0');
    }
  }

  private static char[] typed(Passphrase passphrase) throws OpenPgpFileException, IOException {
    try {
      return passphrase.get();
    } catch (PkiFileException none) {
      throw new OpenPgpFileException(String.valueOf(none.getMessage()));
    }
  }
}
