------------------------ MODULE RedIdealKeyAgreement ------------------------
(***************************************************************************)
(* Each twin drops one clause of the promise.                              *)
(***************************************************************************)
EXTENDS MCIdealKeyAgreement

\* Twin GarbageGiven: the initial state claims a key that is not a value.
GarbageAtStart ==
  /\ given = [p \in Party |-> [i \in Id |-> "garbage"]]
  /\ known = {}
  /\ lost = Id

\* Twin EachItsOwn: nobody compares what the two parties are given.
AnyForAll(i, v) == TRUE

\* Twin LeakyBox: Eve may learn a key whose promise stands.
AlwaysLeaks(v) == TRUE

\* Twin StaleKey: one value is given under two identifiers.
UsedAgain(i, v) == TRUE

\* Twin OverwrittenKey: a key that has been given may be given again, anew, once it is lost.
GivenAgain(p, i) ==
  /\ i \in lost
  /\ \E v \in Value : given' = [given EXCEPT ![p][i] = v]
  /\ UNCHANGED <<known, lost>>

\* Twin LateBreach: the promise can be withdrawn after the fact.
LostAnyTime(i) == TRUE

=============================================================================
