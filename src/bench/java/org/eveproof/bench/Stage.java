package org.eveproof.bench;

import java.util.List;

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

  /** Returns the ratios that are wanted. */
  List<Bar> bars();
}
