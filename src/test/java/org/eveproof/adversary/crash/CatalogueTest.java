package org.eveproof.adversary.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eveproof.adversary.crash.Catalogue.Target;
import org.eveproof.adversary.crash.SiteReport.Word;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueTest {
  private static final int ROUNDS = 3;

  @TempDir private Path directory;

  /** What an undisturbed life passes, and how often, is what the catalogue says, and no less. */
  @Test
  void namesThePlacesThatLinksPass() throws IOException, InterruptedException {
    Map<Party, Map<String, Integer>> passed = new EnumMap<>(Party.class);
    try (LinkProcesses sites =
        new LinkProcesses(new SiteCommand(), directory, Trouble.NONE, 1, ROUNDS)) {
      runToTheEnd(sites, passed);
      // A second life meets the peer without a bootstrap.
      sites.calm(ROUNDS + 1);
      runToTheEnd(sites, passed);
    }
    List<String> never =
        Stream.concat(Catalogue.bootstrap().stream(), Catalogue.others().stream())
            .filter(target -> times(passed, target) < target.stop().ordinal())
            .map(target -> target.party() + " " + target.stop())
            .toList();
    assertThat(never).isEmpty();
    TreeSet<String> unknown = new TreeSet<>();
    passed.forEach(
        (party, places) ->
            places.keySet().stream()
                .filter(place -> !isOfTheEnd(place) && !isNamed(party, place))
                .forEach(place -> unknown.add(party + " " + place)));
    assertThat(unknown).isEmpty();
  }

  private static void runToTheEnd(LinkProcesses sites, Map<Party, Map<String, Integer>> passed)
      throws IOException, InterruptedException {
    sites.start(Party.ALICE, Optional.empty());
    while (!sites.isPortKnown()) {
      sites.next(CrashCampaign.PATIENCE);
    }
    sites.start(Party.BOB, Optional.empty());
    int ended = 0;
    while (ended < 2) {
      SiteReport report = sites.next(CrashCampaign.PATIENCE).orElseThrow();
      ended += report.word() == Word.ENDED ? 1 : 0;
    }
    for (Party party : Party.values()) {
      Map<String, Integer> all = passed.computeIfAbsent(party, none -> new HashMap<>());
      passes(sites.kill(party).orElseThrow())
          .forEach((place, times) -> all.merge(place, times, Math::max));
    }
  }

  private static boolean isNamed(Party party, String place) {
    return Stream.concat(Catalogue.bootstrap().stream(), Catalogue.others().stream())
        .anyMatch(target -> target.party() == party && name(target).equals(place));
  }

  /** Writes of the guard when the ledger is opened change nothing; a close is not killed in. */
  private static boolean isOfTheEnd(String place) {
    return place.endsWith(" CLOSE")
        || (place.startsWith("GUARD") && place.endsWith(" " + MessageName.NOTHING));
  }

  private static int times(Map<Party, Map<String, Integer>> passed, Target target) {
    return Objects.requireNonNull(passed.get(target.party())).getOrDefault(name(target), 0);
  }

  private static String name(Target target) {
    return target.stop().place() + " " + target.stop().message();
  }

  private static Map<String, Integer> passes(Path log) throws IOException {
    Map<String, Integer> passes = new HashMap<>();
    for (String line : SiteLog.read(log)) {
      if (line.startsWith(SiteLog.PASSES)) {
        passes.merge(line.substring(SiteLog.PASSES.length() + 1), 1, Integer::sum);
      }
    }
    return passes;
  }
}
