(* The union bound. *)
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* Any of several events happens in at most as many cases as they have together. *)
Theorem union_bound (I : finType) (S : finType) (event : I -> {set S}) :
  #|\bigcup_i event i| <= \sum_i #|event i|.
Proof.
apply: (big_rec2 (fun (union : {set S}) n => #|union| <= n)); first by rewrite cards0.
by move=> i union n _ le; apply: leq_trans (leq_card_setU _ _) _; rewrite leq_add2l.
Qed.
