package org.eveproof.bootstrap.openpgp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.operator.jcajce.JcaKeyFingerprintCalculator;
import org.jspecify.annotations.Nullable;

/** Certificates by fingerprint, as {@code gpg --export} writes them, binary or armored. */
public final class Keyring {
  /** Greatest number of certificates. */
  public static final int MAX_CERTIFICATES = 512;

  /** Greatest number of user ids, or of subkeys, of one certificate. */
  public static final int MAX_PARTS = 256;

  /** Greatest number of signatures in one certificate. */
  public static final int MAX_SIGNATURES = 4096;

  private static final int VERSION = 4;

  private final Map<String, Certificate> certificates;

  private Keyring(Map<String, Certificate> certificates) {
    this.certificates = Collections.unmodifiableMap(certificates);
  }

  /**
   * Reads a file.
   *
   * @throws OpenPgpFileException if it is missing, too long, or not wholly made of certificates
   * @throws IOException if it cannot be read
   */
  public static Keyring read(Path file) throws OpenPgpFileException, IOException {
    return parse(OpenPgpBytes.read(file));
  }

  /**
   * Reads certificates, binary or armored. Several copies of one are joined.
   *
   * @throws OpenPgpFileException if the bytes are not wholly made of certificates of version 4
   */
  public static Keyring parse(byte[] bytes) throws OpenPgpFileException {
    return parsePackets(OpenPgpBytes.packets(bytes, "PUBLIC KEY BLOCK"));
  }

  /**
   * Reads certificates without armor.
   *
   * @throws OpenPgpFileException if the bytes are not wholly made of certificates of version 4
   */
  static Keyring parsePackets(byte[] packets) throws OpenPgpFileException {
    Map<String, Certificate> found = new LinkedHashMap<>();
    PGPObjectFactory objects = new PGPObjectFactory(packets, new JcaKeyFingerprintCalculator());
    try {
      @Nullable Object next = objects.nextObject();
      while (next != null) {
        if (!(next instanceof PGPPublicKeyRing ring)) {
          throw new OpenPgpFileException(
              "there is something else than public keys in it; write it with gpg --export");
        }
        Certificate certificate = Certificate.of(requireBounded(ring));
        found.merge(certificate.fingerprint(), certificate, Certificate::with);
        if (found.size() > MAX_CERTIFICATES) {
          throw new OpenPgpFileException("there are more than " + MAX_CERTIFICATES + " keys in it");
        }
        next = objects.nextObject();
      }
    } catch (IOException | RuntimeException malformed) {
      throw new OpenPgpFileException(
          "key " + (found.size() + 1) + " in it is damaged or cut off; export the keys again");
    }
    if (found.isEmpty()) {
      throw new OpenPgpFileException("there is no public key in it");
    }
    return new Keyring(found);
  }

  private static PGPPublicKeyRing requireBounded(PGPPublicKeyRing ring)
      throws OpenPgpFileException {
    int userIds = 0;
    int signatures = 0;
    for (PGPPublicKey key : ring) {
      if (key.getVersion() != VERSION) {
        throw new OpenPgpFileException(
            "there is a key of version " + key.getVersion() + " in it; GnuPG 2.2 knows version 4");
      }
      userIds += count(key.getRawUserIDs());
      signatures += count(key.getSignatures());
    }
    if (ring.size() > MAX_PARTS || userIds > MAX_PARTS || signatures > MAX_SIGNATURES) {
      throw new OpenPgpFileException(
          "key "
              + Certificate.fingerprint(ring.getPublicKey())
              + " has more than "
              + MAX_PARTS
              + " user ids or subkeys, or more than "
              + MAX_SIGNATURES
              + " signatures");
    }
    return ring;
  }

  private static int count(java.util.Iterator<?> parts) {
    int count = 0;
    while (parts.hasNext()) {
      parts.next();
      count++;
    }
    return count;
  }

  /** Returns this keyring with what another has besides. */
  Keyring with(Keyring other) {
    Map<String, Certificate> all = new LinkedHashMap<>(certificates);
    other.certificates.forEach(
        (fingerprint, certificate) -> all.merge(fingerprint, certificate, Certificate::with));
    return new Keyring(all);
  }

  /** Returns this keyring without the signatures that their makers keep for themselves. */
  Keyring exportable() {
    Map<String, Certificate> all = new LinkedHashMap<>();
    certificates.forEach(
        (fingerprint, certificate) -> all.put(fingerprint, certificate.exportable()));
    return new Keyring(all);
  }

  Collection<Certificate> certificates() {
    return certificates.values();
  }

  Optional<Certificate> find(String fingerprint) {
    return Optional.ofNullable(certificates.get(fingerprint));
  }

  /** Returns the first certificate whose primary key has this key id. */
  Optional<Certificate> find(long keyId) {
    return certificates.values().stream()
        .filter(certificate -> certificate.keyId() == keyId)
        .findFirst();
  }
}
