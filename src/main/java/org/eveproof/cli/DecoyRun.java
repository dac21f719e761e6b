package org.eveproof.cli;

import java.io.IOException;
import org.eveproof.adversary.detection.DecoyExperiment;
import org.eveproof.quantum.decoy.OpticalLink;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.json.JsonMapper;

/** What the commands that run decoys have in common. Use as a picocli mixin. */
final class DecoyRun {
  @Mixin private CommonOptions options = new CommonOptions();
  @Mixin private DecoyOptions decoys = new DecoyOptions();
  @Mixin private PictureOption picture = new PictureOption();

  /** Runs it, prints and draws what was found, and returns the exit code. */
  int against(LightAttack attack, CommandSpec command) throws IOException {
    picture.check();
    OpticalLink link = decoys.link();
    if (link.receiver().afterpulseProbability() == 0) {
      GivenOptions.of(command)
          .refuse("--afterpulse-decay", "says nothing without --afterpulses; leave it out");
    }
    DecoyExperiment experiment =
        decoys.experiment(link, attack.eve().apply(link, attack.fraction()));
    long seed = options.seed().orElse(1);
    DecoyReport report = new DecoyReport(attack, experiment, seed, experiment.run(seed));
    command
        .commandLine()
        .getOut()
        .println(
            options.json()
                ? JsonMapper.shared()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(report.document())
                : report.text());
    command.commandLine().getOut().flush();
    if (picture.asked()) {
      picture.draw(DecoyPlot.charts(report));
    }
    return report.holds() ? ExitCodes.HELD : ExitCodes.VIOLATED;
  }
}
