package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A state of the bootstrap in the words of {@code AuthBootstrap}: the components are its variables.
 *
 * @param clock days since the start of the story
 * @param cred what is registered for each honest key
 * @param revoked for each party, whether it heard of a revocation
 * @param runs for each party, how many runs it began
 * @param st what each party is doing
 * @param net each proof that an honest party sent
 * @param stolen keys that Eve stole
 * @param broken whether Eve can make any proof
 * @param sess the sessions, from the first
 * @param began on what each run was begun
 * @param accepted which proof was accepted in which run
 * @param late for each party, whether a revocation stopped it
 */
record AuthBootstrapSnapshot(
    int clock,
    Map<String, Registered> cred,
    Map<String, Boolean> revoked,
    Map<String, Integer> runs,
    Map<String, RunState> st,
    Set<ProofSent> net,
    Set<String> stolen,
    boolean broken,
    List<SessionState> sess,
    Set<RunBegun> began,
    Set<ProofAccepted> accepted,
    Map<String, Boolean> late) {

  /** What vouches for a key, and what it is for. */
  record Registered(int full, int marginal, String use) {
    static final Registered NOTHING = new Registered(0, 0, "none");
  }

  /** Where one party stands. */
  record RunState(String ph, String peer, int na, int nb, Set<Integer> offer, int choice) {
    static RunState resting(String ph) {
      return new RunState(ph, "none", 0, 0, Set.of(), 0);
    }
  }

  /** A proof, and who made it in which run. */
  record ProofSent(
      String kind,
      String key,
      String caller,
      String callee,
      int na,
      int nb,
      Set<Integer> offer,
      int choice,
      boolean good,
      String by,
      int run) {
    /** Returns the same statement, made by somebody else. */
    ProofSent by(String maker, int inRun) {
      return new ProofSent(kind, key, caller, callee, na, nb, offer, choice, good, maker, inRun);
    }
  }

  /** A session, and what Eve has of it. */
  record SessionState(
      String ph, String auth, Set<String> source, boolean mitm, boolean known, boolean bad) {}

  /** On what a run was begun. */
  record RunBegun(String at, String peer, int time, Registered cred, boolean revoked) {}

  /** Who accepted which proof, and what it believed then. */
  record ProofAccepted(
      String at,
      int run,
      String peer,
      String kind,
      int na,
      int nb,
      Set<Integer> offer,
      int choice,
      ProofSent proof) {}
}
