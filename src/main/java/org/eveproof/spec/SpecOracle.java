package org.eveproof.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A specification that answers questions about states and steps, by TLC's own evaluation of its
 * text.
 *
 * <p>TLC keeps the specification in static fields, so each oracle has TLC in a class loader of its
 * own, and several oracles live side by side. Loading takes 0.3 to 1 s. TLC's values are not made
 * for threads: the methods of an oracle, and of its states, exclude one another.
 */
public final class SpecOracle implements AutoCloseable {
  private static final String EVALUATOR = "org.eveproof.spec.tlc.TlcEvaluator";

  private final Path temporary;
  private final Evaluator evaluator;
  private final SpecOutline outline;
  private final List<ActionInstance> actions;
  private final Map<ActionInstance, Integer> actionIndex = new HashMap<>();
  private final Map<String, Integer> variableIndex = new LinkedHashMap<>();

  private @Nullable List<SpecState> initialStates;

  private SpecOracle(Path temporary, Evaluator evaluator) {
    this.temporary = temporary;
    this.evaluator = evaluator;
    this.outline = evaluator.outline();
    this.actions = List.copyOf(evaluator.actions());
    for (int i = 0; i < actions.size(); i++) {
      actionIndex.put(actions.get(i), i);
    }
    for (int i = 0; i < outline.variables().size(); i++) {
      variableIndex.put(outline.variables().get(i).name(), i);
    }
  }

  /**
   * Parses a specification with its configuration.
   *
   * @throws SpecException if SANY or TLC rejects it
   */
  public static SpecOracle load(SpecSource source) {
    Path temporary;
    try {
      temporary = Files.createTempDirectory("eveproof-spec");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder for the standard modules", e);
    }
    boolean loaded = false;
    try {
      ClassLoader tlc = new TlcClassLoader(SpecOracle.class.getClassLoader());
      Evaluator evaluator =
          (Evaluator)
              tlc.loadClass(EVALUATOR)
                  .getConstructor(SpecSource.class, Path.class)
                  .newInstance(source, temporary);
      SpecOracle oracle = new SpecOracle(temporary, evaluator);
      loaded = true;
      return oracle;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SpecException problem) {
        throw problem;
      }
      throw new AssertionError("TLC failed to start", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(EVALUATOR + " is not as expected", e);
    } finally {
      if (!loaded) {
        TemporaryFolder.delete(temporary);
      }
    }
  }

  /** Returns what the specification declares. */
  public SpecOutline outline() {
    return outline;
  }

  /**
   * Returns each action with each binding of its parameters, in the order of the specification.
   * Parameters that range over sets which depend on the state are not bound: such an action appears
   * once, without them.
   */
  public List<ActionInstance> actions() {
    return actions;
  }

  /**
   * Makes a state.
   *
   * @param variables a value for each variable of the specification, and nothing else: a {@link
   *     TlaValue} or any object that {@link TlaValue#of(Object)} understands
   * @throws IllegalArgumentException if a variable is missing, if there is another name, or if a
   *     value is one that TLC cannot represent (a set of strings and integers, say)
   */
  public SpecState state(Map<String, ?> variables) {
    for (String name : variables.keySet()) {
      if (!variableIndex.containsKey(name)) {
        throw new IllegalArgumentException(outline.module() + " has no variable " + name);
      }
    }
    return locked(
        () -> {
          List<Object> values = new ArrayList<>(variableIndex.size());
          for (String variable : variableIndex.keySet()) {
            values.add(value(variable, variables.get(variable)));
          }
          return new SpecState(this, evaluator.state(values));
        });
  }

