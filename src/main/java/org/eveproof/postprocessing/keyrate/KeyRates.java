package org.eveproof.postprocessing.keyrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Finds the choice that gives the greatest rate, by the simplex method of Nelder and Mead from the
 * best points of a coarse grid. There is no chance in it: the same question has the same answer.
 */
public final class KeyRates {
  private static final double RELATIVE_PRECISION = 1e-9;
  private static final int MOST_EVALUATIONS = 20_000;

  /** How many of the best points of the grid the search begins at. */
  private static final int STARTS = 3;

  /** Coordinates stay that far away from 0 and 1. */
  private static final double EDGE = 1e-6;

  private static final double STEP = 0.5;

  private KeyRates() {}

  /** Returns the best point for the question. */
  public static RatePoint best(Protocol protocol, RateQuestion question) {
    RateModel model = model(protocol, question);
    double[] best =
        grid(model).stream()
            .sorted(Comparator.comparingDouble(model::worth).reversed())
            .limit(STARTS)
            .map(start -> climb(model, climb(model, start)))
            .max(Comparator.comparingDouble(model::worth))
            .orElseThrow();
    return model.point(best);
  }

  private static RateModel model(Protocol protocol, RateQuestion question) {
    return switch (protocol) {
      case LIM2014 -> new DecoyModel(question, DecoyModel.Decoys.TWO);
      case RUSCA2018 -> new DecoyModel(question, DecoyModel.Decoys.ONE);
      case TOMAMICHEL2012 -> new SinglePhotonModel(question);
      case GLLP -> new EndlessModel(question);
    };
  }

  /** Returns all combinations of the values to try. */
  private static List<double[]> grid(RateModel model) {
    List<double[]> points = List.of(new double[0]);
    for (double[] values : model.grid()) {
      List<double[]> longer = new ArrayList<>();
      for (double[] point : points) {
        for (double value : values) {
          double[] next = Arrays.copyOf(point, point.length + 1);
          next[point.length] = value;
          longer.add(next);
        }
      }
      points = longer;
    }
    return points;
  }

  /** Climbs from a point; called again where it ended, it begins with a simplex of full size. */
  private static double[] climb(RateModel model, double[] start) {
    double[] free = new double[start.length];
    for (int i = 0; i < start.length; i++) {
      free[i] = Math.log(start[i] / (1 - start[i]));
    }
    PointValuePair end =
        new SimplexOptimizer(RELATIVE_PRECISION, Double.MIN_NORMAL)
            .optimize(
                new MaxEval(MOST_EVALUATIONS),
                new ObjectiveFunction(x -> model.worth(bounded(x))),
                GoalType.MAXIMIZE,
                new InitialGuess(free),
                new NelderMeadSimplex(start.length, STEP));
    return bounded(end.getPoint());
  }

  private static double[] bounded(double[] free) {
    double[] choice = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      choice[i] = Math.min(1 - EDGE, Math.max(EDGE, 1 / (1 + Math.exp(-free[i]))));
    }
    return choice;
  }

  /**
   * Returns how far a rate reaches: the greatest distance, to 0.01 km, up to which it is above
   * zero.
   *
   * @param most no distance beyond is looked at, in km
   */
  public static double reach(Protocol protocol, RateQuestion question, double most) {
    return lastAbove(km -> best(protocol, question.at(km)).rate(), most);
  }

  /** Returns the greatest distance, to 0.01 km, up to which a falling rate is above zero. */
  static double lastAbove(DoubleUnaryOperator rate, double most) {
    double from = 0;
    double to = most;
    while (to - from > 0.01) {
      double middle = (from + to) / 2;
      if (rate.applyAsDouble(middle) > 0) {
        from = middle;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
