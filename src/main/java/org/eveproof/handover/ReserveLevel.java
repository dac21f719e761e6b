package org.eveproof.handover;

/** How many one-time keys are left, as far as anybody should care. */
public enum ReserveLevel {
  /** More than the low-water mark. */
  PLENTY,
  /** Few. */
  LOW,
  /** None but the reserve. */
  RESERVE_ONLY,
  /** None. */
  EXHAUSTED
}
