(* 2^127 - 1 is a prime: the test of Lucas and Lehmer, computed inside Coq. *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import FieldDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* s_0 = 4, s_(i + 1) = s_i^2 - 2, modulo 2^127 - 1. *)
Fixpoint lucas_lehmer (i : nat) : N :=
  if i is j.+1 then let s := lucas_lehmer j in ((s * s + (mersenne - 2)) mod mersenne)%num else 4%num.

Lemma lucas_lehmer_vanishes : lucas_lehmer 125 = 0%num.
Proof. by vm_cast_no_check (erefl 0%num). Qed.

(* --- The same numbers modulo a divisor --------------------------------------------------------- *)

Section Divisor.
Variables (p q : nat).
Hypothesis p_mersenne : N.of_nat p = mersenne.
Hypothesis q_prime : prime q.
Hypothesis q_divides : (q %| p)%N.
Local Notation F := 'F_q.

Definition modulo (a : N) : F := (N.to_nat a)%:R.

Lemma moduloD a b : modulo (a + b) = modulo a + modulo b.
Proof. by rewrite /modulo Nnat.N2Nat.inj_add plusE natrD. Qed.

Lemma moduloM a b : modulo (a * b) = modulo a * modulo b.
Proof. by rewrite /modulo Nnat.N2Nat.inj_mul multE natrM. Qed.

Lemma modulo_mersenne : modulo mersenne = 0.
Proof.
rewrite -p_mersenne /modulo Nnat.Nat2N.id.
by apply/eqP; rewrite -(dvdn_charf (char_Fp q_prime)).
Qed.

Lemma modulo_mod a : modulo (a mod mersenne) = modulo a.
Proof.
rewrite [in RHS](N.div_mod a mersenne) // moduloD moduloM modulo_mersenne mul0r add0r //.
Qed.

Lemma modulo_two : modulo (mersenne - 2) = - 2%:R.
Proof.
apply/eqP; rewrite -addr_eq0; apply/eqP.
have -> : 2%:R = modulo 2 by [].
by rewrite -moduloD -modulo_mersenne.
Qed.

Lemma modulo_square_less_two a : modulo (a * a + (mersenne - 2)) = modulo a * modulo a - 2%:R.
Proof. by rewrite moduloD moduloM modulo_two. Qed.

(* --- Two by two matrices ----------------------------------------------------------------------- *)

