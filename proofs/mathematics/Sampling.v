(* Sampling without replacement: Serfling's bound for errors, as the code uses it.
   (R. J. Serfling, Ann. Statist. 2 (1974) 39-48.) *)
From Coq Require Import Reals Lra Psatz.
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import Counting SamplingDefinitions Hoeffding.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* --- Samples are counted by the hypergeometric numbers ----------------------------------------- *)

Theorem samples_are_hypergeometric (positions : finType) (errors : {set positions}) (k a : nat) :
  a <= k -> #|samples_with errors k a| = hypergeometric #|errors| #|~: errors| k a.
Proof.
move=> a_k.
rewrite /hypergeometric -cards_draws -cards_draws -cardsX.
pose split (s : {set positions}) := (s :&: errors, s :&: ~: errors).
have split_inj : injective split.
  move=> s t [eq_in eq_out]; apply/setP => x; move/setP/(_ x): eq_in; move/setP/(_ x): eq_out.
  by rewrite !inE; case: (x \in errors); rewrite ?andbT.
rewrite -(card_imset _ split_inj); apply: eq_card => -[s t].
apply/imsetP/idP => [[u] |].
  rewrite inE => /andP [/eqP size_u /eqP in_u] [-> ->].
  rewrite !inE !subsetIr in_u eqxx /= -setDE.
  by rewrite cardsD size_u in_u.
rewrite !inE /= => /andP [/andP [s_in /eqP size_s] /andP [t_out /eqP size_t]].
have st0 : [disjoint s & t].
  rewrite disjoint_sym; apply: disjointWl t_out _; rewrite disjoint_sym.
  by apply: disjointWl s_in _; rewrite -setI_eq0 setICr.
have s_errors : (s :|: t) :&: errors = s.
  rewrite setIUl (setIidPl s_in); apply/setUidPl/subsetP => x; rewrite inE => /andP [/(subsetP t_out)].
  by rewrite inE => /negP.
have t_errors : (s :|: t) :&: ~: errors = t.
  rewrite setIUl (setIidPl t_out); apply/setUidPr/subsetP => x; rewrite inE => /andP [/(subsetP s_in) x_in].
  by rewrite inE x_in.
exists (s :|: t); last by rewrite /split s_errors t_errors.
by rewrite inE s_errors size_s eqxx andbT cardsU disjoint_setI0 // cards0 subn0 size_s size_t subnKC.
Qed.

(* --- Sums of real numbers ---------------------------------------------------------------------- *)

Local Open Scope R_scope.

Lemma RplusA : associative Rplus. Proof. by move=> x y z; rewrite Rplus_assoc. Qed.
Canonical Rplus_law := Monoid.Law RplusA Rplus_0_l Rplus_0_r.
Canonical Rplus_comlaw := Monoid.ComLaw Rplus_comm.

Local Notation "\rsum_ ( i < n ) F" := (\big[Rplus/R0]_(i < n) F)
  (at level 41, i, n at level 50, F at level 41).

Arguments INR : simpl never.

Lemma INR0 : INR 0 = 0. Proof. by []. Qed.
Lemma INR1 : INR 1 = 1. Proof. by []. Qed.
Lemma INRD m n : INR (m + n)%N = INR m + INR n. Proof. exact: plus_INR. Qed.
Lemma INRM m n : INR (m * n)%N = INR m * INR n. Proof. exact: mult_INR. Qed.

