(* The arithmetic on numbers below 2^128 is that of a field: x^128 + x^7 + x^2 + x + 1 is irreducible
   over GF(2). *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field.
From EveproofMath Require Import FieldDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Local Notation F2 := [finFieldType of 'F_2].

(* --- What Ben-Or's test computes ------------------------------------------------------------- *)

(* x^(2^d) modulo the modulus. *)
Fixpoint frobenius (d : nat) : N := if d is n.+1 then let x := frobenius n in gf_mul x x else 2%num.

(* The product of all x^(2^d) - x for d from 1 to so many. *)
Fixpoint differences (d : nat) : N :=
  if d is n.+1 then gf_mul (differences n) (N.lxor (frobenius n.+1) 2) else 1%num.

(* The inverse was computed elsewhere; that it is one is computed here. *)
Lemma differences_invertible : exists i, gf_mul (differences 64) i = 1%num.
Proof. by exists 312067251628618998825332975195967287950%num; vm_cast_no_check (erefl 1%num). Qed.

(* --- Numbers as polynomials over GF(2) -------------------------------------------------------- *)

Fixpoint pos_poly (p : positive) : {poly F2} :=
  match p with
  | xH => 1
  | xO q => 'X * pos_poly q
  | xI q => 1 + 'X * pos_poly q
  end.

Definition num_poly (a : N) : {poly F2} := if a is Npos p then pos_poly p else 0.

Lemma polyF2D (p : {poly F2}) : p + p = 0.
Proof. by apply/polyP => i; rewrite coefD coef0; apply: addrr_char2; apply: char_Fp. Qed.

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
have found (q : {poly F2}) : (1 < size q)%N -> q %| p -> divides (size q).
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

Lemma size_pos_poly p : size (pos_poly p) = Pos.size_nat p.
Proof.
have pos_size q : (0 < Pos.size_nat q)%N by case: q.
have double q : size (pos_poly q) = Pos.size_nat q -> size ('X * pos_poly q) = (Pos.size_nat q).+1.
  by move=> size_q; rewrite mulrC size_mulX ?size_q // -size_poly_gt0 size_q.
elim: p => [p IH|p IH|] /=; last by rewrite size_poly1.
  by rewrite addrC size_addl double // size_poly1 ltnS.
exact: double.
Qed.

Lemma size_modulus : size modulus_poly = 129%N.
Proof. by rewrite /modulus_poly /num_poly size_pos_poly; vm_compute. Qed.

Lemma size_num_poly a n : (a < 2 ^ N.of_nat n)%num -> (size (num_poly a) <= n)%N.
Proof.
case: a => [|p] /=; first by rewrite size_poly0.
rewrite size_pos_poly; elim: p n => [p IH|p IH|] [|n]; rewrite ?N.pow_0_r; try by [].
  rewrite Nnat.Nat2N.inj_succ N.pow_succ_r' => small; apply: IH.
  by move: (2 ^ N.of_nat n)%num small; clear => ?; lia.
rewrite Nnat.Nat2N.inj_succ N.pow_succ_r' => small; apply: IH.
by move: (2 ^ N.of_nat n)%num small; clear => ?; lia.
Qed.

Lemma num_poly_eq0 a : num_poly a = 0 -> a = 0%num.
Proof.
case: a => [|p] //= p0; have := size_pos_poly p; rewrite p0 size_poly0.
by case: p {p0}.
Qed.


Lemma no_small_divisor w : w %| modulus_poly -> (1 < size w)%N -> (size w <= 65)%N -> False.
Proof.
move=> w_m size_w small.
have w0 : w != 0 by rewrite -size_poly_gt0 ltnW.
have [g irr_g /andP [g_w size_g]] := irreducible_divisor w0 size_w.
have [L dim_L [z root_g _]] := irredp_FAdjoin irr_g.
have g_m := dvdp_trans g_w w_m.
have root_m : root (map_poly (in_alg L) modulus_poly) z.
  by rewrite -dvdp_XsubCl; apply: (@dvdp_trans _ (map_poly (in_alg L) g)); rewrite ?dvdp_XsubCl ?dvdp_map.
have size_g1 : (1 < size g)%N by case: irr_g.
set d := (size g).-1 in dim_L.
have z_frobenius : z ^+ (2 ^ d) = z.
  have := Fermat's_little_theorem {:L}%AS z; rewrite memvf dim_L card_Fp //.
  by move/esym/eqP.
have value_frobenius n : value z (frobenius n) = z ^+ (2 ^ n).
  elim: n => [|n IH] /=; first by rewrite /value /= mulr1 map_polyX hornerX.
  by rewrite value_gf_mul // IH -exprD addnn -mul2n -expnS.
have value_two : value z 2 = z by exact: (value_frobenius 0%N).
have zero n : (d <= n)%N -> value z (differences n) = 0.
  elim: n => [|n IH]; first by rewrite leqn0 /d; case: (size g) size_g1 => [|[]].
  rewrite leq_eqVlt => /orP [/eqP eq_d|d_n] /=; rewrite value_gf_mul //; last by rewrite IH ?mul0r.
  rewrite value_lxor -/(frobenius n.+1) value_frobenius -eq_d z_frobenius value_two.
  have -> : z + z = 0 by rewrite -{1 2}value_two -value_lxor value0.
  by rewrite mulr0.
Opaque differences.
have [i inverse] := differences_invertible.
have product0 : value z (differences 64) = 0.
  by apply: zero; rewrite /d -ltnS prednK ?(leq_trans size_g) // ltnW.
move: (differences 64) inverse product0 => product inverse product0.
move: (congr1 (value z) inverse); rewrite (value_gf_mul root_m) product0 mul0r.
by rewrite /value rmorph1 hornerC => /eqP; rewrite eq_sym oner_eq0.
Qed.

Theorem modulus_irreducible : irreducible_poly modulus_poly.
Proof.
split; first by rewrite size_modulus.
move=> q size_q q_m; apply: contraT => not_all.
have [s eq_m] := dvdpP _ _ q_m.
have m0 : modulus_poly != 0 by rewrite -size_poly_gt0 size_modulus.
have [s0 q0] : s != 0 /\ q != 0.
  by split; apply: contra m0 => /eqP eq0; rewrite eq_m eq0 ?mul0r ?mulr0.
have size_q1 : (1 < size q)%N by rewrite ltn_neqAle eq_sym size_q size_poly_gt0.
have size_s1 : (1 < size s)%N.
  rewrite ltn_neqAle size_poly_gt0 s0 andbT eq_sym; apply: contra not_all => /eqP size_s.
  by rewrite -dvdp_size_eqp // eq_m size_mul // size_s.
have sizes : ((size s + size q).-1 = 129)%N by rewrite -size_mul // -eq_m size_modulus.
case: (leqP (size q) 65) => [small|large].
  by case: (no_small_divisor q_m size_q1 small).
have s_m : s %| modulus_poly by rewrite eq_m dvdp_mulr.
case: (no_small_divisor s_m size_s1); rewrite leqNgt; apply/negP => large_s.
by have := leq_add large_s large; rewrite -ltnS; case: (size s + size q)%N sizes => //= n ->.
Qed.

(* --- The field -------------------------------------------------------------------------------- *)

Lemma value_eq0 (L : fieldExtType F2) (z : L) a :
  root (map_poly (in_alg L) modulus_poly) z -> (a < 2 ^ 128)%num -> value z a = 0 -> a = 0%num.
Proof.
move=> root_z small a0; apply: num_poly_eq0; apply/eqP; apply: contraT => p0.
have size_p := size_num_poly (n := 128) small.
have [_ irr] := modulus_irreducible.
have coprime : coprimep modulus_poly (num_poly a).
  rewrite /coprimep; apply: contraT => size_gcd.
  have m_p := eqp_dvdl (num_poly a) (irr _ size_gcd (dvdp_gcdl _ _)).
  have : modulus_poly %| num_poly a by rewrite -m_p dvdp_gcdr.
  by move/(dvdp_leq p0); rewrite size_modulus leqNgt ltnS size_p.
have : coprimep (map_poly (in_alg L) modulus_poly) (map_poly (in_alg L) (num_poly a)).
  by rewrite coprimep_map.
move/coprimep_root => /(_ z root_z); rewrite -/(value z a) a0 eqxx //.
Qed.

Lemma lxor_small a b : (a < 2 ^ 128 -> b < 2 ^ 128 -> N.lxor a b < 2 ^ 128)%num.
Proof.
have bits c : (c < 2 ^ 128)%num <-> forall i, (128 <= i)%num -> N.testbit c i = false.
  split=> [small i large|high].
    case: (N.eq_0_gt_0_cases c) => [->|pos]; first exact: N.bits_0.
    by apply: N.bits_above_log2; apply: N.lt_le_trans large; apply/N.log2_lt_pow2.
  apply/N.lt_nge => large.
  have pos : (0 < c)%num by apply: N.lt_le_trans large.
  have := high (N.log2 c); rewrite N.bit_log2; last by move: pos; clear; lia.
  by move=> absurd; have := absurd ((N.log2_le_pow2 _ _ pos).1 large).
move=> /bits a_bits /bits b_bits; apply/bits => i large.
by rewrite N.lxor_spec a_bits ?b_bits.
Qed.

Lemma value_inj (L : fieldExtType F2) (z : L) a b :
  root (map_poly (in_alg L) modulus_poly) z -> (a < 2 ^ 128)%num -> (b < 2 ^ 128)%num ->
  value z a = value z b -> a = b.
Proof.
move=> root_z a_small b_small eq_value; apply: N.lxor_eq.
apply: (value_eq0 root_z); first exact: lxor_small.
rewrite value_lxor eq_value -value_lxor N.lxor_nilpotent value0 //.
Qed.

(* There is a field in which the numbers below 2^128 stand for different elements, the exclusive or
   for their sum, and gf_mul for their product. *)
Theorem numbers_form_a_field : exists (L : fieldExtType F2) (z : L),
  [/\ forall a b, value z (N.lxor a b) = value z a + value z b,
      forall a b, value z (gf_mul a b) = value z a * value z b,
      value z 0 = 0
    & forall a b, (a < 2 ^ 128)%num -> (b < 2 ^ 128)%num -> value z a = value z b -> a = b].
Proof.
have [L dim_L [z root_z _]] := irredp_FAdjoin modulus_irreducible.
exists L, z; split.
- exact: value_lxor.
- exact: value_gf_mul.
- exact: value0.
- by move=> a b; apply: value_inj.
Qed.
