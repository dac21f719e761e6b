(* Different messages are hashed as different sequences of blocks; different frames are different
   messages. *)
From Coq Require Import Init.Byte NArith Lia.
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import EncodingDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Lemma cat_split (T : Type) (s1 s2 t1 t2 : seq T) :
  size s1 = size s2 -> s1 ++ t1 = s2 ++ t2 -> s1 = s2 /\ t1 = t2.
Proof.
elim: s1 s2 => [|x s1 IH] [|y s2] //= [eq_size] [-> eq_cat].
by case: (IH s2 eq_size eq_cat) => -> ->.
Qed.

Lemma size_big_endian n v : size (big_endian n v) = n.
Proof. by elim: n v => //= n IH v; rewrite size_rcons IH. Qed.

Lemma byte_of_number_testbit v w i :
  byte_of_number v = byte_of_number w -> (i < 8)%num -> N.testbit v i = N.testbit w i.
Proof.
move=> eq_bytes i_small.
have := congr1 Byte.to_bits eq_bytes.
rewrite /byte_of_number !Byte.to_bits_of_bits => -[e0 e1 e2 e3 e4 e5 e6 e7].
have : (i = 0 \/ i = 1 \/ i = 2 \/ i = 3 \/ i = 4 \/ i = 5 \/ i = 6 \/ i = 7)%num.
  by clear -i_small; lia.
by do 7 (case=> [-> //|]); move=> ->.
Qed.

Lemma big_endian_inj n v w :
  (v < 2 ^ (8 * N.of_nat n))%num -> (w < 2 ^ (8 * N.of_nat n))%num ->
  big_endian n v = big_endian n w -> v = w.
Proof.
elim: n v w => [|n IH] v w.
  by rewrite N.mul_0_r N.pow_0_r !N.lt_1_r => -> ->.
have shift_bound x : (x < 2 ^ (8 * N.of_nat n.+1) -> N.shiftr x 8 < 2 ^ (8 * N.of_nat n))%num.
  move=> bound; rewrite N.shiftr_div_pow2; apply: N.div_lt_upper_bound => //.
  rewrite -N.pow_add_r; suff -> : (8 + 8 * N.of_nat n = 8 * N.of_nat n.+1)%num by [].
  by clear; lia.
move=> /shift_bound v_bound /shift_bound w_bound /= /rcons_inj [eq_high eq_low].
have eq_shift := IH _ _ v_bound w_bound eq_high.
apply: N.bits_inj => i; case: (N.lt_ge_cases i 8) => [small|large].
  exact: byte_of_number_testbit eq_low small.
have -> : i = (i - 8 + 8)%num by rewrite N.sub_add.
by rewrite -!N.shiftr_spec' eq_shift.
Qed.

(* --- Frames ----------------------------------------------------------------------------------- *)

Opaque big_endian.

(* The ranges in which the fields fit; Java's are narrower. *)
Definition fits (h : header) : Prop :=
  (suite h < 2 ^ 8 /\ message_type h < 2 ^ 8 /\ session h < 2 ^ 64 /\ round h < 2 ^ 32
   /\ sequence h < 2 ^ 32 /\ epoch h < 2 ^ 32 /\ block h < 2 ^ 32 /\ index h < 2 ^ 32)%num.

Theorem frame_encoding_injective (h h' : header) (p p' : seq byte) :
  fits h -> fits h' -> (N.of_nat (size p) < 2 ^ 32)%num -> (N.of_nat (size p') < 2 ^ 32)%num ->
  authenticated h p = authenticated h' p' -> h = h' /\ p = p'.
Proof.
case: h => su se ty ss ro sq ep bl ix; case: h' => su' se' ty' ss' ro' sq' ep' bl' ix'.
rewrite /fits /authenticated /encode_header /= => fit fit' p_fits p_fits'.
have sizes n v w : size (big_endian n v) = size (big_endian n w) by rewrite !size_big_endian.
rewrite -!catA.
case/cat_split=> [|_]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_suite]; first exact: sizes.
case/cat_split=> [|e_sender]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_type]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_session]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_round]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_sequence]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_epoch]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_block]; first exact: sizes.
case/cat_split=> [|/big_endian_inj e_index]; first exact: sizes.
case/cat_split=> [|_ ->]; first exact: sizes.
have -> : se = se' by case: se se' e_sender => -[].
split=> //; move: fit fit' => [? [? [? [? [? [? [? ?]]]]]]] [? [? [? [? [? [? [? ?]]]]]]].
by rewrite e_suite // e_type // e_session // e_round // e_sequence // e_epoch // e_block // e_index.
Qed.

