package org.eveproof.spec;

import java.nio.file.Path;
import java.util.List;

/** The small specifications that the bridge is tested with. */
final class Specs {
  static final Path FOLDER = Path.of("src", "test", "resources", "specs");

  private Specs() {}

  static SpecSource source(String module) {
    return new SpecSource(List.of(FOLDER), module, FOLDER.resolve(module + ".cfg"));
  }

  static SpecOracle load(String module) {
    return SpecOracle.load(source(module));
  }
}
