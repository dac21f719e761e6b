(* The epsilon budget of r rounds of l messages each: what a link may spend. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* r (l e + e'): e for each message, e' for the key that the round makes. *)
Definition budget (rounds messages per_message per_round : nat) : nat :=
  rounds * (messages * per_message + per_round).

(* How often a link with so many pads in each direction of a block may be tried in a round, in which it
   may hold the pads of two blocks. *)
Definition attempts_in_round (pads per_pad : N) : N := (2 * 2 * pads * per_pad)%num.
