------------------ MODULE MCKeyDeliveryRefinesSingleDelivery -------------------
(***************************************************************************)
(* KeyDelivery keeps the contract SingleDelivery. A key is for the master  *)
(* that asked for it and for the slaves that it was announced for, if it is*)
(* no hash key and was no pad. What an announcement has in the clear is    *)
(* handed to Eve.                                                          *)
(* Bounds: those of MCKeyDelivery.                                         *)
(***************************************************************************)
EXTENDS MCKeyDelivery

Handed ==
  {<<h.sae, h.bytes>> : h \in holds} \cup {<<"eve", x>> : x \in UNION {m.clear : m \in net}}

Authenticates(x) == IsHash(x[2]) \/ \E m \in net : PadOf(m) = x

Contract == INSTANCE SingleDelivery
  WITH handed <- Handed,
       due <- {<<c, x>> \in Saes \X {<<r.from, r.key>> : r \in named} :
                 /\ \E r \in named : x = <<r.from, r.key>> /\ c \in {r.master} \cup r.slaves
                 /\ ~Authenticates(x)}

RefinesSingleDelivery == Contract!Spec

=============================================================================
