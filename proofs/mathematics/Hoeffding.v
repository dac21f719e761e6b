(* Hoeffding's lemma for a coin: p e^(s(1-p)) + (1-p) e^(-sp) <= e^(s^2/8). *)
From Coq Require Import Reals Lra Psatz.
Local Open Scope R_scope.

Section Coin.
Variable p : R.
Hypothesis p_range : 0 <= p <= 1.

Definition mean_exp (s : R) : R := 1 - p + p * exp s.

Lemma mean_exp_pos s : 0 < mean_exp s.
Proof.
unfold mean_exp; pose proof (exp_pos s) as e_pos.
destruct (Req_dec p 1) as [-> | not1]; [lra | nra].
Qed.

Definition gap (s : R) : R := s * s / 8 + p * s - ln (mean_exp s).
Definition share (s : R) : R := p * exp s / mean_exp s.
Definition slope (s : R) : R := s / 4 + p - share s.

Lemma derive_mean_exp s : derivable_pt_lim mean_exp s (p * exp s).
Proof.
unfold mean_exp.
replace (p * exp s) with (0 + (0 * exp s + p * exp s)) by ring.
apply (derivable_pt_lim_plus (fun _ => 1 - p) (fun s => p * exp s)).
- apply derivable_pt_lim_const.
- apply (derivable_pt_lim_mult (fun _ => p) exp).
  + apply derivable_pt_lim_const.
  + apply derivable_pt_lim_exp.
Qed.

Lemma derive_gap s : derivable_pt_lim gap s (slope s).
Proof.
unfold gap, slope, share.
replace (s / 4 + p - p * exp s / mean_exp s)
  with ((((1 * s + s * 1) * / 8 + (s * s) * 0) + (0 * s + p * 1)) - / mean_exp s * (p * exp s)).
2: { pose proof (mean_exp_pos s); field; lra. }
apply (derivable_pt_lim_minus (fun s => s * s / 8 + p * s) (fun s => ln (mean_exp s))).
- apply (derivable_pt_lim_plus (fun s => s * s / 8) (fun s => p * s)).
  + apply (derivable_pt_lim_mult (fun s => s * s) (fun _ => / 8)).
    * apply (derivable_pt_lim_mult (fun s => s) (fun s => s)); apply derivable_pt_lim_id.
    * apply derivable_pt_lim_const.
  + apply (derivable_pt_lim_mult (fun _ => p) (fun s => s)).
    * apply derivable_pt_lim_const.
    * apply derivable_pt_lim_id.
- apply (derivable_pt_lim_comp mean_exp ln).
  + apply derive_mean_exp.
  + apply derivable_pt_lim_ln, mean_exp_pos.
Qed.

Lemma derive_slope s : derivable_pt_lim slope s (1 / 4 - share s * (1 - share s)).
Proof.
pose proof (mean_exp_pos s) as pos.
unfold slope.
replace (1 / 4 - share s * (1 - share s))
  with (((1 * / 4 + s * 0) + 0)
        - ((0 * exp s + p * exp s) * mean_exp s - (p * exp s) * (p * exp s)) / Rsqr (mean_exp s)).
2: { unfold share, Rsqr; field; lra. }
apply (derivable_pt_lim_minus (fun s => s / 4 + p) share).
- apply (derivable_pt_lim_plus (fun s => s / 4) (fun _ => p)).
  + apply (derivable_pt_lim_mult (fun s => s) (fun _ => / 4)).
    * apply derivable_pt_lim_id.
    * apply derivable_pt_lim_const.
  + apply derivable_pt_lim_const.
- replace ((0 * exp s + p * exp s) * mean_exp s - p * exp s * (p * exp s))
    with ((0 * exp s + p * exp s) * mean_exp s - p * exp s * (p * exp s)) by ring.
  apply (derivable_pt_lim_div (fun s => p * exp s) mean_exp).
  + apply (derivable_pt_lim_mult (fun _ => p) exp).
    * apply derivable_pt_lim_const.
    * apply derivable_pt_lim_exp.
  + apply derive_mean_exp.
  + lra.
Qed.

Lemma mean_value f f' (a b : R) :
  (forall s, derivable_pt_lim f s (f' s)) -> a < b ->
  exists c, a < c < b /\ f b - f a = f' c * (b - a).
Proof.
intros derive less.
destruct (MVT_cor2 f f' a b less) as [c [eq range]].
- intros; apply derive.
- exists c; split; [exact range | exact eq].
Qed.

Lemma slope0 : slope 0 = 0.
Proof. unfold slope, share, mean_exp; rewrite exp_0; field; lra. Qed.

Lemma gap0 : gap 0 = 0.
Proof.
unfold gap, mean_exp; rewrite exp_0.
replace (1 - p + p * 1) with 1 by ring; rewrite ln_1; field.
Qed.

Lemma slope_sign s : 0 <= s * slope s.
Proof.
assert (second : forall c, 0 <= 1 / 4 - share c * (1 - share c)).
{ intro c; replace (1 / 4 - share c * (1 - share c)) with (Rsqr (share c - 1 / 2)).
  - apply Rle_0_sqr.
  - unfold Rsqr; field. }
destruct (Rtotal_order s 0) as [neg | [-> | pos]].
- destruct (mean_value _ _ s 0 derive_slope neg) as [c [_ eq]].
  rewrite slope0 in eq; specialize (second c); nra.
- lra.
- destruct (mean_value _ _ 0 s derive_slope pos) as [c [_ eq]].
  rewrite slope0 in eq; specialize (second c); nra.
Qed.

Lemma gap_nonneg s : 0 <= gap s.
Proof.
destruct (Rtotal_order s 0) as [neg | [-> | pos]].
- destruct (mean_value _ _ s 0 derive_gap neg) as [c [range eq]].
  rewrite gap0 in eq; pose proof (slope_sign c); assert (slope c <= 0) by nra; nra.
- rewrite gap0; lra.
- destruct (mean_value _ _ 0 s derive_gap pos) as [c [range eq]].
  rewrite gap0 in eq; pose proof (slope_sign c); assert (0 <= slope c) by nra; nra.
Qed.

Theorem hoeffding_coin (s : R) :
  p * exp (s * (1 - p)) + (1 - p) * exp (- (s * p)) <= exp (s * s / 8).
Proof.
replace (p * exp (s * (1 - p)) + (1 - p) * exp (- (s * p)))
  with (exp (ln (mean_exp s) + - (s * p))).
2: { rewrite exp_plus, exp_ln by apply mean_exp_pos.
     replace (s * (1 - p)) with (s + - (s * p)) by ring; rewrite exp_plus; unfold mean_exp; ring. }
pose proof (gap_nonneg s) as nonneg; unfold gap in nonneg.
destruct (Rle_lt_or_eq_dec (ln (mean_exp s) + - (s * p)) (s * s / 8)) as [less | ->]; [lra | | lra].
left; apply exp_increasing; exact less.
Qed.
End Coin.
