package org.eveproof.quantum.decoy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PhotonNumber;

/**
 * Every course that an experiment can take, with its probability: by exhaustion, not by sampling.
 * The experiment runs once for each sequence of answers to its questions of chance.
 */
public final class AllOutcomes {
  private AllOutcomes() {}

  /**
   * A result and the probability of the course that led to it. Products of powers of 1/2 are exact.
   */
  public record Outcome<T>(T result, double probability) {}

  /**
   * Returns the results of all courses, also of those with equal results.
   *
   * @param experiment asks nothing but the chance it is given; must end on every course
   */
  public static <T> List<Outcome<T>> of(Function<Chance, T> experiment) {
    List<Outcome<T>> outcomes = new ArrayList<>();
    Path path = new Path();
    do {
      T result = experiment.apply(path.restart());
      outcomes.add(new Outcome<>(result, path.probability));
    } while (path.next());
    return outcomes;
  }

  /** One course: answers that were fixed, and "yes" to all further questions. */
  static final class Path implements Chance {
    private final List<Boolean> answers = new ArrayList<>();
    private int asked;
    private double probability = 1;

    private Path restart() {
      asked = 0;
      probability = 1;
      return this;
    }

    @Override
    public boolean happens(double chance) {
      if (chance <= 0 || chance >= 1) {
        return chance > 0;
      }
      if (asked == answers.size()) {
        answers.add(true);
      }
      boolean answer = answers.get(asked++);
      probability *= answer ? chance : 1 - chance;
      return answer;
    }

    /** The number alone, not which of the trials: so many courses fewer. */
    @Override
    public int binomial(int trials, double chance) {
      double left = 1;
      for (int k = 0; k < trials; k++) {
        double exactly = PhotonNumber.binomial(trials, k, chance);
        if (happens(Math.min(1, exactly / left))) {
          return k;
        }
        left -= exactly;
      }
      return trials;
    }

    /** Goes to the next course; false after the last. */
    private boolean next() {
      int last = answers.size() - 1;
      while (last >= 0 && !answers.get(last)) {
        answers.remove(last--);
      }
      if (last < 0) {
        return false;
      }
      answers.set(last, false);
      return true;
    }
  }
}