(* A root of x^2 - 4 x + 1. *)
Definition root : 'M[F]_(1 + 1) := block_mx 0 (-1)%:M 1%:M 4%:R%:M.
Local Notation R := [ringType of 'M[F]_(1 + 1)].
Local Notation W := (root : R).
Local Notation V := (4%:R - W : R).

Lemma root_square : W * W = 4%:R * W - 1.
Proof.
suff square : root *m root = 4%:R *: root - 1%:M by rewrite mulr_natl -(scaler_nat 4 root).
rewrite /root mulmx_block scalar_mx_block scale_block_mx opp_block_mx add_block_mx.
rewrite !(mul0mx, mulmx0, scaler0, add0r, addr0, oppr0, subr0, mul_scalar_mx, scale1r).
by congr block_mx; apply/matrixP => i j; rewrite !mxE !ord1 /= ?mulN1r ?mulr1 ?mulrN1 // addrC.
Qed.

Lemma root_conjugate : W * V = 1.
Proof. by rewrite mulrBr root_square mulr_natl mulr_natr opprB addrC subrK. Qed.

Lemma commutes : GRing.comm W V.
Proof. by apply: commrB; [apply: commr_nat | apply: commr_refl]. Qed.

(* In the ring of matrices the computed numbers are W^(2^i) + V^(2^i). *)
Lemma power_sum i : ((modulo (lucas_lehmer i))%:M : R) = W ^+ (2 ^ i) + V ^+ (2 ^ i).
Proof.
elim: i => [|i IH].
  rewrite !expr1 addrC subrK /= -(scaler_nat 4 (1 : R)).
  by rewrite /modulo -[4%:R *: _]/(4%:R *: 1%:M) scale_scalar_mx mulr1.
rewrite [lucas_lehmer i.+1]/= modulo_mod modulo_square_less_two raddfB /= scalar_mxM.
rewrite -[(_ *m _)]/((_ : R) * _) IH expnSr !exprM -!expr2.
have comm : GRing.comm (W ^+ (2 ^ i)) (V ^+ (2 ^ i)) by apply: commrX; apply: commr_sym; apply: commrX; apply: commr_sym; apply: commutes.
have one : W ^+ (2 ^ i) * V ^+ (2 ^ i) = 1 by rewrite -exprMn_comm ?root_conjugate ?expr1n //; apply: commutes.
move: {IH} comm one; move: (W ^+ _) (V ^+ _) => x y comm one.
have -> : ((2%:R : F)%:M : R) = 1 + 1 by apply: raddfD.
by rewrite !expr2 mulrDl !mulrDr -[y * x]comm one [1 + y * y]addrC addrACA addrK.
Qed.

Hypothesis q_odd : odd q.

Lemma minus_one_is_not_one : (-1 : R) != 1.
Proof.
apply/eqP => eq_one; have := congr1 (fun m : 'M[F]_(1 + 1) => m 0 0) eq_one.
rewrite !mxE /= mulr1n => /eqP; rewrite eq_sym -subr_eq0 opprK -(natrD _ 1 1) -(dvdn_charf (char_Fp q_prime)).
by rewrite dvdn_prime2 // => /eqP eq_two; move: q_odd; rewrite eq_two.
Qed.

(* s_125 = 0, so the root to the power of 2^126 is -1. *)
Lemma half_power : W ^+ (2 ^ 126) = -1.
Proof.
have sum := power_sum 125; rewrite lucas_lehmer_vanishes in sum.
have {}sum : W ^+ (2 ^ 125) = - V ^+ (2 ^ 125).
  by apply/eqP; rewrite -addr_eq0 -sum /modulo raddf0.
rewrite (expnS 2 125) mulnC exprM expr2 [X in _ * X]sum mulrN -exprMn_comm ?root_conjugate ?expr1n //.
exact: commutes.
Qed.

(* Its powers up to 2^127 are different, *)
Lemma powers_differ : injective (fun i : 'I_(2 ^ 127) => W ^+ i).
Proof.
have whole : W ^+ (2 ^ 127) = 1 by rewrite (expnS 2 126) mulnC exprM half_power sqrrN expr1n.
have [m m_root m_divides] := prim_order_exists (expn_gt0 2 127) whole.
have [k k_small eq_m] : exists2 k, (k <= 127)%N & m = (2 ^ k)%N by apply/(dvdn_pfactor _ _ (isT : prime 2)).
have eq_k : k = 127%N.
  apply/eqP; rewrite eqn_leq k_small leqNgt; apply/negP => k_less.
  have := half_power; have -> : W ^+ (2 ^ 126) = 1.
    apply/eqP; rewrite -(prim_order_dvd m_root) eq_m; apply: dvdn_exp2l; rewrite -ltnS; exact: k_less.
  by move=> /esym/eqP; apply/negP; exact: minus_one_is_not_one.
move=> i j /eqP; rewrite (eq_prim_root_expr m_root) eq_m eq_k.
by rewrite !modn_small // => /eqP/ord_inj.
Qed.

(* and each is a combination of 1 and the root. *)
Fixpoint combination (i : nat) : F * F :=
  if i is j.+1 then let: (a, b) := combination j in (- b, a + 4%:R * b) else (1, 0).

Lemma power_combination i :
  W ^+ i = (((combination i).1)%:M : R) + ((combination i).2)%:M * W.
Proof.
elim: i => [|i IH]; first by rewrite /= raddf0 mul0r addr0.
rewrite exprSr IH /=; case: (combination i) => a b /=.
rewrite mulrDl -mulrA root_square raddfN raddfD /= scalar_mxM.
have -> : (4%:R%:M *m b%:M : R) = b%:M * 4%:R.
  rewrite scalar_mxC -[LHS]/((b%:M : R) * 4%:R%:M); congr (_ * _).
  by rewrite -(scaler_nat 4 (1 : R)) -[4%:R *: _]/(4%:R *: 1%:M) scale_scalar_mx mulr1.
by rewrite mulrBr mulr1 [RHS]addrC (mulrDl a%:M) -mulrA addrA.
Qed.

Lemma combinations_differ : injective (fun i : 'I_(2 ^ 127) => combination i).
Proof. by move=> i j eq_c; apply: powers_differ; rewrite !power_combination eq_c. Qed.

Lemma divisor_is_great : (2 ^ 127 <= q * q)%N.
Proof.
have := leq_card _ combinations_differ.
by rewrite card_ord card_prod card_Fp.
Qed.
End Divisor.

(* --- So no divisor is small -------------------------------------------------------------------- *)

Lemma of_nat_power n : N.of_nat (2 ^ n)%N = (2 ^ N.of_nat n)%num.
Proof.
elim: n => [|n IH]; first by [].
by rewrite expnS Nnat.Nat2N.inj_mul IH (Nnat.Nat2N.inj_succ n) N.pow_succ_r'.
Qed.

Lemma successor p : N.of_nat p = mersenne -> p.+1 = (2 ^ 127)%N.
Proof.
move=> p_mersenne; apply: Nnat.Nat2N.inj; rewrite of_nat_power Nnat.Nat2N.inj_succ p_mersenne.
exact: erefl.
Qed.

Theorem mersenne_prime (p : nat) : N.of_nat p = mersenne -> prime p.
Proof.
move=> p_mersenne; have p_power := successor p_mersenne.
have q_odd q : (q %| p)%N -> odd q.
  move=> q_divides; apply: (dvdn_odd q_divides).
  have := congr1 odd p_power; rewrite (oddX 2 127).
  by rewrite oddS => /negbFE.
have great := divisor_is_great p_mersenne.
have four : (2 ^ 2 < 2 ^ 127)%N by rewrite ltn_exp2l.
rewrite -p_power in four great.
apply/negPn/negP => /primePns [small|[q [q_prime q_square q_divides]]].
  by move: four; rewrite ltnS leqNgt (leq_trans small).
by have := great q q_prime q_divides (q_odd q q_divides); rewrite mulnn ltnNge q_square.
Qed.
