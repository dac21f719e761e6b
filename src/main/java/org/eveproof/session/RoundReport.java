package org.eveproof.session;

import java.util.Optional;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.finitekey.FixedLength;

/**
 * What became of one round, in public figures.
 *
 * @param round number of the round, from 0
 * @param outcome whether there is a key
 * @param reason why there is none, if the round was aborted
 * @param sifted detected pulses in equal bases
 * @param sampled sifted bits that were compared in public, and lost to the key
 * @param errors sampled bits that differed, as this party saw them
 * @param limits what it had to show for a key, and what it showed, once anything was counted
 * @param leaked bits about the key that were disclosed
 * @param batches messages with parities
 * @param secretBits length of the secret key, 0 if there is none
 * @param applicationBits length of the part that the application gets, 0 if none
 * @param newKeys one-time keys of each direction that the ledger gets, 0 if none
 * @param authenticationBits bits of key that the tags of its messages took
 * @param epsilon what is claimed of the key, if there is one
 */
public record RoundReport(
    int round,
    Outcome outcome,
    Optional<AbortReason> reason,
    int sifted,
    int sampled,
    int errors,
    Optional<LimitsReport> limits,
    long leaked,
    int batches,
    int secretBits,
    int applicationBits,
    int newKeys,
    long authenticationBits,
    EpsilonBudget epsilon) {

  /** How a round can end for one party. */
  public enum Outcome {
    /** Both parties have the key. */
    KEY("key"),
    /** This party has released the key, and has not heard that the peer has. */
    UNCONFIRMED("unconfirmed"),
    /** Neither party has a key. */
    ABORTED("aborted"),
    /** This party has not released the key; the peer may have. */
    IN_DOUBT("in doubt");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** Returns the outcome in words, lower case. */
    public String label() {
      return label;
    }
  }

  static RoundReport of(
      int round,
      Outcome outcome,
      Optional<AbortReason> reason,
      Findings findings,
      FixedLength limits,
      long authenticationBits,
      EpsilonBudget epsilon) {
    int sampled = findings.sample().ones();
    return new RoundReport(
        round,
        outcome,
        reason,
        findings.kept().ones() + sampled,
        sampled,
        findings.errors(),
        LimitsReport.of(limits, findings),
        findings.leak(),
        findings.batches(),
        findings.secretBits(),
        0,
        0,
        authenticationBits,
        epsilon);
  }

  /** Returns why there is no key, in words; empty if there is one, or nobody knows. */
  public String why() {
    return reason
        .map(AbortReason::label)
        .orElse(outcome == Outcome.ABORTED ? "cut off before its end" : "");
  }

  /** Returns the same with another outcome. */
  RoundReport as(Outcome other) {
    return new RoundReport(
        round,
        other,
        reason,
        sifted,
        sampled,
        errors,
        limits,
        leaked,
        batches,
        secretBits,
        applicationBits,
        newKeys,
        authenticationBits,
        epsilon);
  }

  /** Returns the same with what became of the secret key. */
  RoundReport sharedOut(int toApplication, int toLedger) {
    return new RoundReport(
        round,
        outcome,
        reason,
        sifted,
        sampled,
        errors,
        limits,
        leaked,
        batches,
        secretBits,
        toApplication,
        toLedger,
        authenticationBits,
        epsilon);
  }

  /** Returns the net secret key: its length less what its round took; negative if that was more. */
  public long netBits() {
    return secretBits - authenticationBits;
  }

  /** Returns the error rate of the sample; 0 if there is none. */
  public double qber() {
    return sampled == 0 ? 0 : (double) errors / sampled;
  }
}
