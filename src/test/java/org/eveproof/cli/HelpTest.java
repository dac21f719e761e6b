package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help of every command can be printed: a lone percent sign would be a format of its own. */
class HelpTest {
  @ParameterizedTest
  @MethodSource("commands")
  void everyTextIsAFormatWithoutArguments(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    List<String> texts =
        Stream.of(
                Stream.of(usage.description(), usage.footer(), usage.header()),
                spec.options().stream().map(CommandLine.Model.ArgSpec::description),
                spec.positionalParameters().stream().map(CommandLine.Model.ArgSpec::description))
            .flatMap(lines -> lines)
            .flatMap(Stream::of)
            .toList();
    assertThat(texts).isNotEmpty();
    assertThat(texts)
        .allSatisfy(
            text -> assertThat(text.replace("%n", "").replace("%%", "")).doesNotContain("%"));
  }

  static List<CommandLine> commands() {
    return withThoseBelow(Eveproof.commandLine()).toList();
  }

  private static Stream<CommandLine> withThoseBelow(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpTest::withThoseBelow));
  }
}
