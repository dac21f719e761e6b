package org.eveproof.adversary.rndl;

import java.util.Arrays;
import java.util.Optional;

/** What may become Eve's; see {@code RecordNowDecryptLater!Kind}. */
public enum Leak {
  /** The signing keys of both devices. */
  END_ENTITY("end-entity"),
  /** The key of the certification authority that both devices trust. */
  AUTHORITY("authority"),
  /** The keys of as many introducers as make a key valid. */
  INTRODUCERS("introducers"),
  /** The pre-shared key that the courier brought for the first bootstrap. */
  PSK("psk"),
  /** All MAC keys that exist at the moment. */
  MAC("mac"),
  /** A break of Diffie-Hellman: the private key to any public one. */
  DH("dh"),
  /** A break of ML-KEM: the private key to any public one. */
  ML_KEM("ml-kem"),
  /** A break of signatures: signatures under any public key. */
  SIGNATURE("signature"),
  /** A break of hashing: what HMAC and HKDF make of secrets that Eve does not have. */
  HASH("hash");

  private final String specName;

  Leak(String specName) {
    this.specName = specName;
  }

  /** Returns its name in the specification. */
  public String specName() {
    return specName;
  }

  /** Returns the leak with that name in the specification. */
  public static Optional<Leak> ofSpecName(String name) {
    return Arrays.stream(values()).filter(leak -> leak.specName.equals(name)).findFirst();
  }
}
