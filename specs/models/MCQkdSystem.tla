---------------------------- MODULE MCQkdSystem -----------------------------
(***************************************************************************)
(* Two epochs, so that what is left of one can meet the next, and so that  *)
(* a forced re-bootstrap opens a second window. Two rounds in each, so     *)
(* that a round is authenticated once by the bootstrap and once by a block *)
(* that another round made; a third would be authenticated like the second.*)
(***************************************************************************)
EXTENDS QkdSystem

\* Both applications have the keys of two rounds, of which Eve knows none.
ReachTwoKeys ==
  /\ given["alice"] = given["bob"] /\ Cardinality(given["alice"]) = 2
  /\ \A k \in given["alice"] : SecretOf("key", k) \notin eve

\* Eve, who was in the middle of the bootstrap, is still there two rounds later.
ReachPersistentMitm ==
  \A p \in Party : \E k \in given[p] : k.round = 2 /\ k.of = p /\ SecretOf("key", k) \in eve

\* The comparison of fingerprints ends that.
ReachMitmDetected == check = "raised"

\* It also passes.
ReachCheckPassed == check = "passed"

\* The credential was stolen when the window had closed: Eve gets no key.
ReachLateTheft ==
  /\ Credential(1) \in eve /\ lost = {}
  /\ Cardinality(given["alice"]) = 2 /\ given["alice"] = given["bob"]

\* Eve starved the parties, and used the window of the new epoch, but has no key of the old one.
ReachNewWindow ==
  /\ \E k \in given["alice"] : k.epoch = 2 /\ SecretOf("key", k) \in eve
  /\ \E k \in given["alice"] : k.epoch = 1 /\ SecretOf("key", k) \notin eve

\* The parties have run out of one-time keys.
ReachExhausted == \A p \in Party : dry[p] /\ current[p] = 1 /\ staged[p] = 0

\* Alice uses a block that Bob does not use yet.
ReachHalfHandover == current["alice"] = 1 /\ current["bob"] = 0

\* Eve read the memory of an end after a key had been fetched at both: it stays secret.
ReachCorruptAfterFetch ==
  \E k \in given["alice"] \cap given["bob"] :
    /\ SecretOf("key", k) \notin eve
    /\ SecretOf("block", k) \in eve

(***************************************************************************)
(* Bounds.                                                                 *)
(***************************************************************************)
\* Both ends run out of one-time keys together.
DryTogether == dry["alice"] = dry["bob"]

\* The applications fetch each key before the next is made, and an epoch is left only when both
\* have fetched the same number of keys.
Prompt ==
  /\ \A p \in Party : Cardinality(Waiting(p)) <= 1
  /\ epoch > 1 =>
       LET old(p) == Cardinality({k \in given[p] : k.epoch < epoch}) IN old("alice") = old("bob")

DryTogetherAndPrompt == DryTogether /\ Prompt

\* Nobody runs out of one-time keys.
Ample == \A p \in Party : ~dry[p]
AmpleAndPrompt == Ample /\ Prompt

=============================================================================
