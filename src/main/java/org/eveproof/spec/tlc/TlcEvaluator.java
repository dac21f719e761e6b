package org.eveproof.spec.tlc;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.Evaluator;
import org.eveproof.spec.Explanation;
import org.eveproof.spec.FalsePart;
import org.eveproof.spec.SourcePosition;
import org.eveproof.spec.SpecException;
import org.eveproof.spec.SpecOutline;
import org.eveproof.spec.SpecSource;
import org.eveproof.spec.TlaValue;
import org.eveproof.spec.ValueMaker;
import org.eveproof.spec.Violation;
import tla2sany.drivers.SANY;
import tla2sany.modanalyzer.SpecObj;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.st.Location;
import tlc2.tool.Action;
import tlc2.tool.EvalControl;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.util.Context;
import tlc2.util.FP64;
import tlc2.value.IBoolValue;
import tlc2.value.IValue;
import tlc2.value.impl.LazyValue;
import tlc2.value.impl.Value;
import util.ToolIO;
import util.UniqueString;

/** TLC's evaluator, loaded with one specification. A state is a {@link TLCState}. */
public final class TlcEvaluator implements Evaluator {
  private static final int MAX_CANDIDATES = 3;
  private static final String SYNTAX_ERROR = "***Parse Error***";
  private static final Pattern SYNTAX_PLACE = Pattern.compile("line (\\d+), column (\\d+)");
  private static final Pattern PARSED_FILE =
      Pattern.compile("Parsing file (?:\\S*[/\\\\])?(\\w+)\\.tla");
  private static final Pattern SEMANTIC_ERROR =
      Pattern.compile(
          "(?s)line (\\d+), col (\\d+) to line \\d+, col \\d+ of module (\\w+)\\s*(.*)");

  private final FastTool tool;
  private final ModuleFiles files;
  private final TlcValues values = new TlcValues();
  private final FalseParts falseParts;
  private final UniqueString[] variables;
  private final SpecOutline outline;
  private final List<String> invariantNames;
  private final List<String> stepPropertyNames;
  private final List<ActionInstance> instances;

  /** TLC's actions for each of ours: several if the definition is a disjunction. */
  private final Action[][] actions;

  /** For each of those, a bit for each variable that it never changes. */
  private final long[][] unchanged;

  /**
   * Loads a specification.
   *
   * @param source where it is
   * @param temporary an empty folder for this evaluator's own use
   * @throws SpecException if SANY or TLC rejects it
   */
  public TlcEvaluator(SpecSource source, Path temporary) {
    // Without this all fingerprints are equal.
    FP64.Init(0);
    silence();
    files = new ModuleFiles(source.directories(), temporary);
    tool = load(source, files);
    variables = declarationOrder(tool.getSpecProcessor().getVariablesNodes());
    falseParts = new FalseParts(tool, files, values);

    Map<ActionInstance, List<Action>> grouped = new LinkedHashMap<>();
    for (Action action : tool.getActions()) {
      grouped.computeIfAbsent(instance(action), any -> new ArrayList<>()).add(action);
    }
    instances = List.copyOf(grouped.keySet());
    actions = grouped.values().stream().map(a -> a.toArray(Action[]::new)).toArray(Action[][]::new);
    UnchangedVariables analysis = new UnchangedVariables(tool, variables);
    unchanged =
        Arrays.stream(actions)
            .map(as -> Arrays.stream(as).mapToLong(a -> analysis.of(a.pred)).toArray())
            .toArray(long[][]::new);
    Map<ActionInstance, Action> first = new LinkedHashMap<>();
    grouped.forEach((instance, of) -> first.put(instance, of.get(0)));
    OutlineReader reader = new OutlineReader(tool, files, variables);
    outline = reader.outline(instances, first);
    invariantNames = Arrays.stream(tool.getInvNames()).map(reader::property).toList();
    stepPropertyNames = Arrays.stream(tool.getImpliedActNames()).map(reader::property).toList();
  }

