(* Failures add up at most: the union bound over messages and rounds. *)
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import Counting BudgetDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* If under at most e of all choices a given message of a given round is forged, and under at most e'
   of them a given round's key is bad, then under at most r (l e + e') of them anything goes wrong
   in r rounds of l messages. *)
Theorem rounds_and_messages (S : finType) (r l e e' : nat)
    (forged : 'I_r -> 'I_l -> {set S}) (bad : 'I_r -> {set S}) :
  (forall i j, #|forged i j| <= e) -> (forall i, #|bad i| <= e') ->
  #|\bigcup_i (bad i :|: \bigcup_j forged i j)| <= budget r l e e'.
Proof.
move=> few_forged few_bad; apply: leq_trans (union_bound _) _.
have -> : budget r l e e' = \sum_(i < r) (l * e + e') by rewrite sum_nat_const card_ord.
apply: leq_sum => i _; apply: leq_trans (leq_card_setU _ _) _; rewrite addnC; apply: leq_add => //.
apply: leq_trans (union_bound _) _.
have -> : l * e = \sum_(j < l) e by rewrite sum_nat_const card_ord.
by apply: leq_sum => j _.
Qed.