(* --- Blocks ----------------------------------------------------------------------------------- *)

Lemma size_cut (T : Type) count n (s : seq T) : size (cut count n s) = count.
Proof. by elim: count s => //= c IH s; rewrite IH. Qed.

Lemma flatten_cut (T : Type) count n (s : seq T) : size s = count * n -> flatten (cut count n s) = s.
Proof.
elim: count s => [|c IH] s /=; first by move/size0nil.
by move=> size_s; rewrite IH ?cat_take_drop // size_drop size_s mulSn addKn.
Qed.

Lemma all_cut (T : Type) count n (s : seq T) :
  size s = count * n -> all (fun b => size b == n) (cut count n s).
Proof.
elim: count s => //= c IH s size_s.
rewrite IH ?size_drop ?size_s ?mulSn ?addKn // andbT size_takel //.
by rewrite size_s mulSn leq_addr.
Qed.

Lemma round_up q r : r < 14 -> q * 14 + r + (14 - r) %% 14 = (q * 14 + r + 13) %/ 14 * 14.
Proof.
rewrite -!addnA divnMDl // mulnDl => small; congr (_ + _).
by move: r small; do 14 (case=> //).
Qed.

Lemma size_pad m : size (pad m) = (size m + 13) %/ 14 * 14.
Proof.
rewrite /pad size_cat size_nseq /block_bytes.
have := round_up (size m %/ 14) (ltn_pmod (size m) (isT : 0 < 14)).
by rewrite -divn_eq.
Qed.

Lemma take_pad m : take (size m) (pad m) = m.
Proof. by rewrite /pad take_size_cat. Qed.

Lemma size_blocks m : size (blocks m) = block_count (size m).
Proof. by rewrite /blocks size_rcons size_cut size_pad mulnK // /block_count addn1. Qed.

Lemma all_blocks m : all (fun b => size b == block_bytes) (blocks m).
Proof.
rewrite /blocks all_rcons size_big_endian eqxx /=.
by apply: all_cut; rewrite size_pad mulnK.
Qed.

(* Lengths in bits fit their block: any message of less than 2^109 bytes. *)
Definition hashable (m : seq byte) : Prop := (N.of_nat (size m) < 2 ^ 109)%num.

Lemma length_block_inj m m' :
  hashable m -> hashable m' -> length_block m = length_block m' -> size m = size m'.
Proof.
rewrite /hashable /length_block => bound bound' /big_endian_inj eq_bits.
have {}eq_bits : (8 * N.of_nat (size m) = 8 * N.of_nat (size m'))%num.
  have big n : (n < 2 ^ 109 -> 8 * n < 2 ^ (8 * N.of_nat block_bytes))%num.
    by move=> small; rewrite (_ : 2 ^ (8 * N.of_nat block_bytes) = 8 * 2 ^ 109)%num // -N.mul_lt_mono_pos_l.
  by apply: eq_bits; apply: big.
by apply: Nnat.Nat2N.inj; move: eq_bits; clear; lia.
Qed.

Theorem message_encoding_injective (m m' : seq byte) :
  hashable m -> hashable m' -> blocks m = blocks m' -> m = m'.
Proof.
move=> bound bound'; rewrite /blocks => /rcons_inj/pair_equal_spec [eq_cut eq_length].
have eq_size := length_block_inj bound bound' eq_length.
have whole n : size (pad n) = size (pad n) %/ block_bytes * block_bytes.
  by rewrite size_pad mulnK.
by rewrite -(take_pad m) -(take_pad m') -(flatten_cut (whole m)) eq_cut eq_size flatten_cut.
Qed.