  /** Keeps TLC's chatter off the standard output; what matters comes as exceptions. */
  private static void silence() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    ToolIO.out = nowhere;
    ToolIO.err = nowhere;
  }

  private static FastTool load(SpecSource source, ModuleFiles files) {
    File root = files.resolve(source.module(), true);
    if (!root.isFile()) {
      throw new SpecException("no module " + source.module() + " in " + source.directories());
    }
    Path config = source.config().toAbsolutePath();
    if (!Files.isRegularFile(config)) {
      throw new SpecException("no configuration file " + source.config());
    }
    String configName = config.toString().replaceFirst("\\.cfg$", "");
    try {
      return new FastTool("", source.module(), configName, files);
    } catch (RuntimeException | StackOverflowError e) {
      throw new SpecException(
          parseProblem(source, files)
              .orElseGet(() -> source.config().getFileName() + ": " + TlcValues.message(e)),
          e);
    }
  }

  /** Asks SANY alone, which says more exactly than TLC what is wrong with a module. */
  private static Optional<String> parseProblem(SpecSource source, ModuleFiles files) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream captured = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      ToolIO.out = captured;
      SpecObj spec = new SpecObj(source.module(), files);
      SANY.frontEndInitialize(spec, captured);
      SANY.frontEndParse(spec, captured);
      if (spec.getParseErrors().isSuccess()) {
        SANY.frontEndSemanticAnalysis(spec, captured, true);
      }
      return Stream.of(spec.getInitErrors(), spec.getParseErrors(), spec.getSemanticErrors())
          .flatMap(
              errors ->
                  Stream.concat(
                      Arrays.stream(errors.getErrors()), Arrays.stream(errors.getAborts())))
          .findFirst()
          .map(TlcEvaluator::positionFirst);
    } catch (Exception e) {
      return Optional.of(syntaxProblem(output.toString(StandardCharsets.UTF_8), e));
    } finally {
      silence();
    }
  }

  private static String positionFirst(String problem) {
    Matcher matcher = SEMANTIC_ERROR.matcher(problem);
    return matcher.matches()
        ? matcher.group(3)
            + ":"
            + matcher.group(1)
            + ":"
            + matcher.group(2)
            + ": "
            + matcher.group(4)
        : problem;
  }

  /** SANY prints syntax errors, and throws something that does not say where they are. */
  private static String syntaxProblem(String printed, Exception thrown) {
    int details = printed.lastIndexOf(SYNTAX_ERROR);
    if (details < 0) {
      return TlcValues.message(thrown);
    }
    Matcher file = PARSED_FILE.matcher(printed);
    String module = "";
    while (file.find() && file.start() < details) {
      module = file.group(1);
    }
    String problem = printed.substring(details + SYNTAX_ERROR.length());
    int trace = problem.indexOf("Residual stack trace");
    problem = trace < 0 ? problem : problem.substring(0, trace);
    Matcher place = SYNTAX_PLACE.matcher(problem);
    return place.find()
        ? module + ":" + place.group(1) + ":" + place.group(2) + ": " + problem
        : module + ": " + problem;
  }

  /** SANY lists variables in no particular order; within a module we take that of the text. */
  private static UniqueString[] declarationOrder(OpDeclNode[] declarations) {
    List<String> modules =
        Arrays.stream(declarations).map(node -> location(node).source()).distinct().toList();
    return Arrays.stream(declarations)
        .sorted(
            Comparator.<OpDeclNode>comparingInt(node -> modules.indexOf(location(node).source()))
                .thenComparingInt(node -> location(node).beginLine())
                .thenComparingInt(node -> location(node).beginColumn()))
        .map(OpDeclNode::getName)
        .toArray(UniqueString[]::new);
  }

  private static Location location(OpDeclNode node) {
    return node.getTreeNode().getLocation();
  }

  private ActionInstance instance(Action action) {
    OpDefNode definition = action.getOpDef();
    if (definition == null) {
      return new ActionInstance("Next", Map.of());
    }
    Map<String, TlaValue> parameters = new LinkedHashMap<>();
    for (FormalParamNode parameter : definition.getParams()) {
      Object value = action.con.lookup(parameter);
      if (value instanceof Value bound && !(value instanceof LazyValue)) {
        parameters.put(parameter.getName().toString(), values.toTla(bound));
      }
    }
    return new ActionInstance(definition.getName().toString(), parameters);
  }

  @Override
  public SpecOutline outline() {
    return outline;
  }

  @Override
  public List<ActionInstance> actions() {
    return instances;
  }

  @Override
  public ValueMaker<Object> values() {
    return values;
  }

  @Override
  public Object state(List<Object> given) {
    TLCState state = TLCState.Empty.createEmpty();
    for (int i = 0; i < variables.length; i++) {
      state.bind(variables[i], (IValue) given.get(i));
    }
    return state;
  }

  @Override
  public TlaValue value(Object state, int variable) {
    return values.toTla(lookup(state, variable));
  }

  private IValue lookup(Object state, int variable) {
    return ((TLCState) state).lookup(variables[variable]);
  }

  @Override
  public boolean same(Object first, Object second) {
    for (int i = 0; i < variables.length; i++) {
      if (!TlcValues.same(lookup(first, i), lookup(second, i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hash(Object state) {
    // Not the state's own fingerprint: that one depends on SYMMETRY and VIEW.
    long hash = FP64.New();
    for (int i = 0; i < variables.length; i++) {
      hash = lookup(state, i).fingerPrint(hash);
    }
    return Long.hashCode(hash);
  }

  @Override
  public List<Object> initialStates() {
    try {
      List<Object> states = new ArrayList<>();
      addDistinct(states, tool.getInitStates(), "the initial predicate");
      return states;
    } catch (RuntimeException | StackOverflowError e) {
      throw new SpecException("cannot compute the initial states: " + TlcValues.message(e), e);
    }
  }

  @Override
  public List<Object> successors(Object state, int action) {
    try {
      List<Object> successors = new ArrayList<>();
      for (Action part : actions[action]) {
        addDistinct(
            successors,
            tool.getNextStates(part, (TLCState) state),
            instances.get(action).toString());
      }
      return successors;
    } catch (RuntimeException | StackOverflowError e) {
      throw new SpecException(
          "cannot evaluate " + instances.get(action) + ": " + TlcValues.message(e), e);
    }
  }

  private void addDistinct(List<Object> states, StateVec found, String where) {
    for (int i = 0; i < found.size(); i++) {
      TLCState state = found.elementAt(i);
      if (!state.allAssigned()) {
        throw new IllegalStateException(
            where
                + " does not determine "
                + state.getUnassigned().stream().map(node -> node.getName().toString()).toList());
      }
      state.deepNormalize();
      if (states.stream().noneMatch(known -> same(known, state))) {
        states.add(state);
      }
    }
  }

  @Override
  public boolean isStep(Object first, int action, Object second) {
    return isStep(first, action, second, difference(first, second));
  }

  private boolean isStep(Object first, int action, Object second, long difference) {
    Action[] parts = actions[action];
    for (int i = 0; i < parts.length; i++) {
      // The action leaves something unchanged that did change: no need to evaluate it.
      if ((unchanged[action][i] & difference) == 0
          && isTrue(parts[i], (TLCState) first, (TLCState) second)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTrue(Action action, TLCState first, TLCState second) {
    try {
      return tool.isValid(action, first, second);
    } catch (RuntimeException | StackOverflowError noValue) {
      return false;
    }
  }

  /** Returns a bit for each of the first 64 variables in which two states differ. */
  private long difference(Object first, Object second) {
    long difference = 0;
    for (int i = 0; i < Math.min(variables.length, Long.SIZE); i++) {
      if (!TlcValues.same(lookup(first, i), lookup(second, i))) {
        difference |= 1L << i;
      }
    }
    return difference;
  }

  @Override
  public int recognise(Object first, Object second, int hint) {
    long difference = difference(first, second);
    if (hint >= 0 && isStep(first, hint, second, difference)) {
      return hint;
    }
    for (int i = 0; i < actions.length; i++) {
      if (i != hint && isStep(first, i, second, difference)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean isInModel(Object state) {
    try {
      return tool.isInModel((TLCState) state);
    } catch (RuntimeException | StackOverflowError e) {
      throw new SpecException("cannot evaluate the constraint: " + TlcValues.message(e), e);
    }
  }

  @Override
  public boolean isInModel(Object first, Object second) {
    try {
      return tool.isInActions((TLCState) first, (TLCState) second);
    } catch (RuntimeException | StackOverflowError e) {
      throw new SpecException("cannot evaluate the action constraint: " + TlcValues.message(e), e);
    }
  }

  @Override
  public List<Violation> violatedInvariants(Object state) {
    return violated(tool.getInvariants(), invariantNames, (TLCState) state, TLCState.Empty);
  }

  @Override
  public List<Violation> violatedStepProperties(Object first, Object second) {
    return violated(
        tool.getImpliedActions(), stepPropertyNames, (TLCState) first, (TLCState) second);
  }

  private List<Violation> violated(
      Action[] properties, List<String> names, TLCState first, TLCState second) {
    List<Violation> violations = List.of();
    for (int i = 0; i < properties.length; i++) {
      if (!isTrue(properties[i], first, second)) {
        if (violations.isEmpty()) {
          violations = new ArrayList<>();
        }
        List<FalsePart> parts =
            falseParts.of(properties[i].pred, properties[i].con, first, second, names.get(i));
        violations.add(new Violation(names.get(i), position(names.get(i)), parts));
      }
    }
    return violations;
  }

  private SourcePosition position(String property) {
    return outline.properties().stream()
        .filter(known -> known.name().equals(property))
        .map(SpecOutline.Property::position)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the outline lacks " + property));
  }

  @Override
  public boolean holds(String predicate, Object state) {
    OpDefNode definition = tool.getRootModule().getOpDef(predicate);
    if (definition == null) {
      throw new IllegalArgumentException(outline.module() + " defines no operator " + predicate);
    }
    if (definition.getArity() != 0) {
      throw new IllegalArgumentException(predicate + " has parameters");
    }
    Object value;
    try {
      Object meaning = tool.lookup(definition);
      value =
          meaning instanceof OpDefNode operator
              ? tool.eval(
                  operator.getBody(),
                  Context.Empty,
                  (TLCState) state,
                  TLCState.Empty,
                  EvalControl.Clear)
              : meaning;
    } catch (RuntimeException | StackOverflowError e) {
      throw new SpecException("cannot evaluate " + predicate + ": " + TlcValues.message(e), e);
    }
    if (value instanceof IBoolValue truth) {
      return truth.getVal();
    }
    throw new SpecException(predicate + " is not TRUE or FALSE but " + value);
  }

  @Override
  public Explanation explain(Object first, int tried, Object second) {
    List<Explanation.Candidate> candidates = new ArrayList<>();
    for (int action = 0; action < actions.length; action++) {
      for (Action part : actions[action]) {
        candidates.add(
            new Explanation.Candidate(
                instances.get(action),
                falseParts.of(
                    part.pred,
                    part.con,
                    (TLCState) first,
                    (TLCState) second,
                    instances.get(action).name()),
                differing(first, part, second)));
      }
    }
    return new Explanation(
        names(first, second),
        candidates.stream()
            .sorted(
                Comparator.<Explanation.Candidate, Boolean>comparing(
                        candidate -> tried < 0 || !candidate.action().equals(instances.get(tried)))
                    .thenComparingInt(candidate -> candidate.falseParts().size())
                    .thenComparingLong(
                        candidate ->
                            candidate.falseParts().stream().filter(p -> !p.guard()).count())
                    .thenComparingInt(candidate -> candidate.differing().size()))
            .limit(MAX_CANDIDATES)
            .toList());
  }

  /** Returns in which variables a state differs from the nearest successor by an action. */
  private List<String> differing(Object first, Action action, Object second) {
    List<String> nearest = Arrays.stream(variables).map(UniqueString::toString).toList();
    try {
      StateVec successors = tool.getNextStates(action, (TLCState) first);
      for (int i = 0; i < successors.size(); i++) {
        List<String> differing = names(successors.elementAt(i), second);
        if (differing.size() < nearest.size()) {
          nearest = differing;
        }
      }
    } catch (RuntimeException | StackOverflowError noSuccessors) {
      // The false parts say what cannot be evaluated.
      return nearest;
    }
    return nearest;
  }

  private List<String> names(Object first, Object second) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < variables.length; i++) {
      if (!TlcValues.same(lookup(first, i), lookup(second, i))) {
        names.add(variables[i].toString());
      }
    }
    return names;
  }
}
