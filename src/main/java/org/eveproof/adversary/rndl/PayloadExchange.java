package org.eveproof.adversary.rndl;

import java.util.Arrays;
import java.util.Optional;
import org.eveproof.bootstrap.exchange.KeyEstablishment;

/** A way of establishing payload keys. */
public enum PayloadExchange {
  /** Diffie-Hellman: X25519. */
  DH("dh", KeyEstablishment.X25519, false),
  /** ML-KEM-768. */
  ML_KEM("ml-kem", KeyEstablishment.ML_KEM_768, false),
  /** Both together. */
  HYBRID("hybrid", KeyEstablishment.HYBRID, false),
  /** Quantum key distribution. */
  QKD("qkd", KeyEstablishment.NONE, true),
  /** Quantum key distribution and the hybrid together. */
  QKD_HYBRID("qkd+hybrid", KeyEstablishment.HYBRID, true);

  private final String specName;
  private final KeyEstablishment classical;
  private final boolean quantum;

  PayloadExchange(String specName, KeyEstablishment classical, boolean quantum) {
    this.specName = specName;
    this.classical = classical;
    this.quantum = quantum;
  }

  /** Returns its name in the specification. */
  public String specName() {
    return specName;
  }

  /** Returns the exchange with that name in the specification. */
  public static Optional<PayloadExchange> ofSpecName(String name) {
    return Arrays.stream(values()).filter(each -> each.specName.equals(name)).findFirst();
  }

  /** Returns the part that is computed. */
  public KeyEstablishment classical() {
    return classical;
  }

  /** Whether light is part of it. */
  public boolean isQuantum() {
    return quantum;
  }
}
