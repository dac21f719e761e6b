------------------------- MODULE AuthenticatedStart -------------------------
(***************************************************************************)
(* What the composition assumes of a bootstrap, and AuthBootstrap provides.*)
(*                                                                         *)
(* Whoever has accepted a partner has accepted its peer, unless the        *)
(* credential was in Eve's hands at that moment. A theft afterwards does   *)
(* not change whom one has accepted.                                       *)
(***************************************************************************)
Party == {"alice", "bob"}

VARIABLES
  partner,      \* partner[p]: with whom p has started: "none", "peer" or "eve"
  compromised   \* environment: Eve can authenticate as an honest party at present

TypeOK ==
  /\ partner \in [Party -> {"none", "peer", "eve"}]
  /\ compromised \in BOOLEAN

Init == partner = [p \in Party |-> "none"]

\* The parties in P accept each the other, by messages that the other made.
Meet(P) ==
  /\ \A p \in P : partner[p] = "none"
  /\ partner' = [p \in Party |-> IF p \in P THEN "peer" ELSE partner[p]]

\* Eve passes for the peer of p.
Impersonate(p) ==
  /\ partner[p] = "none"
  /\ partner' = [partner EXCEPT ![p] = "eve"]

\* The parties in P forget: a run that was given up, or a new credential.
Forget(P) ==
  /\ P # {}
  /\ partner' = [p \in Party |-> IF p \in P THEN "none" ELSE partner[p]]

Next ==
  \/ \E P \in SUBSET Party : Meet(P)
  \/ \E p \in Party : compromised /\ Impersonate(p)
  \/ \E P \in SUBSET Party : Forget(P)

Spec == Init /\ [][Next]_partner

(***************************************************************************)
(* What is not claimed: that the parties ever meet.                        *)
(***************************************************************************)
=============================================================================
