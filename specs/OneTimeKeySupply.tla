-------------------------- MODULE OneTimeKeySupply --------------------------
(***************************************************************************)
(* What the composition assumes of the handover, and PskHandover provides  *)
(* (specs/models/MCPskHandoverRefinesOneTimeKeySupply.tla).                *)
(*                                                                         *)
(* Both ends authenticate with the same block of one-time keys: a block    *)
(* comes into use only if both ends hold it and hold the same, first at    *)
(* Alice, then at Bob; a block that one end uses is not destroyed at the   *)
(* other. That no one-time key is used twice is NoPadReuse of PskHandover. *)
(***************************************************************************)
EXTENDS Integers

Party == {"alice", "bob"}
Peer(p) == IF p = "alice" THEN "bob" ELSE "alice"

VARIABLES
  current,      \* current[p]: the block in use at p, by the round that made it; 0: the bootstrap's
  staged,       \* staged[p]: the block at p that waits to come into use; 0: none
  dry,          \* dry[p]: p has too few one-time keys left for another round, its own or its peer's
  differ,       \* environment: the blocks that are not the same at both ends
  open          \* environment: the parties towards whom nothing is promised at present: Eve can
                \* authenticate there, or the ends are not in the same epoch

TypeOK ==
  /\ current \in [Party -> Nat]
  /\ staged \in [Party -> Nat]
  /\ dry \in [Party -> BOOLEAN]

Init ==
  /\ current = [p \in Party |-> 0]
  /\ staged = [p \in Party |-> 0]
  /\ dry = [p \in Party |-> FALSE]

\* Party p lays block n of a finished round aside.
Stage(p, n) ==
  /\ staged[p] = 0 /\ n > current[p]
  /\ staged' = [staged EXCEPT ![p] = n]
  /\ current' = current

\* Alice may use block n once Bob is ready to accept it; Bob may once she does.
PeerReady(p, n) ==
  /\ n \notin differ
  /\ IF p = "alice" THEN staged["bob"] = n \/ current["bob"] = n ELSE current["alice"] = n

\* Block n comes into use at p.
Commit(p) ==
  /\ staged[p] # 0
  /\ PeerReady(p, staged[p]) \/ p \in open
  /\ current' = [current EXCEPT ![p] = staged[p]]
  /\ staged' = [staged EXCEPT ![p] = 0]
  /\ dry' \in [Party -> BOOLEAN]
  /\ ~dry'[p] /\ (dry[Peer(p)] => dry'[Peer(p)])

\* Block n is destroyed at p before it came into use; never one that the peer already uses.
Discard(p) ==
  /\ staged[p] # 0
  /\ current[Peer(p)] # staged[p] \/ p \in open
  /\ staged' = [staged EXCEPT ![p] = 0]
  /\ current' = current

\* Messages use up one-time keys.
Deplete ==
  /\ dry' \in [Party -> BOOLEAN]
  /\ \A p \in Party : dry[p] => dry'[p]

\* A new credential for the parties in P: everything begins again there.
Renew(P) ==
  /\ current' = [p \in Party |-> IF p \in P THEN 0 ELSE current[p]]
  /\ staged' = [p \in Party |-> IF p \in P THEN 0 ELSE staged[p]]
  /\ dry' = [p \in Party |-> IF p \in P THEN FALSE ELSE dry[p]]

Next ==
  \/ UNCHANGED <<current, staged>> /\ Deplete
  \/ \E p \in Party : Stage(p, staged'[p]) /\ Deplete
  \/ \E p \in Party : Commit(p)
  \/ \E p \in Party : Discard(p) /\ Deplete
  \/ \E P \in SUBSET Party : Renew(P)

Spec == Init /\ [][Next]_<<current, staged, dry>>

(***************************************************************************)
(* What is not claimed: that a block is ever committed, or that the supply *)
(* lasts.                                                                  *)
(***************************************************************************)
=============================================================================
