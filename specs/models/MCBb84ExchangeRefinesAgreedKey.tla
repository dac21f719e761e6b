-------------------- MODULE MCBb84ExchangeRefinesAgreedKey ---------------------
(***************************************************************************)
(* Bb84Exchange keeps the contract AgreedKey. A party's key of a session   *)
(* is the one for both if its secret is what Alice computed. Bob's doubt   *)
(* concerns the contract once Alice has decided. Eve knows a key if it is  *)
(* longer than what she knows of its bits allows, given that the sample    *)
(* did not lie about her. Nothing is promised to a party once she can      *)
(* authenticate to it, by a pad that is still fresh, nor in a session in   *)
(* which she did.                                                          *)
(* Bounds: those of MCBb84Exchange.                                        *)
(***************************************************************************)
EXTENDS MCBb84Exchange

KeyOf(p) ==
  [epoch |-> 1, round |-> session, of |-> IF secret[p] = "s" THEN "both" ELSE p]

EveHasKeyOf(p) ==
  /\ stage[p] = "key"
  /\ EveKnows(p) <= Margin
  /\ length[p] > Cardinality(kept[p]) - leak[p] - EveKnows(p)

Contract == INSTANCE AgreedKey
  WITH made <- [p \in Party |-> IF stage[p] = "key" THEN {KeyOf(p)} ELSE {}],
       doubt <- IF stage["alice"] = "key" /\ stage["bob"] = "inDoubt"
                THEN {KeyOf("bob")} ELSE {},
       known <- {KeyOf(p) : p \in {q \in Party : EveHasKeyOf(q)}},
       open <- {p \in Party : deceived \/ \E j \in leaked[Peer(p)] : j > floor[p]}

RefinesAgreedKey == Contract!Spec

=============================================================================
