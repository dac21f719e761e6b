package org.eveproof.cli;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command understands. Use as a picocli mixin. */
public final class CommonOptions {
  @Option(names = "--json", description = "Print one JSON document on stdout instead of text.")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random here: same seed, same output.")
  private @Nullable Long seed;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print results only, no progress.")
  private boolean quiet;

  /** Whether to print JSON. */
  public boolean json() {
    return json;
  }

  /** Returns the seed, if one was given. */
  public OptionalLong seed() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  /** Whether to keep progress off. */
  public boolean quiet() {
    return quiet;
  }
}
