--------------------------- MODULE SingleDelivery ---------------------------
(***************************************************************************)
(* What the composition assumes of key delivery, and KeyDelivery provides  *)
(* (specs/models/MCKeyDeliveryRefinesSingleDelivery.tla).                  *)
(*                                                                         *)
(* Nothing leaves a key management entity but keys that are for somebody,  *)
(* to those whom they are for, and once to each. What is for nobody (the   *)
(* keys that authenticate) and who is nobody's consumer (Eve, the network, *)
(* an application that is not entitled) have no part in it.                *)
(***************************************************************************)

VARIABLES
  handed,       \* what was handed out: pairs of a receiver and a secret
  twice,        \* whether anything was ever handed again to whoever had it before
  due           \* environment: the pairs of a consumer and a key that is for it

Init == handed = {} /\ twice = FALSE

\* What may be handed out together.
Right(D) == D \subseteq due \ handed

HandOut(D) ==
  /\ handed' = handed \cup D
  /\ twice' = (twice \/ D \cap handed # {})

Next == \E D \in SUBSET due : D # {} /\ Right(D) /\ HandOut(D)

Spec == Init /\ [][Next]_<<handed, twice>>

(***************************************************************************)
(* What is not claimed: that anything is ever handed out.                  *)
(***************************************************************************)
=============================================================================
