package org.eveproof.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.spec.CheckResult;
import org.eveproof.spec.ModelConfig;
import org.eveproof.spec.SpecSource;

/**
 * What TLC must show of the specifications, by the manifest: each model holds with its exact
 * counts; each red twin violates one property and no other; each goal is reached; the texts are the
 * pinned ones; nothing is left without a check.
 */
public final class SpecChecks {
  /** Most distinct states of a model that the short form checks. */
  private static final int QUICK_STATES = 2_000;

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
      Map<String, Goals> goals = goals(specification);
      specification.reach().forEach(goal -> checks.add(reach(specification, goal, goals, quick)));
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
      for (Manifest.RedTwin twin : specification.red()) {
        if (red.add(twin.module())) {
          sources.add(source(twin.module(), base(twin.base(), twin.name())));
        }
      }
    }
    for (Manifest.Specification specification : manifest.specifications()) {
      for (Manifest.Model model : specification.models()) {
        sources.add(source(model.module(), model));
      }
    }
    return sources;
  }

  private SpecSource source(String module, Manifest.Model model) {
    return new SpecSource(
        Instance.directories(specs), module, specs.resolve("models").resolve(model.config()));
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
      ModelConfig config = instance(model).config();
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
          ModelConfig config = instance(model).config();
          CheckResult result = instance(model).check(model.module(), config);
          if (result.verdict() != CheckResult.Verdict.HOLDS) {
            return Check.Sight.failed(
                result.distinct(), "must hold; TLC: " + Instance.describe(result));
          }
          if (result.distinct() != model.distinct() || result.depth() != model.depth()) {
            return Check.Sight.failed(
                result.distinct(),
                String.format(
                    "%d distinct states, depth %d; the manifest says %d, depth %d",
                    result.distinct(), result.depth(), model.distinct(), model.depth()));
          }
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

  /** Returns the goals of each instance, which are looked for together. */
  private Map<String, Goals> goals(Manifest.Specification specification) {
    return specification.reach().stream()
        .collect(
            Collectors.groupingBy(
                Manifest.ReachGoal::base,
                Collectors.collectingAndThen(Collectors.toList(), this::together)));
  }

  private Goals together(List<Manifest.ReachGoal> goals) {
    Manifest.ReachGoal first = goals.get(0);
    return new Goals(
        instance(base(first.base(), first.name())),
        goals.stream().map(Manifest.ReachGoal::name).toList());
  }

  private static Check reach(
      Manifest.Specification specification,
      Manifest.ReachGoal goal,
      Map<String, Goals> goals,
      boolean quick) {
    return new Check(
        specification.spec(),
        Finding.Kind.REACH,
        goal.name(),
        "instance " + goal.base(),
        name -> name.equals(goal.name()) || name.equals(specification.spec()),
        () ->
            quick
                ? new Check.Sight(Finding.Verdict.SKIPPED, 0, "the short form leaves goals out")
                : Objects.requireNonNull(goals.get(goal.base())).look(goal));
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
    Manifest.PropertyKind kind =
        specification.properties().stream()
            .filter(property -> property.name().equals(twin.violates()))
            .map(Manifest.Property::kind)
            .findFirst()
            .orElseThrow(() -> new IOException(twin.name() + " violates an unlisted property"));
    return new TwinJudge(twin, instance(base(twin.base(), twin.name())), kind).judge(quick);
  }

  private Manifest.Model base(String name, String of) {
    Manifest.Model model = models.get(name);
    if (model == null) {
      throw new IllegalArgumentException(
          "manifest.json: " + of + " has the base " + name + ", which is no model");
    }
    return model;
  }

  private Instance instance(Manifest.Model model) {
    return new Instance(specs, model);
  }
}
