package org.eveproof.bootstrap.pki;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;

/** Why a certificate is revoked for good (RFC 5280, section 5.3.1). */
public enum RevocationReason {
  /** Nothing is said. */
  UNSPECIFIED(CRLReason.unspecified, "unspecified"),
  /** Somebody else has the device's key, or may have. */
  KEY_COMPROMISE(CRLReason.keyCompromise, "keyCompromise"),
  /** Somebody else has the authority's key, or may have. */
  CA_COMPROMISE(CRLReason.cACompromise, "cACompromise"),
  /** The name no longer holds. */
  AFFILIATION_CHANGED(CRLReason.affiliationChanged, "affiliationChanged"),
  /** Another certificate takes its place. */
  SUPERSEDED(CRLReason.superseded, "superseded"),
  /** The device is out of use. */
  CESSATION_OF_OPERATION(CRLReason.cessationOfOperation, "cessationOfOperation"),
  /** What it was allowed it is no more. */
  PRIVILEGE_WITHDRAWN(CRLReason.privilegeWithdrawn, "privilegeWithdrawn");

  private final int code;
  private final String label;

  RevocationReason(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** Returns the number that stands for it in a CRL. */
  public int code() {
    return code;
  }

  /** Returns its name in the standard. */
  public String label() {
    return label;
  }

  /** Returns the reason of this name, in whatever case. */
  public static Optional<RevocationReason> ofLabel(String label) {
    return Arrays.stream(values())
        .filter(reason -> reason.label.equalsIgnoreCase(label))
        .findFirst();
  }

  @Override
  public String toString() {
    return label;
  }
}
