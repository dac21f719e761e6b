(* The arithmetic on numbers below 2^128 is that of a field: x^128 + x^7 + x^2 + x + 1 is irreducible
   over GF(2). *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field.
From EveproofMath Require Import HashDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Local Notation F2 := [finFieldType of 'F_2].

(* --- Numbers as polynomials over GF(2) -------------------------------------------------------- *)

Fixpoint pos_poly (p : positive) : {poly F2} :=
  match p with
  | xH => 1
  | xO q => 'X * pos_poly q
  | xI q => 1 + 'X * pos_poly q
  end.

Definition num_poly (a : N) : {poly F2} := if a is Npos p then pos_poly p else 0.

Lemma polyF2D (p : {poly F2}) : p + p = 0.
Proof. by apply: addrr_char2; rewrite char_poly; apply: char_Fp. Qed.

Lemma num_poly_double a : num_poly (N.double a) = 'X * num_poly a.
Proof. by case: a => [|p] //=; rewrite mulr0. Qed.

Lemma num_poly_succ_double a : num_poly (N.succ_double a) = 1 + 'X * num_poly a.
Proof. by case: a => [|p] //=; rewrite mulr0 addr0. Qed.

Lemma num_poly_lxor a b : num_poly (N.lxor a b) = num_poly a + num_poly b.
Proof.
case: a b => [|p] [|q] /=; rewrite ?add0r ?addr0 //.
elim: p q => [p IH|p IH|] [q|q|] /=.
- rewrite num_poly_double IH mulrDr addrACA polyF2D add0r //.
- by rewrite num_poly_succ_double IH mulrDr addrA.
- by rewrite addrC addrA polyF2D add0r.
- by rewrite num_poly_succ_double IH mulrDr addrCA.
- by rewrite num_poly_double IH mulrDr.
- by rewrite addrC.
- by rewrite addrA polyF2D add0r.
- by [].
- by rewrite polyF2D.
Qed.

Definition modulus_poly : {poly F2} := num_poly modulus.

(* Evaluation at a root of the modulus takes the arithmetic on numbers to that of the field. *)
Section Evaluation.
Variables (L : fieldExtType F2) (z : L).
Hypothesis root_z : root (map_poly (in_alg L) modulus_poly) z.

Definition value (a : N) : L := (map_poly (in_alg L) (num_poly a)).[z].

Lemma value0 : value 0 = 0.
Proof. by rewrite /value /= rmorph0 horner0. Qed.

Lemma value_lxor a b : value (N.lxor a b) = value a + value b.
Proof. by rewrite /value num_poly_lxor rmorphD hornerD. Qed.

Lemma value_modulus : value modulus = 0.
Proof. exact/eqP. Qed.

Lemma value_double a : value (N.double a) = z * value a.
Proof. by rewrite /value num_poly_double rmorphM /= map_polyX hornerM hornerX. Qed.

Lemma value_gf_double a : value (gf_double a) = z * value a.
Proof.
rewrite /gf_double; case: (N.testbit _ _); last exact: value_double.
by rewrite value_lxor value_modulus addr0 value_double.
Qed.

Lemma value_gf_mul a b : value (gf_mul a b) = value a * value b.
Proof.
case: b => [|p] /=; first by rewrite value0 mulr0.
have step q : value (Npos (xO q)) = z * value (Npos q) by rewrite -value_double.
have step1 q : value (Npos (xI q)) = 1 + z * value (Npos q).
  by rewrite /value /= rmorphD rmorphM /= map_polyX rmorph1 hornerD hornerM hornerX hornerC.
elim: p => [p IH|p IH|].
- by rewrite value_lxor value_gf_double IH step1 mulrDr mulr1 mulrCA.
- by rewrite /= value_gf_double IH step mulrCA.
- by rewrite /= /value /= rmorph1 hornerC mulr1.
Qed.
End Evaluation.

(* --- Irreducibility, by Ben-Or's test --------------------------------------------------------- *)

(* Some divisor of least degree is irreducible. *)
Lemma irreducible_divisor (p : {poly F2}) : p != 0 -> (1 < size p)%N ->
  exists2 g, irreducible_poly g & (g %| p) && (size g <= size p)%N.
Proof.
move=> p0 size_p.
pose divides n := (1 < n)%N && [exists v : 'rV[F2]_n, (size (rVpoly v) == n) && (rVpoly v %| p)].
have found q : (1 < size q)%N -> q %| p -> divides (size q).
  move=> size_q q_p; rewrite /divides size_q; apply/existsP; exists (poly_rV q).
  by rewrite poly_rV_K // eqxx.
have some : exists n, divides n by exists (size p); apply: found.
case: (ex_minnP some) => n /andP [n1 /existsP [v /andP [/eqP size_g g_p]]] least.
exists (rVpoly v); last by rewrite g_p dvdp_leq.
split; first by rewrite size_g.
move=> q size_q q_g; rewrite -dvdp_size_eqp // eqn_leq dvdp_leq //=; last first.
  by rewrite -size_poly_gt0 size_g ltnW.
rewrite size_g; apply: least; apply: found; last exact: dvdp_trans q_g g_p.
rewrite ltn_neqAle eq_sym size_q size_poly_gt0.
by apply: contra p0 => /eqP q0; rewrite -dvd0p -q0; apply: dvdp_trans q_g g_p.
Qed.

(* x^(2^d) modulo the modulus. *)
Fixpoint frobenius (d : nat) : N := if d is n.+1 then gf_mul (frobenius n) (frobenius n) else 2%num.

(* The product of all x^(2^d) - x for d from 1 to so many. *)
Fixpoint differences (d : nat) : N :=
  if d is n.+1 then gf_mul (differences n) (N.lxor (frobenius n.+1) 2) else 1%num.

Fixpoint gf_power (a : N) (squarings : nat) : N :=
  if squarings is n.+1 then let b := gf_power a n in gf_mul (gf_mul b b) a else a.

(* a^(2^128 - 2) *)
Definition gf_inverse (a : N) : N := let b := gf_power a 126 in gf_mul b b.

Lemma differences_invertible :
  gf_mul (differences 64) (gf_inverse (differences 64)) = 1%num.
Proof. by vm_compute. Qed.
