(* The counts of errors, built up bit by bit, are the terms of the binomial distribution. *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import InterceptDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition error_count (w c n j : nat) : nat := 'C(n, j) * (w ^ j * c ^ (n - j)).

Lemma error_countS w c n j :
  error_count w c n.+1 j.+1 = error_count w c n j.+1 * c + error_count w c n j * w.
Proof.
rewrite /error_count binS mulnDl subSS expnS; case: (ltnP j n) => [small|large].
  by rewrite -[n - j]subnSK // expnS; ring.
by rewrite (bin_small (_ : n < j.+1)) //; ring.
Qed.

Lemma error_countsE w c n : error_counts (N.of_nat w) (N.of_nat c) n
  = mkseq (fun j => N.of_nat (error_count w c n j)) n.+1.
Proof.
elim: n => [|n IH]; first by [].
have -> : error_counts (N.of_nat w) (N.of_nat c) n.+1
    = one_more_bit (N.of_nat w) (N.of_nat c) (error_counts (N.of_nat w) (N.of_nat c) n) by [].
rewrite IH; set before := mkseq _ _; rewrite /one_more_bit; have size_b : size before = n.+1 by rewrite size_mkseq.
have size_zip' : size (zip (rcons before 0%num) (0%num :: before)) = n.+2.
  by rewrite size_zip size_rcons -[size (0%num :: before)]/((size before).+1) size_b minnn.
apply: (@eq_from_nth _ 0%num) => [|j]; rewrite size_map size_zip' ?size_mkseq // => small.
rewrite (nth_map (0%num, 0%num)) ?size_zip' // nth_zip ?size_rcons //= nth_mkseq //.
have at_before i : nth 0%num (rcons before 0%num) i = N.of_nat (error_count w c n i).
  rewrite nth_rcons size_b; case: ltngtP => [low|high|->].
  - by rewrite nth_mkseq.
  - by rewrite /error_count bin_small // ltnW.
  - by rewrite /error_count bin_small.
rewrite at_before; case: j small => [|j] small /=.
  by rewrite /error_count !bin0 !expn0 !subn0 expnSr; clear; rewrite -?multE; lia.
have -> : nth 0%num before j = N.of_nat (error_count w c n j) by rewrite nth_mkseq.
by rewrite error_countS -multE -plusE; clear; lia.
Qed.

Lemma at_most_errorsE w c n t : t <= n ->
  at_most_errors (N.of_nat w) (N.of_nat c) n t = N.of_nat (\sum_(j < t.+1) error_count w c n j).
Proof.
move=> small; rewrite /at_most_errors /sum_up_to error_countsE /mkseq -map_take take_iota (minn_idPl _) //.
rewrite -(big_mkord xpredT (error_count w c n)) /index_iota subn0.
elim: (iota 0 t.+1) => [|j js IH]; rewrite ?big_nil // big_cons [LHS]/= IH -plusE; clear; lia.
Qed.
