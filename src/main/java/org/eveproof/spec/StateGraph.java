package org.eveproof.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reachable states of a model and the steps between them, found breadth first, so that a state
 * with a smaller index is not farther from the initial states. The model's CONSTRAINTs and
 * ACTION_CONSTRAINTs hold; SYMMETRY and VIEW are not applied, since each state is one that an
 * implementation may be in.
 */
public final class StateGraph {
  private final List<SpecState> states;
  private final List<Edge> edges;
  private final List<Edge> firstEdges;
  private final int initial;
  private final boolean complete;

  private StateGraph(
      List<SpecState> states,
      List<Edge> edges,
      List<Edge> firstEdges,
      int initial,
      boolean complete) {
    this.states = Collections.unmodifiableList(states);
    this.edges = Collections.unmodifiableList(edges);
    this.firstEdges = firstEdges;
    this.initial = initial;
    this.complete = complete;
  }

  /**
   * A step.
   *
   * @param from index of the state before
   * @param action what happens
   * @param to index of the state after; the same as before if the action changes nothing
   */
  public record Edge(int from, ActionInstance action, int to) {}

  /**
   * Explores a model.
   *
   * @param oracle the model
   * @param maxStates at least 1; once there are so many states, no further ones are added, and
   *     steps to others are left out
   * @throws SpecException if something cannot be evaluated
   */
  public static StateGraph explore(SpecOracle oracle, int maxStates) {
    if (maxStates < 1) {
      throw new IllegalArgumentException("maxStates=" + maxStates);
    }
    List<SpecState> states = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    List<Edge> firstEdges = new ArrayList<>();
    Map<SpecState, Integer> index = new HashMap<>();
    boolean complete = true;
    for (SpecState state : oracle.initialStates()) {
      if (!oracle.isInModel(state)) {
        continue;
      }
      if (states.size() == maxStates) {
        complete = false;
      } else if (index.putIfAbsent(state, states.size()) == null) {
        states.add(state);
      }
    }
    int initial = states.size();
    for (int from = 0; from < states.size(); from++) {
      SpecState state = states.get(from);
      for (ActionInstance action : oracle.actions()) {
        for (SpecState next : oracle.successors(state, action)) {
          Integer known = index.get(next);
          if ((known == null && !oracle.isInModel(next)) || !oracle.isInModel(state, next)) {
            continue;
          }
          if (known == null && states.size() == maxStates) {
            complete = false;
            continue;
          }
          Edge edge = new Edge(from, action, known == null ? states.size() : known);
          edges.add(edge);
          if (known == null) {
            index.put(next, states.size());
            states.add(next);
            firstEdges.add(edge);
          }
        }
      }
    }
    return new StateGraph(states, edges, firstEdges, initial, complete);
  }

  /** Returns the states; the initial ones come first. */
  public List<SpecState> states() {
    return states;
  }

  /** Returns how many of the states are initial. */
  public int initialStates() {
    return initial;
  }

  /** Returns the steps, in the order of the states that they start from. */
  public List<Edge> edges() {
    return edges;
  }

  /** Tells whether all reachable states are there. */
  public boolean isComplete() {
    return complete;
  }

  /** Returns the steps of a shortest way from an initial state to the given one. */
  public List<Edge> pathTo(int state) {
    List<Edge> path = new ArrayList<>();
    int at = state;
    while (at >= initial) {
      Edge edge = firstEdges.get(at - initial);
      path.add(edge);
      at = edge.from();
    }
    Collections.reverse(path);
    return path;
  }
}
