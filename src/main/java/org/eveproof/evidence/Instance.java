package org.eveproof.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eveproof.spec.CheckRequest;
import org.eveproof.spec.CheckResult;
import org.eveproof.spec.ModelChecker;
import org.eveproof.spec.ModelConfig;

/**
 * A finite instance of a specification, of which TLC is asked one thing or another.
 *
 * @param specs the folder {@code specs}
 * @param model the manifest's entry
 */
record Instance(Path specs, Manifest.Model model) {
  /**
   * Up to so many distinct states, starting fast is better than computing fast: 165,797 states take
   * 7 CPU seconds with the fast compiler only, and 11 with both.
   */
  private static final int SMALL_STATES = 200_000;

  /**
   * Budgets are for a quiet core; a run is given up after this many times as long, which is for one
   * that hangs: where much else runs, four times was not enough.
   */
  private static final int SLACK = 10;

  /** Returns where modules are looked for. */
  static List<Path> directories(Path specs) {
    return List.of(specs, specs.resolve("models"), specs.resolve("red"));
  }

  /** Returns its configuration, with all that the instance is asked as a model. */
  ModelConfig config() throws IOException {
    return ModelConfig.parse(Files.readString(specs.resolve("models").resolve(model.config())));
  }

  /** Asks what the configuration says of a module. */
  CheckResult check(String module, ModelConfig config) throws InterruptedException {
    return ModelChecker.check(request(directories(specs), module, config));
  }

  /**
   * A module that is there for one run.
   *
   * @param name no other module has
   * @param extended the module that it extends
   * @param definitions what it says beyond
   */
  record Extension(String name, String extended, String definitions) {}

  /**
   * Asks what the configuration says of a module that is there for this run only.
   *
   * @param pastViolations whether the run goes on after a violation
   */
  CheckResult check(Extension extension, ModelConfig config, boolean pastViolations)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("eveproof-extension");
    Path file = folder.resolve(extension.name() + ".tla");
    try {
      Files.writeString(
          file,
          String.format(
              "---- MODULE %s ----%nEXTENDS %s%n%s%n====%n",
              extension.name(), extension.extended(), extension.definitions()));
      List<Path> directories = new ArrayList<>(directories(specs));
      directories.add(folder);
      CheckRequest request = request(directories, extension.name(), config);
      return ModelChecker.check(pastViolations ? request.pastViolations() : request);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private CheckRequest request(List<Path> directories, String module, ModelConfig config) {
    CheckRequest request =
        CheckRequest.of(directories, module, config.text())
            .withTimeout(Duration.ofSeconds(model.budgetSeconds()).multipliedBy(SLACK));
    return model.distinct() <= SMALL_STATES ? request.ofSmallModel() : request;
  }

  /** Says in words what TLC found. */
  static String describe(CheckResult result) {
    return result.verdict()
        + result.violated().map(name -> " " + name).orElse("")
        + " after "
        + result.distinct()
        + " states"
        + (result.message().isEmpty() ? "" : ": " + result.message());
  }
}
