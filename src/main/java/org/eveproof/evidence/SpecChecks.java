package org.eveproof.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.spec.CheckRequest;
import org.eveproof.spec.CheckResult;
import org.eveproof.spec.ModelChecker;
import org.eveproof.spec.ModelConfig;
import org.eveproof.spec.SpecSource;

/**
 * What TLC must show of the specifications, by the manifest: each model holds with its exact
 * counts; each red twin violates one property and no other; each goal is reached; the texts are the
 * pinned ones; nothing is left without a check.
 */
public final class SpecChecks {
  private static final String NEVER = "NeverReached";

  /** Most distinct states of a model that the short form checks. */
  private static final int QUICK_STATES = 2_000;

  /** Up to so many distinct states, starting fast is better than computing fast. */
  private static final int SMALL_STATES = 25_000;

  /** Budgets are for a quiet core; a run is given up after this many times as long. */
  private static final int SLACK = 4;

  private final Path specs;
  private final Manifest manifest;
  private final Map<String, Manifest.Model> models = new HashMap<>();

  /**
   * Prepares the checks.
   *
   * @param specs the folder {@code specs}
   * @throws IOException if the manifest cannot be read
   */
  public SpecChecks(Path specs) throws IOException {
    this.specs = specs;
    this.manifest = Manifest.read(specs.resolve("models/manifest.json"));
    for (Manifest.Specification specification : manifest.specifications()) {
      for (Manifest.Model model : specification.models()) {
        if (models.put(model.name(), model) != null) {
          throw new IOException("manifest.json names the model " + model.name() + " twice");
        }
      }
    }
  }

  /** Returns where modules are looked for. */
  private List<Path> directories() {
    return List.of(specs, specs.resolve("models"), specs.resolve("red"));
  }

  /**
   * Returns all checks.
   *
   * @param quick whether to leave out what takes long: models with more than {@value #QUICK_STATES}
   *     states, which then only say that they were skipped, and the proof that a red twin violates
   *     nothing but its property
   */
  public List<Check> all(boolean quick) {
    List<Check> checks = new ArrayList<>();
    checks.add(
        new Check(
            "specs",
            Finding.Kind.PIN,
            "pinned texts",
            "every definition and configuration",
            name -> Set.of("specs", "pins", "pinned texts").contains(name.toLowerCase(Locale.ROOT)),
            this::comparePins));
    for (Manifest.Specification specification : manifest.specifications()) {
      checks.add(complete(specification));
    }
    for (Manifest.Specification specification : manifest.specifications()) {
      specification
          .models()
          .forEach(
              model ->
                  checks.add(
                      quick && model.distinct() > QUICK_STATES
                          ? skipped(specification, model)
                          : model(specification, model)));
      specification.reach().forEach(goal -> checks.add(reach(specification, goal, quick)));
      specification.red().forEach(twin -> checks.add(red(specification, twin, quick)));
    }
    return checks;
  }

  /** Returns the manifest. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Pins the texts as they are now.
   *
   * @return what changed, one line each
   * @throws IOException if they cannot be read or written
   */
  public List<String> pin() throws IOException {
    Path file = specs.resolve("models/pins.json");
    Pins now = Pins.of(sources());
    List<String> differences =
        now.differencesFrom(Files.exists(file) ? Pins.read(file) : new Pins(Map.of()));
    now.write(file);
    return differences;
  }

  private List<SpecSource> sources() {
    List<SpecSource> sources = new ArrayList<>();
    Set<String> red = new TreeSet<>();
    for (Manifest.Specification specification : manifest.specifications()) {
      for (Manifest.Model model : specification.models()) {
        sources.add(source(model.module(), model));
      }
      for (Manifest.RedTwin twin : specification.red()) {
        if (red.add(twin.module())) {
          sources.add(source(twin.module(), base(twin.base(), twin.name())));
        }
      }
    }
    return sources;
  }

  private SpecSource source(String module, Manifest.Model model) {
    return new SpecSource(directories(), module, specs.resolve("models").resolve(model.config()));
  }

  private Check.Sight comparePins() throws IOException {
    Pins now = Pins.of(sources());
    List<String> differences = now.differencesFrom(Pins.read(specs.resolve("models/pins.json")));
    return differences.isEmpty()
        ? Check.Sight.held(0, now.texts().size() + " texts are as pinned")
        : Check.Sight.failed(
            0,
            String.join("; ", differences)
                + " (read the change; if it is right, renew with './eveproof check --pin')");
  }

