(* The leftover hash lemma, for an adversary with classical knowledge.
   (Impagliazzo, Levin and Luby, STOC 1989.) *)
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import ToeplitzDefinitions Toeplitz.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.POrderTheory.
Local Open Scope ring_scope.

Section CauchySchwarz.
Variables (R : realFieldType) (I : finType).

(* The square of a sum against weights. *)
Lemma cauchy_schwarz (a b : I -> R) :
  (\sum_i a i * b i) ^+ 2 <= (\sum_i a i ^+ 2) * (\sum_i b i ^+ 2).
Proof.
have identity : \sum_i \sum_j (a i * b j - a j * b i) ^+ 2
    = ((\sum_i a i ^+ 2) * (\sum_i b i ^+ 2) - (\sum_i a i * b i) ^+ 2) *+ 2.
  rewrite (eq_bigr (fun i => \sum_j (a i ^+ 2 * b j ^+ 2 + b i ^+ 2 * a j ^+ 2
                                     - (a i * b i * (a j * b j)) *+ 2))) => [|i _]; last first.
    apply: eq_bigr => j _; have cross : (a i * b j) * (a j * b i) = (a i * b i) * (a j * b j).
      by rewrite mulrACA [b j * b i]mulrC mulrACA.
    by rewrite sqrrB !exprMn cross addrAC [a j ^+ 2 * _]mulrC.
  rewrite (eq_bigr (fun i => a i ^+ 2 * (\sum_j b j ^+ 2) + b i ^+ 2 * (\sum_j a j ^+ 2)
                             - (a i * b i * (\sum_j a j * b j)) *+ 2)) => [|i _]; last first.
    by rewrite big_split big_split /= !mulr_sumr sumrN sumrMnl.
  rewrite big_split big_split /= sumrN sumrMnl -!mulr_suml.
  by rewrite [(\sum_i b i ^+ 2) * _]mulrC -mulr2n -expr2 mulrnBl.
rewrite -subr_ge0 -(pmulrn_lge0 _ (isT : (0 < 2)%N)) -identity.
by apply: sumr_ge0 => i _; apply: sumr_ge0 => j _; apply: sqr_ge0.
Qed.
End CauchySchwarz.

Section LeftoverHash.
Variables (R : realFieldType) (X S Y : finType) (hash : S -> X -> Y).

