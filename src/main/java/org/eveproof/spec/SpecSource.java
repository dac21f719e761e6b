package org.eveproof.spec;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a specification is read from.
 *
 * @param directories folders in which modules are looked for, in this order; the standard modules
 *     come last and need no folder
 * @param module name of the root module, without {@code .tla}
 * @param config the model's configuration file
 */
public record SpecSource(List<Path> directories, String module, Path config) {
  /** Copies the list. */
  public SpecSource {
    directories = List.copyOf(directories);
  }
}
