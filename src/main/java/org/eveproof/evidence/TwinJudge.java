package org.eveproof.evidence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eveproof.spec.CheckResult;
import org.eveproof.spec.ModelConfig;

/**
 * Judges a red twin: it must violate its property and no other.
 *
 * @param twin the weakened specification
 * @param instance that it weakens
 * @param kind of the property that it violates
 */
record TwinJudge(Manifest.RedTwin twin, Instance instance, Manifest.PropertyKind kind) {

  /**
   * Judges.
   *
   * @param quick whether to ask only for the violation
   */
  Check.Sight judge(boolean quick) throws IOException, InterruptedException {
    ModelConfig weakened = instance.config().replacing(twin.replace());
    ModelConfig others =
        weakened.asking(
            without(weakened.invariants(), twin.violates()),
            without(weakened.properties(), twin.violates()));
    boolean nothingElse = others.invariants().isEmpty() && others.properties().isEmpty();
    if (kind == Manifest.PropertyKind.INVARIANT && !quick && !nothingElse) {
      CheckResult both = inOneRun(others);
      if (both.verdict() == CheckResult.Verdict.EXPLORED_WITH_VIOLATIONS
          && both.violations().equals(Set.of(watch()))) {
        return Check.Sight.held(
            both.distinct(), "violates " + twin.violates() + " and nothing else");
      }
      // What is wrong is found out and said by the two runs that define it.
    }
    CheckResult alone = alone(weakened);
    if (!isViolation(alone)) {
      return Check.Sight.failed(
          alone.distinct(),
          "must violate "
              + twin.violates()
              + " ("
              + twin.removes()
              + "); TLC: "
              + Instance.describe(alone));
    }
    if (quick) {
      return Check.Sight.held(
          alone.distinct(), "violates " + twin.violates() + "; whether nothing else was not asked");
    }
    if (nothingElse) {
      return Check.Sight.held(alone.distinct(), "violates " + twin.violates() + " as it must");
    }
    CheckResult rest = instance.check(twin.module(), others);
    return rest.verdict() == CheckResult.Verdict.HOLDS
        ? Check.Sight.held(rest.distinct(), "violates " + twin.violates() + " and nothing else")
        : Check.Sight.failed(
            rest.distinct(),
            "must violate "
                + twin.violates()
                + " only; TLC on the others: "
                + Instance.describe(rest));
  }

  private CheckResult alone(ModelConfig weakened) throws InterruptedException {
    List<String> property = List.of(twin.violates());
    return instance.check(
        twin.module(),
        kind == Manifest.PropertyKind.INVARIANT
            ? weakened.asking(property, List.of())
            : weakened.asking(List.of(), property));
  }

  private String watch() {
    return "Watched" + twin.violates();
  }

  /**
   * Explores everything, past violations. TLC names one violated invariant of a state, the first:
   * the twin's own comes last, so that it hides no other, and is false only once, for each
   * violation is written out with its trace.
   */
  private CheckResult inOneRun(ModelConfig others) throws IOException, InterruptedException {
    List<String> invariants = new ArrayList<>(others.invariants());
    invariants.add(watch());
    return instance.check(
        new Instance.Extension(
            "Watching" + twin.name(),
            twin.module(),
            String.join(
                System.lineSeparator(),
                "LOCAL INSTANCE TLC",
                "ASSUME TLCSet(1, FALSE)",
                watch() + " == " + twin.violates() + " \\/ TLCGet(1) \\/ ~TLCSet(1, TRUE)")),
        others.asking(invariants, others.properties()),
        true);
  }

  private boolean isViolation(CheckResult result) {
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
}
