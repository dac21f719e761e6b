package org.eveproof.spec;

import java.util.List;

/**
 * TLC's evaluator for one specification, as {@link SpecOracle} uses it. Its one implementation is
 * loaded together with TLC in a class loader of its own, which is why this interface is public;
 * nobody else should use it. States and actions are handles: an object that only the implementation
 * understands, and an index into {@link #actions()}. Values of variables are handles, too. Not safe
 * for threads.
 */
public interface Evaluator {
  /** Returns what the specification declares. */
  SpecOutline outline();

  /** Returns each action with each binding of its parameters. */
  List<ActionInstance> actions();

  /** Returns what makes the values that states consist of. */
  ValueMaker<Object> values();

  /** Returns the state with the given values, in the order of the variables. */
  Object state(List<Object> values);

  /** Returns the value of the variable with the given index. */
  TlaValue value(Object state, int variable);

  /** Tells whether two states are equal. */
  boolean same(Object first, Object second);

  /** Returns a hash that equal states share. */
  int hash(Object state);

  /** Returns the initial states. */
  List<Object> initialStates();

  /** Returns the distinct states that an action leads to. */
  List<Object> successors(Object state, int action);

  /** Tells whether two states are a step of the action. */
  boolean isStep(Object first, int action, Object second);

  /** Returns the first action, the hint before all others, of which this is a step; else -1. */
  int recognise(Object first, Object second, int hint);

  /** Tells whether the model's constraints admit the state. */
  boolean isInModel(Object state);

  /** Tells whether the model's action constraints admit the step. */
  boolean isInModel(Object first, Object second);

  /** Returns the invariants that are not true. */
  List<Violation> violatedInvariants(Object state);

  /** Returns the step properties that are not true. */
  List<Violation> violatedStepProperties(Object first, Object second);

  /** Evaluates a state predicate. */
  boolean holds(String predicate, Object state);

  /** Says why the pair is no step of the action tried (unless -1), and which it nearly is. */
  Explanation explain(Object first, int tried, Object second);
}
