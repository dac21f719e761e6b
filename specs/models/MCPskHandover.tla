---------------------------- MODULE MCPskHandover ----------------------------
(***************************************************************************)
(* Finite instances of PskHandover.                                        *)
(*                                                                         *)
(* Why the bounds suffice. Two blocks after the bootstrap: the first       *)
(* handover is from the bootstrap credential, the second from a block that *)
(* was itself handed over, and every later one looks like the second. Two  *)
(* ordinary keys and one spare in each direction: a block then pays for    *)
(* its refill with one key over, which DATA, a crash or Eve can use up, so *)
(* that the reserve and exhaustion are reached. Two epochs: one            *)
(* re-bootstrap; messages and images of the first epoch are about in the   *)
(* second. One backup, of either party at any moment, put back once: with  *)
(* blocks in one epoch, and with credentials and DATA alone in two. Two    *)
(* attempts for each key: one that is forgiven and one that burns it. A    *)
(* loss is no more than a message that is not delivered, which is always   *)
(* possible; losses are counted only where something must happen in the    *)
(* end.                                                                    *)
(***************************************************************************)
EXTENDS PskHandover

CONSTANTS
  MaxForged,    \* failed verifications that are on record at one time, with both parties together
  MaxData       \* DATA messages that are about at one time

\* Eve keeps only what may still be accepted, and of what was accepted the last message of each
\* direction: all earlier ones are refused for the same reason as that one.
Superseded(p, pos) == {m \in net : m.from = Peer(p) /\ Before(Position(m), pos)}

RECURSIVE SumOfTries(_)
SumOfTries(S) == IF S = {} THEN 0 ELSE LET t == CHOOSE t \in S : TRUE IN t[2] + SumOfTries(S \ {t})

Bounded ==
  /\ \A p \in Party : epoch[p] <= MaxEpoch
  /\ SumOfTries(tries["alice"]) + SumOfTries(tries["bob"]) <= MaxForged
  /\ Cardinality({m \in net : m.kind = "DATA"}) <= MaxData

\* As far as nothing but credentials, and DATA under their keys, is looked at.
BoundedNoBlocks == Bounded /\ \A p \in Party, b \in Blocks \ {0} : st[p][b] = "none"

-----------------------------------------------------------------------------
(* States that must be reachable.                                          *)

ReachBothCommitted == st["alice"][1] = "committed" /\ st["bob"][1] = "committed"

ReachBothErased == \A p \in Party : st[p][0] = "dead" /\ KeysOfBlock(p, 0) = {}

ReachSecondHandover == NB > 1 /\ \A p \in Party : st[p][NB] = "committed"

\* A crash between prepare and commit: the ACK was said twice, under two keys. Both committed then.
ReachCrashRecovered ==
  /\ crashes > 0
  /\ Cardinality({m \in net : m.kind = "ACK" /\ m.about = 1}) = 2
  /\ Cur("alice") = 1 /\ Cur("bob") = 1

ReachExhaustion == \E p \in Party : Exhausted(p)

ReachAttemptBound == \E p \in Party : \E t \in tries[p] : t[2] = MaxAttempts

ReachMismatchFound == \A p \in Party : st[p][1] = "dead" /\ Cur(p) = 0

ReachResync == \E m \in net : m.kind = "PREPARE" /\ m.index >= Full - Spare

ReachRollbackDetected == \E p \in Party : Cur(p) = -1

ReachNewEpoch == \A p \in Party : epoch[p] = 1 /\ Cur(p) = 0

ReachOldEpochAbout ==
  \E m \in net : m.epoch = 0 /\ \A p \in Party : epoch[p] = 1 /\ Cur(p) = 0

\* Bob has said that he lost the block which Alice has staged; she has not asked yet.
ReachBlockLost == st["alice"][1] = "staged" /\ st["bob"][1] = "dead" /\ asked["bob"] = ""

ReachCommittedAfterDead == NB > 1 /\ \A p \in Party : st[p][1] = "dead" /\ st[p][NB] = "committed"

ReachOldFound == \E p \in Party : restored[p] /\ ~joined[p] /\ ~InStep

\* Nothing had been said since the backup: the party goes on, and then the handover.
ReachRestoredInStep == \E p \in Party : restored[p] /\ joined[p] /\ Cur(p) = 1 /\ Cur(Peer(p)) = 1

ReachRestoredEpoch == \E p \in Party : restored[p] /\ epoch[p] < enrolled[p]
=============================================================================