  private Object value(String variable, @Nullable Object object) {
    if (object == null) {
      throw new IllegalArgumentException(
          "no value for the variable " + variable + " of " + outline.module());
    }
    try {
      return JavaValues.make(object, evaluator.values());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("variable " + variable + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes a state from a record whose components are named as the variables; see {@link
   * TlaValue#of(Object)} for the values.
   *
   * @throws IllegalArgumentException as for {@link #state(Map)}
   */
  public SpecState state(Record snapshot) {
    return state(JavaValues.components(snapshot));
  }

  /**
   * Returns the initial states.
   *
   * @throws SpecException if they cannot be computed
   */
  public List<SpecState> initialStates() {
    return locked(
        () -> {
          if (initialStates == null) {
            initialStates = wrap(evaluator.initialStates());
          }
          return initialStates;
        });
  }

  /**
   * Returns the distinct states that an action leads to; none if it is disabled. The model's
   * CONSTRAINTs are not applied.
   *
   * @throws IllegalArgumentException if it is not one of {@link #actions()}
   * @throws SpecException if TLC cannot evaluate the action in this state: that is never "disabled"
   */
  public List<SpecState> successors(SpecState state, ActionInstance action) {
    int index = index(action);
    Object handle = handle(state);
    return locked(() -> wrap(evaluator.successors(handle, index)));
  }

  /**
   * Tells whether two states are a step of an action. An action that cannot be evaluated on them
   * does not allow them; {@link #explain} says why.
   *
   * @throws IllegalArgumentException if it is not one of {@link #actions()}
   */
  public boolean isStep(SpecState first, ActionInstance action, SpecState second) {
    int index = index(action);
    Object from = handle(first);
    Object to = handle(second);
    return locked(() -> evaluator.isStep(from, index, to));
  }

  /**
   * Returns the first action, in the order of {@link #actions()}, of which two states are a step. A
   * stuttering pair is a step only if some action leaves everything unchanged.
   */
  public Optional<ActionInstance> recognise(SpecState first, SpecState second) {
    return recognise(first, second, -1);
  }

  /** As {@link #recognise(SpecState, SpecState)}, but tries the given action before the others. */
  public Optional<ActionInstance> recognise(
      SpecState first, SpecState second, ActionInstance hint) {
    return recognise(first, second, index(hint));
  }

  private Optional<ActionInstance> recognise(SpecState first, SpecState second, int hint) {
    Object from = handle(first);
    Object to = handle(second);
    int index = locked(() -> evaluator.recognise(from, to, hint));
    return index < 0 ? Optional.empty() : Optional.of(actions.get(index));
  }

  /** Tells whether the model's CONSTRAINTs admit a state. */
  public boolean isInModel(SpecState state) {
    Object handle = handle(state);
    return locked(() -> evaluator.isInModel(handle));
  }

  /** Tells whether the model's ACTION_CONSTRAINTs admit a step. */
  public boolean isInModel(SpecState first, SpecState second) {
    Object from = handle(first);
    Object to = handle(second);
    return locked(() -> evaluator.isInModel(from, to));
  }

  /**
   * Returns the invariants of the configuration, and the properties of the form {@code []P}, that
   * are not TRUE in a state. The model's CONSTRAINTs are not applied.
   */
  public List<Violation> violatedInvariants(SpecState state) {
    Object handle = handle(state);
    return locked(() -> evaluator.violatedInvariants(handle));
  }

  /**
   * Returns the properties of the form {@code [][A]_v} (also as parts of others, as in a
   * refinement) that are not TRUE of a step.
   */
  public List<Violation> violatedStepProperties(SpecState first, SpecState second) {
    Object from = handle(first);
    Object to = handle(second);
    return locked(() -> evaluator.violatedStepProperties(from, to));
  }

  /**
   * Evaluates an operator without parameters.
   *
   * @throws IllegalArgumentException if the root module (with what it extends) has no such operator
   *     or it has parameters
   * @throws SpecException if it has no truth value in this state
   */
  public boolean holds(String predicate, SpecState state) {
    Object handle = handle(state);
    return locked(() -> evaluator.holds(predicate, handle));
  }

  /** Says why two states are not a step: the nearest actions and what of them is false. */
  public Explanation explain(SpecState first, SpecState second) {
    return explain(first, -1, second);
  }

  /**
   * As {@link #explain(SpecState, SpecState)}, but with the action that was tried before the
   * others.
   *
   * @throws IllegalArgumentException if it is not one of {@link #actions()}
   */
  public Explanation explain(SpecState first, ActionInstance tried, SpecState second) {
    return explain(first, index(tried), second);
  }

  private Explanation explain(SpecState first, int tried, SpecState second) {
    Object from = handle(first);
    Object to = handle(second);
    return locked(() -> evaluator.explain(from, tried, to));
  }

  /** Deletes the oracle's temporary files. Its states must not be used afterwards. */
  @Override
  public void close() {
    TemporaryFolder.delete(temporary);
  }

  TlaValue value(SpecState state, String variable) {
    Integer index = variableIndex.get(variable);
    if (index == null) {
      throw new IllegalArgumentException(outline.module() + " has no variable " + variable);
    }
    return locked(() -> evaluator.value(state.handle(), index));
  }

  boolean same(Object first, Object second) {
    return locked(() -> evaluator.same(first, second));
  }

  int hash(Object state) {
    return locked(() -> evaluator.hash(state));
  }

  private synchronized <T> T locked(Supplier<T> question) {
    return question.get();
  }

  private List<SpecState> wrap(List<Object> handles) {
    return handles.stream().map(handle -> new SpecState(this, handle)).toList();
  }

  private Object handle(SpecState state) {
    if (state.oracle() != this) {
      throw new IllegalArgumentException("a state of another oracle");
    }
    return state.handle();
  }

  private int index(ActionInstance action) {
    Integer index = actionIndex.get(action);
    if (index == null) {
      throw new IllegalArgumentException(outline.module() + " has no action " + action);
    }
    return index;
  }
}
