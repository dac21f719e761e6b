package org.eveproof.quantum;

/** One of the two conjugate bases of BB84. */
public enum Basis {
  /** Rectilinear: |0⟩ and |1⟩. Written 0 where bases are bits. */
  Z,
  /** Diagonal: |+⟩ and |−⟩. Written 1 where bases are bits. */
  X;

  /** Returns the basis that a bit stands for. */
  public static Basis of(boolean bit) {
    return bit ? X : Z;
  }

  /** Returns the bit that stands for this basis. */
  public boolean bit() {
    return this == X;
  }
}
