----------------- MODULE MCPskHandoverRefinesOneTimeKeySupply ------------------
(***************************************************************************)
(* PskHandover keeps the contract OneTimeKeySupply. In use is the latest   *)
(* block that a party has committed; its newest block is staged while it   *)
(* is neither committed nor dead. A party is dry when its ordinary keys    *)
(* are used up. Nothing is promised while the ends are not in the same     *)
(* epoch, that is, until the operator has been at both.                    *)
(* Bounds: those of MCPskHandover.                                         *)
(***************************************************************************)
EXTENDS MCPskHandover

Waits(p) == Newest(p) > Cur(p) /\ st[p][Newest(p)] \in {"staged", "prepared"}

Contract == INSTANCE OneTimeKeySupply
  WITH current <- [p \in Party |-> IF Cur(p) = -1 THEN 0 ELSE Cur(p)],
       staged <- [p \in Party |-> IF Waits(p) THEN Newest(p) ELSE 0],
       dry <- [p \in Party |-> Cur(p) >= 0 /\ ~Ordinary(p, next[p][3])],
       differ <- {b \in Blocks : content["alice"][b] # content["bob"][b]},
       open <- IF epoch["alice"] = epoch["bob"] /\ Cur("alice") >= 0 /\ Cur("bob") >= 0
               THEN {} ELSE Party

RefinesOneTimeKeySupply == Contract!Spec

=============================================================================
