------------------------- MODULE AuthenticatedStart -------------------------
(***************************************************************************)
(* What the composition assumes of a bootstrap, and AuthBootstrap provides *)
(* (specs/models/MCAuthBootstrapRefinesAuthenticatedStart.tla).            *)
(*                                                                         *)
(* Whoever has accepted a partner has accepted its peer, unless Eve could  *)
(* authenticate as that peer at that moment. A theft afterwards does not   *)
(* change whom one has accepted.                                           *)
(***************************************************************************)
Party == {"alice", "bob"}

VARIABLES
  partner,      \* partner[p]: with whom p has started: "none", "peer" or "eve"
  compromised   \* environment: Eve can authenticate as an honest party at present

TypeOK == partner \in [Party -> {"none", "peer", "eve"}]

Init == partner = [p \in Party |-> "none"]

\* Each party in P accepts its peer, by a message that the peer made for it.
Meet(P) ==
  /\ \A p \in P : partner[p] = "none"
  /\ partner' = [p \in Party |-> IF p \in P THEN "peer" ELSE partner[p]]

\* Eve passes for the peer of p.
Impersonate(p) ==
  /\ partner[p] = "none"
  /\ partner' = [partner EXCEPT ![p] = "eve"]

\* The parties in P begin again: the run was given up, or there is a new credential.
Forget(P) == partner' = [p \in Party |-> IF p \in P THEN "none" ELSE partner[p]]

Next ==
  \/ \E P \in SUBSET Party : Meet(P)
  \/ \E p \in Party : compromised /\ Impersonate(p)
  \/ \E P \in SUBSET Party : Forget(P)

Spec == Init /\ [][Next]_partner

(***************************************************************************)
(* What is not claimed: that the parties ever meet.                        *)
(***************************************************************************)
=============================================================================
