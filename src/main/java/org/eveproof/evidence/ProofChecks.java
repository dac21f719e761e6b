package org.eveproof.evidence;

import java.util.List;

/** The machine-checked mathematics in {@code proofs/}. */
public final class ProofChecks {
  private ProofChecks() {}

  /** Returns the checks: at present one, which reports that there is nothing to check. */
  public static List<Check> all() {
    return List.of(
        new Check(
            "proofs",
            Finding.Kind.PROOF,
            "machine-checked mathematics",
            "none",
            name -> name.equalsIgnoreCase("proofs"),
            () ->
                new Check.Sight(
                    Finding.Verdict.SKIPPED,
                    0,
                    "proofs/ holds no proofs; proofs/README.md lists what is taken on trust")));
  }
}
