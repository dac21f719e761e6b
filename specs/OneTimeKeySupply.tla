-------------------------- MODULE OneTimeKeySupply --------------------------
(***************************************************************************)
(* What the composition assumes of the handover, and PskHandover provides. *)
(*                                                                         *)
(* Both ends authenticate with the same block of one-time keys, or with    *)
(* none: a block comes into use only if both ends hold it and hold the     *)
(* same, first at Alice, then at Bob. When too few one-time keys are left, *)
(* the round waits: none is used twice.                                    *)
(***************************************************************************)
EXTENDS Integers

Party == {"alice", "bob"}
Peer(p) == IF p = "alice" THEN "bob" ELSE "alice"

VARIABLES
  current,      \* current[p]: the block in use at p, by the round that made it; 0: the bootstrap's
  staged,       \* staged[p]: the block at p that waits to come into use; 0: none
  dry,          \* dry[p]: p has too few one-time keys left for another round
  differ,       \* environment: the blocks that are not the same at both ends
  open          \* environment: the parties towards whom Eve can authenticate at present

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
  /\ dry' = [dry EXCEPT ![p] = FALSE]

\* Block n is destroyed at p before it came into use; never one that the peer already uses.
Discard(p) ==
  /\ staged[p] # 0
  /\ current[Peer(p)] # staged[p] \/ p \in open
  /\ staged' = [staged EXCEPT ![p] = 0]
  /\ current' = current
  /\ dry' = dry

\* Messages use up one-time keys.
Deplete ==
  /\ dry' \in [Party -> BOOLEAN]
  /\ \A p \in Party : dry[p] => dry'[p]

\* A new credential: everything begins again.
Renew ==
  /\ current' = [p \in Party |-> 0]
  /\ staged' = [p \in Party |-> 0]
  /\ dry' = [p \in Party |-> FALSE]

(***************************************************************************)
(* What is not claimed: that a block is ever committed, or that the supply *)
(* lasts.                                                                  *)
(***************************************************************************)
=============================================================================
