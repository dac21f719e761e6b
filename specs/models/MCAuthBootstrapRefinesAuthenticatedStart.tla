--------------- MODULE MCAuthBootstrapRefinesAuthenticatedStart ----------------
(***************************************************************************)
(* AuthBootstrap keeps the contract AuthenticatedStart. A party has        *)
(* started when it is done with its honest peer: with the peer, if the     *)
(* last proof that it accepted is one that the peer made with these two    *)
(* nonces; with Eve in all other cases, a replay among them.               *)
(* Bounds: those of MCAuthBootstrap.                                       *)
(***************************************************************************)
EXTENDS MCAuthBootstrap

LastProofs(p) ==
  {a \in accepted :
    a.at = p /\ a.run = runs[p] /\ a.kind = (IF p = "alice" THEN "accept" ELSE "proof")}

PartnerOf(p) ==
  IF st[p].ph # "done" \/ st[p].peer # Other(p) THEN "none"
  ELSE IF \E a \in LastProofs(p) :
            a.proof.by = Other(p) /\ a.proof.na = st[p].na /\ a.proof.nb = st[p].nb
       THEN "peer" ELSE "eve"

Contract == INSTANCE AuthenticatedStart
  WITH partner <- [p \in Party |-> PartnerOf(p)],
       compromised <- EveHasCredential

RefinesAuthenticatedStart == Contract!Spec

\* Eve was taken for the peer of Bob, with a stolen credential.
ReachImpersonated == PartnerOf("bob") = "eve"

\* Both have accepted each other.
ReachMet == \A p \in Party : PartnerOf(p) = "peer"

=============================================================================
