package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.eveproof.conformance.Conformances;
import org.eveproof.evidence.AttackChecks;
import org.eveproof.evidence.Check;
import org.eveproof.evidence.ConformanceChecks;
import org.eveproof.evidence.LinkChecks;
import org.eveproof.evidence.ProofChecks;
import org.eveproof.evidence.SpecChecks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eveproof verify}: the whole job. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Does the whole job: model-checks the specifications, drives the implementation honestly and"
          + " under attack with TLC's evaluator as the judge, runs the reference link, and says what"
          + " held, with the numbers.",
      "Evidence goes to target/evidence/verify.json."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int CHAINS = 500;
  private static final int QUICK_CHAINS = 150;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private CommonOptions options = new CommonOptions();

  @Option(
      names = "--quick",
      description =
          "The short form: without the larger models and the goals (the table says skipped), without"
              + " the proof that a red twin violates nothing but its property, with fewer chains.")
  private boolean quick;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path specs = EveproofHome.specs();
    long seed = options.seed().orElse(1);
    List<Check> checks = new ArrayList<>(new SpecChecks(specs).all(quick));
    checks.addAll(
        ConformanceChecks.of(Conformances.all(specs), quick ? QUICK_CHAINS : CHAINS, seed));
    checks.addAll(LinkChecks.all(seed));
    checks.addAll(AttackChecks.all(seed));
    checks.addAll(
        ProofChecks.all(
            EveproofHome.folder().resolve("proofs"), EveproofHome.evidence().resolve("proofs")));
    return new CheckRunner(command, options)
        .run(checks, quick, seed, EveproofHome.evidence().resolve("verify.json"));
  }
}