(* Different inputs have the same hash under at most a share 1/|Y| of the seeds. *)
Definition two_universal : Prop :=
  forall x x', x != x' -> (#|[set s | hash s x == hash s x']| * #|Y| <= #|S|)%N.

Section Distance.
(* What is known, and the probability of it together with each input. *)
Variables (Z : finType) (prob : Z -> X -> R).

Definition joint (z : Z) (s : S) (y : Y) : R := (\sum_(x | hash s x == y) prob z x) / #|S|%:R.

Definition known (z : Z) : R := \sum_x prob z x.

(* Twice the statistical distance between (what is known, seed, hash) and (what is known, seed, a
   uniform value). *)
Definition twice_distance : R :=
  \sum_z \sum_s \sum_y `|joint z s y - known z / (#|S|%:R * #|Y|%:R)|.

(* The probability with which the best guess of the input is right: 2^(- min-entropy). *)
Definition guess (best : Z -> R) : R := \sum_z best z.

Hypothesis universal : two_universal.
Hypothesis prob_ge0 : forall z x, 0 <= prob z x.
Hypothesis prob_sum : \sum_z known z = 1.
Hypothesis S_pos : (0 < #|S|)%N.
Hypothesis Y_pos : (0 < #|Y|)%N.
Variable best : Z -> R.
Hypothesis best_ge : forall z x, prob z x <= best z.

Let s_ : R := #|S|%:R.
Let y_ : R := #|Y|%:R.
Let s_gt0 : 0 < s_. Proof. by rewrite ltr0n. Qed.
Let y_gt0 : 0 < y_. Proof. by rewrite ltr0n. Qed.
Let s_neq0 : s_ != 0. Proof. exact: lt0r_neq0. Qed.
Let y_neq0 : y_ != 0. Proof. exact: lt0r_neq0. Qed.

Lemma known_ge0 z : 0 <= known z.
Proof. exact: sumr_ge0. Qed.

Lemma joint_sum z s : \sum_y joint z s y = known z / s_.
Proof.
rewrite /joint -mulr_suml; congr (_ / _).
by rewrite /known (partition_big (hash s) predT).
Qed.

(* How often two inputs with the same hash come together. *)
Lemma collisions z :
  \sum_s \sum_y (\sum_(x | hash s x == y) prob z x) ^+ 2
  <= s_ * (known z * best z + known z ^+ 2 / y_).
Proof.
have expand s : \sum_y (\sum_(x | hash s x == y) prob z x) ^+ 2
    = \sum_x \sum_x' prob z x * prob z x' * (hash s x == hash s x')%:R.
  rewrite [RHS](partition_big (hash s) predT) //=; apply: eq_bigr => y _.
  rewrite expr2 mulr_suml; apply: eq_bigr => x /eqP hash_x.
  rewrite mulr_sumr [RHS](bigID (fun x' => hash s x' == y)) /= [X in _ + X]big1 ?addr0.
    by apply: eq_bigr => x' /eqP hash_x'; rewrite hash_x hash_x' eqxx mulr1.
  by move=> x' /negbTE neq; rewrite hash_x eq_sym neq mulr0.
rewrite (eq_bigr _ (fun s _ => expand s)) exchange_big /=.
have inner x : \sum_s \sum_x' prob z x * prob z x' * (hash s x == hash s x')%:R
    <= prob z x * (s_ * (best z + known z / y_)).
  rewrite exchange_big (bigD1 x) //= -mulr_sumr.
  have -> : \sum_s (hash s x == hash s x)%:R = s_ :> R.
    by rewrite (eq_bigr (fun _ => 1)) ?sumr_const // => s _; rewrite eqxx.
  rewrite !mulrDr; apply: ler_add.
    by rewrite -mulrA; apply: ler_wpmul2l => //; rewrite mulrC; apply: ler_wpmul2l => //; apply: ltW.
  apply: (@le_trans _ _ (\sum_(x' | x' != x) prob z x * prob z x' * (s_ / y_))).
    apply: ler_sum => x' neq; rewrite -mulr_sumr; apply: ler_wpmul2l; first exact: mulr_ge0.
    have -> : \sum_s (hash s x == hash s x')%:R = #|[set s | hash s x == hash s x']|%:R :> R.
      rewrite -sum1_card natr_sum big_mkcond /= [RHS]big_mkcond /=.
      by apply: eq_bigr => s _; rewrite inE; case: (_ == _).
    rewrite ler_pdivl_mulr // -natrM ler_nat; apply: universal.
    by rewrite eq_sym.
  rewrite -mulr_suml -mulr_sumr -!mulrA; apply: ler_wpmul2l => //.
  rewrite [known z / y_]mulrC [y_^-1 * _]mulrC mulrCA; apply: ler_wpmul2l.
    exact: ltW.
  apply: ler_wpmul2r; first by rewrite invr_ge0 ltW.
  by rewrite /known [X in _ <= X](bigD1 x) //= ler_addr.
apply: (@le_trans _ _ (\sum_x prob z x * (s_ * (best z + known z / y_)))).
  exact: ler_sum.
have known_times : known z * (best z + known z / y_) = known z * best z + known z ^+ 2 / y_.
  by rewrite mulrDr expr2 -mulrA.
by rewrite -mulr_suml -/(known z) mulrCA known_times.
Qed.

Definition distance_given (z : Z) : R := \sum_s \sum_y `|joint z s y - known z / (s_ * y_)|.

Lemma distance_given_ge0 z : 0 <= distance_given z.
Proof. by apply: sumr_ge0 => s _; apply: sumr_ge0 => y _; apply: normr_ge0. Qed.

Lemma deviations z :
  \sum_s \sum_y (joint z s y - known z / (s_ * y_)) ^+ 2 <= known z * best z / s_.
Proof.
pose c := known z / (s_ * y_).
have total : \sum_s \sum_y joint z s y = known z.
  rewrite (eq_bigr (fun _ => known z / s_)) => [|s _]; last exact: joint_sum.
  by rewrite sumr_const -mulr_natr divfK.
have squares : \sum_s \sum_y (joint z s y - c) ^+ 2 = \sum_s \sum_y joint z s y ^+ 2 - known z * c.
  rewrite (eq_bigr (fun s => \sum_y joint z s y ^+ 2 - (\sum_y joint z s y) * (c *+ 2)
                             + c ^+ 2 *+ #|Y|)) => [|s _]; last first.
    rewrite (eq_bigr (fun y => joint z s y ^+ 2 - joint z s y * (c *+ 2) + c ^+ 2)) => [|y _].
      by rewrite big_split big_split /= sumrN -mulr_suml sumr_const.
    by rewrite sqrrB mulrnAr.
  rewrite big_split big_split /= sumrN -mulr_suml total sumr_const -mulrnA.
  have -> : c ^+ 2 *+ (#|Y| * #|S|) = known z * c.
    rewrite expr2 -mulr_natr -mulrA [c * (c * _)]mulrC; congr (_ * _).
    by rewrite natrM [#|Y|%:R * _]mulrC -/s_ -/y_ /c divfK // mulf_neq0.
  by rewrite -addrA mulrnAr mulr2n opprD addrNK.
rewrite squares ler_subl_addr.
have -> : \sum_s \sum_y joint z s y ^+ 2
    = (\sum_s \sum_y (\sum_(x | hash s x == y) prob z x) ^+ 2) / (s_ * s_).
  rewrite mulr_suml; apply: eq_bigr => s _; rewrite mulr_suml; apply: eq_bigr => y _.
  by rewrite /joint exprMn exprVn -expr2.
rewrite ler_pdivr_mulr ?mulr_gt0 //; apply: le_trans (collisions z) _.
have -> : (known z * best z / s_ + known z * c) * (s_ * s_)
    = s_ * (known z * best z + known z ^+ 2 / y_).
  rewrite mulrA mulrDl divfK // mulrC; congr (_ * (_ + _)).
  have cancel : s_^-1 * (y_^-1 * s_) = y_^-1 by rewrite mulrCA mulVf ?mulr1.
  by rewrite expr2 /c invfM -!mulrA cancel.
exact: lexx.
Qed.

Lemma distance_given_bound z : distance_given z ^+ 2 <= y_ * (known z * best z).
Proof.
pose f (i : S * Y) := `|joint z i.1 i.2 - known z / (s_ * y_)|.
have -> : distance_given z = \sum_i f i * 1.
  rewrite /distance_given pair_big /=; apply: eq_bigr => i _; rewrite mulr1 //.
apply: le_trans (cauchy_schwarz _ _) _.
have -> : \sum_(i : S * Y) 1 ^+ 2 = s_ * y_ :> R.
  by rewrite (eq_bigr (fun _ => 1)) ?sumr_const ?card_prod ?natrM // => i _; rewrite expr1n.
have -> : \sum_i f i ^+ 2 = \sum_s \sum_y (joint z s y - known z / (s_ * y_)) ^+ 2.
  rewrite pair_big /=; apply: eq_bigr => i _; rewrite /f real_normK //; exact: num_real.
apply: le_trans (ler_wpmul2r _ (deviations z)) _; first by rewrite mulr_ge0 // ltW.
by rewrite [_ * (s_ * y_)]mulrA divfK // mulrC lexx.
Qed.

(* The square of twice the distance from a uniform and independent key is at most |Y| times the
   probability of guessing the input: distance <= 1/2 sqrt(2^(l - min-entropy)). *)
Theorem leftover_hash : twice_distance ^+ 2 <= y_ * guess best.
Proof.
have best_ge0 z : 0 <= best z.
  case: (pickP X) => [x _|none]; first by apply: le_trans (prob_ge0 z x) (best_ge z x).
  have : \sum_z known z = 0 by apply: big1 => z' _; apply: big1 => x; have := none x.
  by rewrite prob_sum => /eqP; rewrite oner_eq0.
pose d := distance_given; have d_ge0 := distance_given_ge0.
have pair z z' : (d z * d z') *+ 2 <= y_ * (known z' * best z) + y_ * (known z * best z').
  set A := y_ * (known z' * best z); set B := y_ * (known z * best z').
  have A_ge0 : 0 <= A by rewrite /A !mulr_ge0 ?known_ge0 ?best_ge0 // ltW.
  have B_ge0 : 0 <= B by rewrite /B !mulr_ge0 ?known_ge0 ?best_ge0 // ltW.
  rewrite -ler_sqr ?nnegrE ?(addr_ge0 A_ge0 B_ge0) //; last by rewrite mulrn_wge0 ?mulr_ge0 ?d_ge0.
  have four : (A + B) ^+ 2 = (A - B) ^+ 2 + (A * B) *+ 4 by apply/eqP; rewrite [X in _ == X]addrC -subr_eq subr_sqrDB.
  apply: (@le_trans _ _ ((A * B) *+ 4)); last by rewrite four ler_addr sqr_ge0.
  rewrite exprMn_n; apply: ler_wmuln2r.
  have -> : A * B = (y_ * (known z * best z)) * (y_ * (known z' * best z')).
    rewrite /A /B mulrACA [RHS]mulrACA; congr (_ * _).
    by rewrite mulrACA [RHS]mulrACA [known z' * known z]mulrC.
  rewrite exprMn; apply: ler_pmul; rewrite ?sqr_ge0 //; exact: distance_given_bound.
rewrite -(@ler_pmuln2r _ 2) //.
have -> : twice_distance ^+ 2 = \sum_z \sum_z' d z * d z'.
  by rewrite expr2 mulr_suml; apply: eq_bigr => z _; rewrite mulr_sumr.
have -> : (y_ * guess best) *+ 2
    = \sum_z \sum_z' (y_ * (known z' * best z) + y_ * (known z * best z')).
  rewrite (eq_bigr (fun z => y_ * best z + y_ * (known z * guess best))) => [|z _]; last first.
    rewrite big_split -!mulr_sumr -mulr_suml prob_sum mul1r //.
  by rewrite big_split -!mulr_sumr -mulr_suml prob_sum mul1r mulr2n.
rewrite -sumrMnl; apply: ler_sum => z _; rewrite -sumrMnl; apply: ler_sum => z' _; exact: pair.
Qed.
End Distance.
End LeftoverHash.

(* --- For the Toeplitz hash of the code --------------------------------------------------------- *)

Section Toeplitz.
Variables (n l : nat).

Lemma toeplitz_two_universal :
  two_universal (fun (r : (seed_length n l).-tuple bool) (x : n.-tuple bool) => toeplitz_tuple x r : l.-tuple bool).
Proof.
move=> x x' differ; rewrite !card_tuple card_bool -(toeplitz_universal l differ).
rewrite leq_mul2r; apply/orP; right; apply/subset_leq_card/subsetP => r; rewrite !inE => /eqP same.
by rewrite -!toeplitz_tupleE same.
Qed.

(* Privacy amplification of the code against an adversary with classical knowledge: a key of n bits,
   guessed with probability at most `guess best`, hashed to l bits with a uniform seed. *)
Theorem privacy_amplification (R : realFieldType) (Z : finType) (prob : Z -> n.-tuple bool -> R)
    (best : Z -> R) :
  (forall z x, 0 <= prob z x) -> \sum_z \sum_x prob z x = 1 -> (forall z x, prob z x <= best z) ->
  twice_distance (fun (r : (seed_length n l).-tuple bool) (x : n.-tuple bool) => toeplitz_tuple x r : l.-tuple bool) prob ^+ 2
  <= 2%:R ^+ l * guess best.
Proof.
move=> prob_ge0 prob_sum best_ge.
have := leftover_hash toeplitz_two_universal prob_ge0 prob_sum _ _ best_ge.
by rewrite !card_tuple card_bool natrX !expn_gt0; apply.
Qed.
End Toeplitz.