Lemma rsum_mul c n (f : 'I_n -> R) : c * (\rsum_(i < n) f i) = \rsum_(i < n) (c * f i).
Proof. exact: (big_morph (Rmult c) (Rmult_plus_distr_l c) (Rmult_0_r c)). Qed.

Lemma rsum_le n (f g : 'I_n -> R) : (forall i, f i <= g i) -> \rsum_(i < n) f i <= \rsum_(i < n) g i.
Proof. by move=> le; apply: (big_ind2 (fun x y => x <= y)) => [|x y x' y' ? ?|i _]; [lra|lra|apply: le]. Qed.

Lemma INR_sum n (f : 'I_n -> nat) : INR (\sum_(i < n) f i)%N = \rsum_(i < n) INR (f i).
Proof. by apply: (big_morph INR) => // x y; rewrite INRD. Qed.

Lemma exp_mono x y : x <= y -> exp x <= exp y.
Proof. by case=> [less | ->]; [left; apply: exp_increasing | right]. Qed.

(* --- Moments ----------------------------------------------------------------------------------- *)

(* The sum of e^(s a) over all samples of k positions, a the errors in the sample. *)
Definition moment (s : R) (w u k : nat) : R :=
  \rsum_(a < k.+1) (INR (hypergeometric w u k a) * exp (s * INR a)).

(* The first position drawn is one of the errors, or one of the others. *)
Lemma moment_step s w u k :
  INR k.+1 * moment s w u k.+1 = INR w * exp s * moment s w.-1 u k + INR u * moment s w u.-1 k.
Proof.
rewrite /moment !rsum_mul.
transitivity (\rsum_(a < k.+2) (INR (a * hypergeometric w u k.+1 a)%N * exp (s * INR a))
   + \rsum_(a < k.+2) (INR ((k.+1 - a) * hypergeometric w u k.+1 a)%N * exp (s * INR a))).
  rewrite -big_split; apply: eq_bigr => a _ /=.
  rewrite -Rmult_plus_distr_r -INRD -mulnDl subnKC; last by rewrite -ltnS.
  by rewrite INRM; ring.
congr (_ + _).
  rewrite big_ord_recl mul0n Rmult_0_l Rplus_0_l; apply: eq_bigr => a _.
  rewrite lift0 /hypergeometric mulnA -mul_bin_diag subSS S_INR Rmult_plus_distr_l Rmult_1_r exp_plus.
  by rewrite -mulnA INRM; ring.
rewrite big_ord_recr /= subnn mul0n Rmult_0_l Rplus_0_r; apply: eq_bigr => a _.
rewrite /hypergeometric subSn; last by rewrite -ltnS.
by rewrite mulnCA -mul_bin_diag mulnCA INRM; ring.
Qed.

(* How far samples spread: k (N - k + 1)/N. *)
Definition spread (total k : nat) : R := INR k * (INR total - INR k + 1) / INR total.

Lemma spread_step total k : (k < total)%N -> (0 < total.-1)%N ->
  spread total.-1 k + Rsqr ((INR total - INR k - 1) / (INR total - 1)) <= spread total k.+1.
Proof.
case: total => // t; rewrite ltnS /= => k_t /ltP /lt_INR /= t_pos.
have k_pos : 0 <= INR k by apply: pos_INR.
have {k_t} k_t : INR k <= INR t by apply: le_INR; apply/leP.
rewrite /spread /Rsqr !S_INR; move: t_pos; rewrite INR0.
move: (INR k) (INR t) k_pos k_t => x y x0 x_y y0.
have -> : (x + 1) * (y + 1 - (x + 1) + 1) / (y + 1)
    = x * (y - x + 1) / y + (y + 1 - x - 1) / (y + 1 - 1) * ((y + 1 - x - 1) / (y + 1 - 1))
      + (y - x) * x / (y * y * (y + 1)).
  by field; split; lra.
have : 0 <= (y - x) * x / (y * y * (y + 1)).
  rewrite /Rdiv; apply: Rmult_le_pos; first by nra.
  by left; apply: Rinv_0_lt_compat; apply: Rmult_lt_0_compat; nra.
lra.
Qed.

Theorem moment_bound s w u k : (k <= w + u)%N -> (0 < w + u)%N ->
  moment s w u k <= INR 'C(w + u, k) * exp (s * INR k * INR w / INR (w + u) + s * s / 8 * spread (w + u) k).
Proof.
elim: k w u => [|k IH] w u k_N N_pos.
  rewrite /moment big_ord_recl big_ord0 /hypergeometric !bin0 /= muln1 INR0 INR1 Rmult_0_r exp_0.
  by rewrite /spread INR0 /Rdiv !(Rmult_0_l, Rmult_0_r) Rplus_0_r exp_0; lra.
have [t eq_N] : exists t, (w + u)%N = t.+1 by exists (w + u).-1; rewrite prednK.
have k_pos : 0 < INR k.+1 by apply: lt_0_INR; apply/ltP.
have N_posR : 0 < INR (w + u) by apply: lt_0_INR; apply/ltP.
have w_pos : 0 <= INR w by apply: pos_INR.
have u_pos : 0 <= INR u by apply: pos_INR.
apply: (Rmult_le_reg_l (INR k.+1)) => //; rewrite moment_step.
have -> : INR k.+1 * (INR 'C(w + u, k.+1) * exp (s * INR k.+1 * INR w / INR (w + u) + s * s / 8 * spread (w + u) k.+1))
  = INR (w + u) * INR 'C(t, k) * exp (s * INR k.+1 * INR w / INR (w + u) + s * s / 8 * spread (w + u) k.+1).
  by rewrite -Rmult_assoc -!INRM -[in LHS]mul_bin_diag eq_N.
case: t eq_N => [|t] eq_N.
  have k0 : k = 0%N by move: k_N; rewrite eq_N ltnS leqn0 => /eqP.
  have one v v' : moment s v v' 0 = 1.
    by rewrite /moment big_ord_recl big_ord0 /hypergeometric !bin0 /= INR0 INR1 Rmult_0_r exp_0; lra.
  rewrite {}k0 !one bin0 eq_N /spread !INR1.
  have -> : s * 1 * INR w / 1 + s * s / 8 * (1 * (1 - 1 + 1) / 1) = s * INR w + s * s / 8 by field.
  have mono x : 0 <= s * s / 8 -> exp x <= exp (x + s * s / 8).
    by case=> [?|<-]; [left; apply: exp_increasing; lra | rewrite Rplus_0_r; lra].
  have nonneg : 0 <= s * s / 8 by nra.
  case: w u eq_N {IH k_N N_pos N_posR w_pos u_pos} => [|[|w]] [|[|u]] //= _; rewrite ?INR0 ?INR1.
    by have := mono (s * 0) nonneg; rewrite Rmult_0_r exp_0; lra.
  by have := mono (s * 1) nonneg; rewrite Rmult_1_r; lra.
have tR : 0 < INR t.+1 by apply: lt_0_INR; apply/ltP.
have NR : INR (w + u) = INR t.+1 + 1 by rewrite eq_N S_INR.
have sumR : INR w + INR u = INR t.+1 + 1 by rewrite -INRD.
have CR : 0 <= INR 'C(t.+1, k) by apply: pos_INR.
pose B := s * s / 8 * spread t.+1 k.
have first_term : INR w * exp s * moment s w.-1 u k
    <= INR w * exp s * (INR 'C(t.+1, k) * exp (s * INR k * (INR w - 1) / INR t.+1 + B)).
  case: w eq_N k_N {N_pos N_posR w_pos NR sumR} => [|w] eq_N k_N.
    by rewrite !Rmult_0_l; lra.
  have eq_t : (w + u)%N = t.+1 by case: eq_N.
  have := IH w u; rewrite eq_t => /(_ _ isT) bound.
  rewrite [w.+1.-1]/= S_INR (_ : INR w + 1 - 1 = INR w); last by lra.
  apply: Rmult_le_compat_l; last by apply: bound; move: k_N; rewrite addSn eq_t.
  by apply: Rmult_le_pos; [have := pos_INR w; lra | left; apply: exp_pos].
have second_term : INR u * moment s w u.-1 k
    <= INR u * (INR 'C(t.+1, k) * exp (s * INR k * INR w / INR t.+1 + B)).
  case: u eq_N k_N {N_pos N_posR u_pos NR sumR first_term} => [|u] eq_N k_N.
    by rewrite !Rmult_0_l; lra.
  have eq_t : (w + u)%N = t.+1 by move: eq_N; rewrite addnS => -[].
  have := IH w u; rewrite eq_t => /(_ _ isT) bound.
  apply: Rmult_le_compat_l; first exact: pos_INR.
  by apply: bound; move: k_N; rewrite addnS eq_t.
apply: Rle_trans (Rplus_le_compat _ _ _ _ first_term second_term) _.
pose p := INR w / INR (w + u); pose q := s * (INR t.+1 - INR k) / INR t.+1.
have p_range : 0 <= p <= 1.
  rewrite /p; split; first by rewrite /Rdiv; apply: Rmult_le_pos => //; left; apply: Rinv_0_lt_compat.
  by apply: (Rmult_le_reg_r (INR (w + u))) => //; rewrite /Rdiv Rmult_assoc Rinv_l ?Rmult_1_r; lra.
have coin := @hoeffding_coin p p_range q.
pose mean := s * INR k.+1 * INR w / INR (w + u).
have e1 : s + (s * INR k * (INR w - 1) / INR t.+1 + B) = mean + B + q * (1 - p).
  by rewrite /mean /q /p NR (S_INR k); field; lra.
have e2 : s * INR k * INR w / INR t.+1 + B = mean + B + - (q * p).
  by rewrite /mean /q /p NR (S_INR k); field; lra.
have -> : INR w * exp s * (INR 'C(t.+1, k) * exp (s * INR k * (INR w - 1) / INR t.+1 + B))
   + INR u * (INR 'C(t.+1, k) * exp (s * INR k * INR w / INR t.+1 + B))
   = INR (w + u) * INR 'C(t.+1, k) * (exp (mean + B) * (p * exp (q * (1 - p)) + (1 - p) * exp (- (q * p)))).
  rewrite e2 [exp (mean + B + - (q * p))]exp_plus.
  have -> : INR w * exp s * (INR 'C(t.+1, k) * exp (s * INR k * (INR w - 1) / INR t.+1 + B))
     = INR w * INR 'C(t.+1, k) * exp (s + (s * INR k * (INR w - 1) / INR t.+1 + B)).
    by rewrite [exp (s + _)]exp_plus; ring.
  rewrite e1 [exp (mean + B + _)]exp_plus.
  have -> : INR w = INR (w + u) * p by rewrite /p; field; lra.
  have -> : INR u = INR (w + u) * (1 - p) by rewrite /p INRD; field; rewrite -INRD; lra.
  by ring.
apply: Rmult_le_compat_l; first by apply: Rmult_le_pos => //; lra.
apply: (Rle_trans _ (exp (mean + B) * exp (q * q / 8))).
  by apply: Rmult_le_compat_l coin; left; apply: exp_pos.
rewrite -exp_plus; apply: exp_mono; rewrite -/mean Rplus_assoc; apply: Rplus_le_compat_l.
have pred_N : (w + u).-1 = t.+1 by rewrite eq_N.
have step := @spread_step (w + u) k k_N; rewrite pred_N in step; have {}step := step isT.
have same_share : (INR (w + u) - INR k - 1) / (INR (w + u) - 1) = (INR t.+1 - INR k) / INR t.+1.
  by rewrite NR; field; lra.
rewrite same_share in step.
rewrite /B (_ : q * q = s * s * Rsqr ((INR t.+1 - INR k) / INR t.+1)); last first.
  by rewrite /q /Rsqr; field; lra.
have : 0 <= s * s / 8 by nra.
by nra.
Qed.

(* --- The tail ---------------------------------------------------------------------------------- *)

Definition at_most (x y : R) : bool := if Rle_dec x y then true else false.

Lemma at_mostP x y : reflect (x <= y) (at_most x y).
Proof. by rewrite /at_most; case: Rle_dec => le; constructor. Qed.

(* Samples of n out of `total` in which the rate of errors exceeds that of all positions by d. *)
Theorem serfling (positions : finType) (errors : {set positions}) (n : nat) (d : R) :
  (0 < n <= #|positions|)%N -> 0 <= d ->
  INR #|[set s : {set positions} | (#|s| == n)
     && at_most (INR #|errors| / INR #|positions| + d) (INR #|s :&: errors| / INR n)]|
  <= INR 'C(#|positions|, n)
     * exp (- (2 * INR n * d * d * INR #|positions| / (INR #|positions| - INR n + 1))).
Proof.
move=> /andP [n_pos n_N] d_pos.
set w := #|errors|; set u := #|~: errors|; set bad := [set s | _].
have eq_N : (w + u)%N = #|positions| by rewrite /w /u cardsC.
pose is_bad (b : nat) := at_most (INR w / INR #|positions| + d) (INR b / INR n).
have N_pos : (0 < #|positions|)%N by apply: leq_trans n_N.
have NR : 0 < INR #|positions| by apply: lt_0_INR; apply/ltP.
have nR : 0 < INR n by apply: lt_0_INR; apply/ltP.
have n_NR : INR n <= INR #|positions| by apply: le_INR; apply/leP.
have few : (#|bad| <= \sum_(b < n.+1) (if is_bad b then hypergeometric w u n b else 0))%N.
  pose event (b : 'I_n.+1) := if is_bad b then samples_with errors n b else set0.
  apply: (@leq_trans #|\bigcup_b event b|).
    apply/subset_leq_card/subsetP => s; rewrite inE => /andP [/eqP size_s s_bad].
    have b_small : (#|s :&: errors| < n.+1)%N by rewrite ltnS -size_s subset_leq_card ?subsetIl.
    apply/bigcupP; exists (Ordinal b_small) => //.
    by rewrite /event /= /is_bad s_bad inE size_s !eqxx.
  apply: leq_trans (union_bound _) _; apply: leq_sum => b _; rewrite /event.
  case: (is_bad b); last by rewrite cards0.
  by rewrite samples_are_hypergeometric // -ltnS.
set N := INR #|positions| in NR n_NR *.
pose s := 4 * d * N / (N - INR n + 1).
have s_pos : 0 <= s.
  rewrite /s /Rdiv; apply: Rmult_le_pos; first by nra.
  by left; apply: Rinv_0_lt_compat; lra.
pose threshold := s * (INR n * (INR w / N + d)).
apply: Rle_trans (le_INR _ _ (leP few)) _; rewrite INR_sum.
apply: (Rle_trans _ (exp (- threshold) * moment s w u n)).
  rewrite /moment rsum_mul; apply: rsum_le => b; rewrite /is_bad.
  have nonneg : 0 <= INR (hypergeometric w u n b) by apply: pos_INR.
  have pos := exp_pos (- threshold); have pos' := exp_pos (s * INR b).
  case: at_mostP => [b_bad|_]; last first.
    by rewrite INR0; apply: Rmult_le_pos; [lra | apply: Rmult_le_pos; lra].
  have above : 1 <= exp (- threshold) * exp (s * INR b).
    rewrite -exp_plus -exp_0; apply: exp_mono.
    have : INR n * (INR w / N + d) <= INR b.
      move/(Rmult_le_compat_l _ _ _ (Rlt_le _ _ nR)): b_bad; rewrite -/N.
      by rewrite (_ : INR n * (INR b / INR n) = INR b) //; field; lra.
    by rewrite /threshold; nra.
  by nra.
have bound := @moment_bound s w u n; rewrite eq_N -/N in bound.
apply: (Rle_trans _ (exp (- threshold) * (INR 'C(#|positions|, n)
    * exp (s * INR n * INR w / N + s * s / 8 * spread #|positions| n)))).
  by apply: Rmult_le_compat_l; [left; apply: exp_pos | apply: bound].
right; rewrite -Rmult_assoc [exp (- threshold) * _]Rmult_comm Rmult_assoc -exp_plus.
congr (_ * exp _); rewrite /threshold /spread /s -/N; field; lra.
Qed.

(* The deviation that the code uses. *)
Definition deviation (n k : nat) (epsilon : R) : R :=
  sqrt (INR (deviation_numerator n k) / INR (deviation_denominator n k)
        * ln (INR deviation_constant / epsilon)).

(* Of n + k positions with any fixed errors, k are sampled. The error rate of the n others exceeds
   that of the sample by the deviation or more with probability at most (epsilon/4)^2. *)
Theorem sampling_tail (positions : finType) (errors : {set positions}) (n k : nat) (epsilon : R) :
  #|positions| = (n + k)%N -> (0 < n)%N -> (0 < k)%N -> 0 < epsilon < 1 ->
  INR #|[set sample : {set positions} | (#|sample| == k)
     && at_most (INR #|sample :&: errors| / INR k + deviation n k epsilon)
                (INR #|~: sample :&: errors| / INR n)]|
  <= INR 'C(n + k, k) * Rsqr (epsilon / 4).
Proof.
move=> size_p n_pos k_pos [eps_pos eps_small].
have nR : 0 < INR n by apply: lt_0_INR; apply/ltP.
have kR : 0 < INR k by apply: lt_0_INR; apply/ltP.
set mu := deviation n k epsilon.
have ln_pos : 0 < ln (4 / epsilon).
  rewrite -ln_1; apply: ln_increasing; first by lra.
  by apply: (Rmult_lt_reg_r epsilon) => //; rewrite /Rdiv Rmult_assoc Rinv_l; lra.
have four : INR deviation_constant = 4 by rewrite /deviation_constant /INR; lra.
have mu_square : mu * mu = (INR n + INR k) * (INR k + 1) / (INR n * INR k * INR k) * ln (4 / epsilon).
  rewrite /mu /deviation four sqrt_sqrt.
    by rewrite /deviation_numerator /deviation_denominator !INRM !INRD INR1.
  apply: Rmult_le_pos; last by lra.
  rewrite /Rdiv; apply: Rmult_le_pos; first exact: pos_INR.
  by left; apply: Rinv_0_lt_compat; rewrite /deviation_denominator !INRM; apply: Rmult_lt_0_compat => //; apply: Rmult_lt_0_compat.
have mu_pos : 0 <= mu by apply: sqrt_pos.
pose N := INR n + INR k; pose d := mu * INR k / N.
have NR : 0 < N by rewrite /N; lra.
have d_pos : 0 <= d.
  by rewrite /d /Rdiv; apply: Rmult_le_pos; [nra | left; apply: Rinv_0_lt_compat].
have n_range : (0 < n <= #|positions|)%N by rewrite n_pos size_p leq_addr.
have := serfling errors n_range d_pos; rewrite size_p INRD -/N.
rewrite -bin_sub ?leq_addr // addKn.
have -> : - (2 * INR n * d * d * N / (N - INR n + 1)) = - ln (4 / epsilon) + - ln (4 / epsilon).
  have -> : 2 * INR n * d * d * N / (N - INR n + 1)
      = 2 * (mu * mu) * (INR n * INR k * INR k) / ((INR n + INR k) * (INR k + 1)).
    by rewrite /d /N; field; split; lra.
  by rewrite mu_square; field; repeat split; lra.
rewrite exp_plus exp_Ropp exp_ln; last first.
  by rewrite /Rdiv; apply: Rmult_lt_0_compat; [lra | apply: Rinv_0_lt_compat].
have -> : / (4 / epsilon) * / (4 / epsilon) = Rsqr (epsilon / 4) by rewrite /Rsqr; field; lra.
apply: Rle_trans; apply: le_INR; apply/leP.
rewrite -(card_imset _ (can_inj (@setCK positions))).
apply/subset_leq_card/subsetP => s /imsetP [sample]; rewrite !inE => /andP [/eqP size_sample].
move/at_mostP => worse ->.
have sum_w : INR #|errors| = INR #|sample :&: errors| + INR #|~: sample :&: errors|.
  by rewrite -INRD -(cardsID sample errors) setDE ![errors :&: _]setIC.
rewrite cardsCs setCK size_p size_sample addnK eqxx /=; apply/at_mostP.
move: worse; rewrite sum_w /d -/mu.
move: (INR #|sample :&: errors|) (INR #|~: sample :&: errors|) => a b worse.
have -> : (a + b) / N + mu * INR k / N = b / INR n - INR k / N * (b / INR n - a / INR k - mu).
  by rewrite /N; field; repeat split; lra.
have : 0 <= INR k / N by rewrite /Rdiv; apply: Rmult_le_pos; [lra | left; apply: Rinv_0_lt_compat].
by nra.
Qed.
