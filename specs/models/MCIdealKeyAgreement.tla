------------------------ MODULE MCIdealKeyAgreement -------------------------
(***************************************************************************)
(* Two identifiers tell one key from another; three values leave one for   *)
(* each key of an honest run and a third for Eve to put in its place.      *)
(***************************************************************************)
EXTENDS IdealKeyAgreement

\* Both parties hold both keys, and Eve knows a value that is neither.
ReachBothKeysSecret ==
  lost = {} /\ known # {} /\ \A i \in Id : Settled(i)

\* Eve knows a key that was given, because the promise for it had been withdrawn.
ReachBreachedKey ==
  \E p \in Party, i \in Id : given[p][i] \in known

\* The parties hold different values under a lost identifier: Eve sat between them.
ReachManInTheMiddle ==
  \E p, q \in Party, i \in Id : Settled(i) /\ given[p][i] # given[q][i]

=============================================================================