  /** Every property has a model and a red twin; nothing refers to what is not there. */
  private Check complete(Manifest.Specification specification) {
    return new Check(
        specification.spec(),
        Finding.Kind.COMPLETE,
        "every property has a model and a red twin",
        specification.properties().size() + " properties",
        name -> name.equals(specification.spec()),
        () -> {
          List<String> gaps = gaps(specification);
          return gaps.isEmpty()
              ? Check.Sight.held(
                  0,
                  specification.models().size()
                      + " models, "
                      + specification.red().size()
                      + " red twins, "
                      + specification.reach().size()
                      + " goals")
              : Check.Sight.failed(0, String.join("; ", gaps));
        });
  }

  private List<String> gaps(Manifest.Specification specification) throws IOException {
    List<String> gaps = new ArrayList<>();
    Set<String> listed = new TreeSet<>();
    specification.properties().forEach(property -> listed.add(property.name()));
    Set<String> checked = new TreeSet<>();
    for (Manifest.Model model : specification.models()) {
      ModelConfig config = config(model);
      checked.addAll(config.invariants());
      checked.addAll(config.properties());
    }
    Set<String> twinned =
        specification.red().stream()
            .map(Manifest.RedTwin::violates)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Manifest.Property property : specification.properties()) {
      if (!checked.contains(property.name())
          && property.kind() != Manifest.PropertyKind.ASSUMPTION) {
        gaps.add(property.name() + " is checked by no model");
      }
      if (!twinned.contains(property.name())) {
        gaps.add(property.name() + " has no red twin");
      }
    }
    Stream.concat(checked.stream(), twinned.stream())
        .filter(name -> !listed.contains(name))
        .distinct()
        .forEach(name -> gaps.add(name + " is not among the manifest's properties"));
    return gaps;
  }

  private Check model(Manifest.Specification specification, Manifest.Model model) {
    return new Check(
        specification.spec(),
        Finding.Kind.MODEL,
        model.name(),
        model.bounds(),
        name -> name.equals(model.name()) || name.equals(specification.spec()),
        () -> {
          CheckResult result = check(model.module(), config(model), model);
          if (result.verdict() != CheckResult.Verdict.HOLDS) {
            return Check.Sight.failed(result.distinct(), "must hold; TLC: " + describe(result));
          }
          if (result.distinct() != model.distinct() || result.depth() != model.depth()) {
            return Check.Sight.failed(
                result.distinct(),
                String.format(
                    "%d distinct states, depth %d; the manifest says %d, depth %d",
                    result.distinct(), result.depth(), model.distinct(), model.depth()));
          }
          ModelConfig config = config(model);
          return Check.Sight.held(
              result.distinct(),
              config.invariants().size()
                  + config.properties().size()
                  + " properties hold; depth "
                  + result.depth());
        });
  }

  private static Check skipped(Manifest.Specification specification, Manifest.Model model) {
    return new Check(
        specification.spec(),
        Finding.Kind.MODEL,
        model.name(),
        model.bounds(),
        name -> name.equals(model.name()),
        () ->
            new Check.Sight(
                Finding.Verdict.SKIPPED,
                0,
                "it has " + model.distinct() + " states; the short form leaves it out"));
  }

  private Check reach(
      Manifest.Specification specification, Manifest.ReachGoal goal, boolean quick) {
    return new Check(
        specification.spec(),
        Finding.Kind.REACH,
        goal.name(),
        "instance " + goal.base(),
        name -> name.equals(goal.name()) || name.equals(specification.spec()),
        () -> {
          if (quick) {
            return new Check.Sight(Finding.Verdict.SKIPPED, 0, "the short form leaves goals out");
          }
          CheckResult result = reachWithTlc(goal);
          return result.verdict() == CheckResult.Verdict.INVARIANT_VIOLATED
                  && result.violated().equals(Optional.of(NEVER))
              ? Check.Sight.held(result.distinct(), "reached: " + goal.says())
              : Check.Sight.failed(
                  result.distinct(), "not reached: " + goal.says() + "; TLC: " + describe(result));
        });
  }

  /** Asks TLC to show that the goal is never reached; the goal is shown by the refutation. */
  private CheckResult reachWithTlc(Manifest.ReachGoal goal)
      throws IOException, InterruptedException {
    Manifest.Model base = base(goal.base(), goal.name());
    String module = "Negated" + goal.name();
    Path folder = Files.createTempDirectory("eveproof-reach");
    Path file = folder.resolve(module + ".tla");
    try {
      Files.writeString(
          file,
          String.format(
              "---- MODULE %s ----%nEXTENDS %s%n%s == ~%s%n====%n",
              module, base.module(), NEVER, goal.name()));
      List<Path> directories = new ArrayList<>(directories());
      directories.add(folder);
      return ModelChecker.check(
          request(directories, module, config(base).asking(List.of(NEVER), List.of()), base));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private Check red(Manifest.Specification specification, Manifest.RedTwin twin, boolean quick) {
    return new Check(
        specification.spec(),
        Finding.Kind.RED_TWIN,
        twin.name(),
        "instance " + twin.base(),
        name ->
            name.equals(twin.name())
                || name.equals(twin.violates())
                || name.equals(specification.spec()),
        () -> judgeTwin(specification, twin, quick));
  }

  private Check.Sight judgeTwin(
      Manifest.Specification specification, Manifest.RedTwin twin, boolean quick)
      throws IOException, InterruptedException {
    Manifest.Model base = base(twin.base(), twin.name());
    ModelConfig weakened = config(base).replacing(twin.replace());
    Manifest.PropertyKind kind =
        specification.properties().stream()
            .filter(property -> property.name().equals(twin.violates()))
            .map(Manifest.Property::kind)
            .findFirst()
            .orElseThrow(() -> new IOException(twin.name() + " violates an unlisted property"));
    boolean invariant = kind == Manifest.PropertyKind.INVARIANT;
    ModelConfig only =
        invariant
            ? weakened.asking(List.of(twin.violates()), List.of())
            : weakened.asking(List.of(), List.of(twin.violates()));
    CheckResult alone = check(twin.module(), only, base);
    if (!isViolation(alone, kind)) {
      return Check.Sight.failed(
          alone.distinct(),
          "must violate " + twin.violates() + " (" + twin.removes() + "); TLC: " + describe(alone));
    }
    if (quick) {
      return Check.Sight.held(
          alone.distinct(), "violates " + twin.violates() + "; whether nothing else was not asked");
    }
    ModelConfig others =
        weakened.asking(
            without(weakened.invariants(), twin.violates()),
            without(weakened.properties(), twin.violates()));
    if (others.invariants().isEmpty() && others.properties().isEmpty()) {
      return Check.Sight.held(alone.distinct(), "violates " + twin.violates() + " as it must");
    }
    CheckResult rest = check(twin.module(), others, base);
    return rest.verdict() == CheckResult.Verdict.HOLDS
        ? Check.Sight.held(rest.distinct(), "violates " + twin.violates() + " and nothing else")
        : Check.Sight.failed(
            rest.distinct(),
            "must violate " + twin.violates() + " only; TLC on the others: " + describe(rest));
  }

  private static boolean isViolation(CheckResult result, Manifest.PropertyKind kind) {
    return switch (kind) {
      case INVARIANT -> result.verdict() == CheckResult.Verdict.INVARIANT_VIOLATED;
      case STEP -> result.verdict() == CheckResult.Verdict.STEP_VIOLATED;
      case LIVENESS -> result.verdict() == CheckResult.Verdict.LIVENESS_VIOLATED;
      case REFINEMENT ->
          result.verdict() == CheckResult.Verdict.STEP_VIOLATED
              || result.verdict() == CheckResult.Verdict.INVARIANT_VIOLATED
              || result.verdict() == CheckResult.Verdict.LIVENESS_VIOLATED;
      case ASSUMPTION -> result.verdict() == CheckResult.Verdict.ASSUMPTION_FAILED;
    };
  }

  private static List<String> without(List<String> names, String name) {
    return names.stream().filter(other -> !other.equals(name)).toList();
  }

  private Manifest.Model base(String name, String of) {
    Manifest.Model model = models.get(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "manifest.json: " + of + " has the base " + name + ", which is no model");
    }
    return model;
  }

  private ModelConfig config(Manifest.Model model) throws IOException {
    return ModelConfig.parse(Files.readString(specs.resolve("models").resolve(model.config())));
  }

  private CheckResult check(String module, ModelConfig config, Manifest.Model base)
      throws InterruptedException {
    return ModelChecker.check(request(directories(), module, config, base));
  }

  private static CheckRequest request(
      List<Path> directories, String module, ModelConfig config, Manifest.Model base) {
    CheckRequest request =
        CheckRequest.of(directories, module, config.text())
            .withTimeout(Duration.ofSeconds(base.budgetSeconds()).multipliedBy(SLACK));
    return base.distinct() <= SMALL_STATES ? request.ofSmallModel() : request;
  }

  private static String describe(CheckResult result) {
    return result.verdict()
        + result.violated().map(name -> " " + name).orElse("")
        + " after "
        + result.distinct()
        + " states"
        + (result.message().isEmpty() ? "" : ": " + result.message());
  }
}
