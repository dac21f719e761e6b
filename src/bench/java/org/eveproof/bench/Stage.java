package org.eveproof.bench;

import java.util.List;
import java.util.Map;

/**
 * What the benchmarks of one stage are held against. A class with JMH's annotations implements it
 * and is named in {@link Benchmarks#STAGES}; nothing else is needed to add one.
 */
public interface Stage {
  /** Returns the name of the file with the results. */
  String name();

  /** Returns the classes whose benchmarks are run. */
  List<Class<?>> classes();

  /** Returns the programs outside Java that are timed right after them. */
  default List<NativePeer> peers() {
    return List.of();
  }

  /** Returns how long each iteration of the warm-up lasts. */
  default int warmupMilliseconds() {
    return 500;
  }

  /**
   * Returns figures that are demanded or were recorded, by name, where no peer can be run: times in
   * milliseconds, and limits of {@link #counts}.
   */
  default Map<String, Double> demands() {
    return Map.of();
  }

  /**
   * Counts what is better small and is no time, by name.
   *
   * @param quick whether a rough count will do
   */
  default Map<String, Double> counts(boolean quick) {
    return Map.of();
  }

  /** Returns whether one run is all, without a warm-up, and none if only a quick look is wanted. */
  default boolean once() {
    return false;
  }

  /** Returns the ratios that are wanted. */
  List<Bar> bars();
}
