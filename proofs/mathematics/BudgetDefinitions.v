(* The epsilon budget of r rounds of l messages each: what a link may spend. *)
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* r (l e + e'): e for each message, e' for the key that the round makes. *)
Definition budget (rounds messages per_message per_round : nat) : nat :=
  rounds * (messages * per_message + per_round).
