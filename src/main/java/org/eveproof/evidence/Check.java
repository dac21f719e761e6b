package org.eveproof.evidence;

import java.io.IOException;
import java.util.function.Predicate;

/**
 * One thing to be checked.
 *
 * @param area as in {@link Finding}
 * @param kind as in {@link Finding}
 * @param name as in {@link Finding}
 * @param bounds as in {@link Finding}
 * @param concerns tells whether a name that a user gave means this check
 * @param work does it
 */
public record Check(
    String area,
    Finding.Kind kind,
    String name,
    String bounds,
    Predicate<String> concerns,
    Work work) {

  /** What a check sees. */
  public record Sight(Finding.Verdict verdict, long states, String detail) {
    static Sight held(long states, String detail) {
      return new Sight(Finding.Verdict.HELD, states, detail);
    }

    static Sight failed(long states, String detail) {
      return new Sight(Finding.Verdict.FAILED, states, detail);
    }
  }

  /** The work of a check. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does the check.
     *
     * @throws IOException if the environment fails
     * @throws InterruptedException if it was told to stop
     */
    Sight look() throws IOException, InterruptedException;
  }

  /**
   * Does the check and times it.
   *
   * @throws IOException if the environment fails
   * @throws InterruptedException if it was told to stop
   */
  public Finding run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Sight sight = work.look();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Finding(
        area, kind, name, sight.verdict(), bounds, sight.states(), seconds, sight.detail());
  }
}
