package org.eveproof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eveproof.postprocessing.EpsilonBudget;
import org.junit.jupiter.api.Test;

final class EpsilonLinesTest {
  private static final EpsilonBudget BUDGET = new EpsilonBudget(1e-15, 1e-10, 2e-25, 4e-16);
  private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");

  /** Columns of the table in proofs/README.md, as they are between the bars. */
  private static final int PRINTED = 1;

  private static final int THEOREM = 4;

  @Test
  void showsEveryPartAndTheSum() {
    assertThat(EpsilonLines.text(BUDGET))
        .isEqualTo(
            "correctness 1.00e-15 + secrecy 1.00e-10 + authentication 2.00e-25"
                + " + verification 4.00e-16 = 1.00e-10");
    assertThat(EpsilonLines.json(BUDGET))
        .isEqualTo(
            Map.of(
                "correctness", 1e-15,
                "secrecy", 1e-10,
                "authentication", 2e-25,
                "verification", 4e-16,
                "total", BUDGET.total()));
  }

  /** Whoever looks a printed name up finds its theorem. */
  @Test
  void everyNameIsExplainedWithTheProofs() throws IOException {
    assertThat(EpsilonLines.json(BUDGET).keySet())
        .allSatisfy(name -> assertThat(printed()).contains(name));
  }

  /** Whichever command says it: every key of a JSON document that ends with its name. */
  @Test
  void everyEpsilonOfEveryDocumentIsExplainedWithTheProofs() throws IOException {
    Set<String> keys = keysOfDocuments();
    assertThat(keys).contains("totalEpsilon", "verificationEpsilon", "biasEpsilon", "epsilon");
    // The object with the five names of above.
    keys.remove("epsilon");
    assertThat(keys).allSatisfy(name -> assertThat(printed()).contains(name));
  }

  /** A row leads to a theorem that is proved, or to another row. */
  @Test
  void everyRowLeadsToATheorem() throws IOException {
    Set<String> proved =
        readme().stream()
            .flatMap(line -> found(Pattern.compile("^- `(\\w+)`: "), line))
            .collect(Collectors.toSet());
    assertThat(rows()).hasSizeGreaterThan(7);
    for (List<String> row : rows()) {
      List<String> named = found(QUOTED, row.get(THEOREM)).toList();
      assertThat(named).as(row.toString()).isNotEmpty();
      assertThat(named)
          .as(row.toString())
          .allSatisfy(
              name -> assertThat(proved.contains(name) || printed().contains(name)).isTrue());
    }
  }

  private static Set<String> keysOfDocuments() throws IOException {
    Pattern key = Pattern.compile("\"(\\w*[eE]psilon)\"\\s*,");
    try (Stream<Path> files =
        Files.walk(Path.of("src", "main", "java", "org", "eveproof", "cli"))) {
      Set<String> keys = new TreeSet<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        found(key, Files.readString(file)).forEach(keys::add);
      }
      return keys;
    }
  }

  /** What is printed, in the first cell of each row. */
  private static Set<String> printed() throws IOException {
    return rows().stream()
        .flatMap(row -> found(QUOTED, row.get(PRINTED)))
        .collect(Collectors.toSet());
  }

  private static List<List<String>> rows() throws IOException {
    return readme().stream()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> List.of(line.split("\\|")))
        .toList();
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(Path.of("proofs", "README.md"));
  }

  private static Stream<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1));
  }
}
