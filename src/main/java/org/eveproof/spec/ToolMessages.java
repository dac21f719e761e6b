package org.eveproof.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what TLC prints with {@code -tool}: messages framed by lines that carry a code number. Only
 * the numbers decide; their meaning is fixed by TLC's class {@code tlc2.output.EC}.
 */
final class ToolMessages {
  static final int ASSUMPTION_FALSE = 2104;
  static final int INVARIANT_VIOLATED_INITIALLY = 2107;
  static final int PROPERTY_VIOLATED_INITIALLY = 2108;
  static final int INVARIANT_VIOLATED = 2110;
  static final int STEP_PROPERTY_VIOLATED = 2112;
  static final int DEADLOCK = 2114;
  static final int TEMPORAL_PROPERTY_VIOLATED = 2116;
  static final int SUCCESS = 2193;
  static final int DEPTH = 2194;
  static final int STATS = 2199;
  private static final int PROGRESS = 2200;
  private static final int BEHAVIOR_FOLLOWS = 2121;
  private static final List<Integer> TRACE = List.of(2216, 2217, 2218, 2122);

  private static final Pattern START = Pattern.compile("@!@!@STARTMSG (\\d+):(\\d+) @!@!@");
  private static final Pattern END = Pattern.compile("@!@!@ENDMSG (\\d+) @!@!@");
  private static final Pattern COUNTS =
      Pattern.compile(
          "([\\d,]+) states generated.*?([\\d,]+) distinct states found.*?([\\d,]+) states left",
          Pattern.DOTALL);
  private static final List<Integer> VIOLATIONS =
      List.of(
          INVARIANT_VIOLATED,
          INVARIANT_VIOLATED_INITIALLY,
          STEP_PROPERTY_VIOLATED,
          PROPERTY_VIOLATED_INITIALLY);
  private static final Pattern VIOLATED =
      Pattern.compile("(?:Invariant|Action property|Property) (.+?) is violated");
  private static final Pattern CHATTER =
      Pattern.compile("\\s*$|Parsing file|Semantic processing|\\*\\*\\*(?!Parse Error)");
  private static final int PARSING_FAILED = 3002;
  private static final int ERROR_SEVERITY = 1;
  private static final int MAX_STRAY_LINES = 20;

  private final Consumer<ModelChecker.Progress> progress;
  private final Map<Integer, String> first = new HashMap<>();
  private final List<String> errors = new ArrayList<>();
  private final Set<String> violations = new LinkedHashSet<>();
  private boolean otherErrors;
  private final StringBuilder trace = new StringBuilder();
  private final List<String> stray = new ArrayList<>();
  private Optional<ModelChecker.Progress> last = Optional.empty();

  private int code = -1;
  private int severity;
  private final StringBuilder body = new StringBuilder();

  ToolMessages(Consumer<ModelChecker.Progress> progress) {
    this.progress = progress;
  }

  void accept(String line) {
    Matcher start = START.matcher(line);
    if (start.matches()) {
      code = Integer.parseInt(start.group(1));
      severity = Integer.parseInt(start.group(2));
      body.setLength(0);
    } else if (END.matcher(line).matches()) {
      finish();
      code = -1;
    } else if (code >= 0) {
      body.append(line).append('\n');
    } else if (stray.size() < MAX_STRAY_LINES && !CHATTER.matcher(line).lookingAt()) {
      stray.add(line.strip());
    }
  }

  private void finish() {
    String text = body.toString();
    if (TRACE.contains(code)) {
      trace.append(text);
    } else if (code == PROGRESS) {
      last = counts(text);
      last.ifPresent(progress);
    } else {
      first.putIfAbsent(code, text);
      if (severity == ERROR_SEVERITY) {
        Matcher violated = VIOLATED.matcher(text);
        if (VIOLATIONS.contains(code) && violated.find()) {
          violations.add(violated.group(1));
        } else if (code != BEHAVIOR_FOLLOWS) {
          otherErrors = true;
        }
        errors.add(text.strip().replaceAll("\\s+", " "));
      }
    }
  }

  boolean has(int number) {
    return first.containsKey(number);
  }

  /** Returns the counts at the end of the run, or else the last that were reported. */
  Optional<ModelChecker.Progress> counts() {
    Optional<ModelChecker.Progress> end = counts(first.getOrDefault(STATS, ""));
    return end.isPresent() ? end : last;
  }

  private static Optional<ModelChecker.Progress> counts(String text) {
    Matcher matcher = COUNTS.matcher(text);
    return matcher.find()
        ? Optional.of(
            new ModelChecker.Progress(
                number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3))))
        : Optional.empty();
  }

  /** Returns the first number in a message, 0 if there is none. */
  int numberIn(int message) {
    Matcher matcher = Pattern.compile("\\d[\\d,]*").matcher(first.getOrDefault(message, ""));
    return matcher.find() ? (int) number(matcher.group()) : 0;
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace(",", ""));
  }

  /** Returns the names of the violated properties, in the order in which they were found. */
  Set<String> violations() {
    return Collections.unmodifiableSet(violations);
  }

  /** Says whether violated properties of states and steps are the only errors. */
  boolean hasViolationsOnly() {
    return !violations.isEmpty() && !otherErrors;
  }

  /** Returns the counterexample; if an initial state is to blame, that state. */
  String trace() {
    for (int message : List.of(INVARIANT_VIOLATED_INITIALLY, PROPERTY_VIOLATED_INITIALLY)) {
      String text = first.getOrDefault(message, "");
      if (text.contains("\n")) {
        return text.substring(text.indexOf('\n') + 1);
      }
    }
    return trace.toString();
  }

  boolean hasErrors() {
    return !errors.isEmpty();
  }

  /**
   * Returns the first error, or else what was printed outside of messages. What SANY has to say
   * about a module that does not parse is there, too.
   */
  String firstError() {
    return errors.isEmpty() || has(PARSING_FAILED) ? String.join(" ", stray) : errors.get(0);
  }
}
