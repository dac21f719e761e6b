(* The hash, the tag and the verification hash of the code, bit for bit. *)
From Coq Require Import Init.Byte NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions MessageEncoding PolynomialHash BinaryField.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* --- Blocks as numbers ------------------------------------------------------------------------ *)

Lemma bits_of_byte_inj : injective bits_of_byte.
Proof.
move=> b b' eq_bits; rewrite -(Byte.of_bits_to_bits b) -(Byte.of_bits_to_bits b').
congr (Byte.of_bits _); move: eq_bits; rewrite /bits_of_byte.
by case: (Byte.to_bits b) => [? [? [? [? [? [? [? ?]]]]]]]; case: (Byte.to_bits b') => [? [? [? [? [? [? [? ?]]]]]]] [-> -> -> -> -> -> -> ->].
Qed.

Lemma size_bits_of_byte b : size (bits_of_byte b) = 8%N.
Proof. by rewrite /bits_of_byte; case: (Byte.to_bits b) => [? [? [? [? [? [? [? ?]]]]]]]. Qed.

Lemma size_bits_of_bytes s : size (bits_of_bytes s) = (8 * size s)%N.
Proof.
elim: s => //= b s IH; rewrite /bits_of_bytes /= size_cat size_bits_of_byte.
by rewrite -/(bits_of_bytes s) IH mulnS.
Qed.

Lemma bits_of_bytes_inj s s' : size s = size s' -> bits_of_bytes s = bits_of_bytes s' -> s = s'.
Proof.
elim: s s' => [|b s IH] [|b' s'] //= [eq_size].
rewrite /bits_of_bytes /= => /cat_split; rewrite !size_bits_of_byte => /(_ erefl).
by case=> /bits_of_byte_inj -> /IH ->.
Qed.

Lemma number_of_bits_inj s s' : size s = size s' -> number_of_bits s = number_of_bits s' -> s = s'.
Proof.
elim: s s' => [|b s IH] [|b' s'] //= [eq_size] eq_number.
have [-> /IH -> //] : b = b' /\ number_of_bits s = number_of_bits s'.
  by case: b b' eq_number => -[]; case: (number_of_bits s) (number_of_bits s') => [|?] [|?] // [->].
Qed.

Lemma number_of_bits_small s n : (size s <= n)%N -> (number_of_bits s < 2 ^ N.of_nat n)%num.
Proof.
elim: s n => [|b s IH] n.
  by move=> _; rewrite /number_of_bits /=; have := N.pow_nonzero 2 (N.of_nat n); lia.
case: n => // n small; rewrite [number_of_bits _]/=.
rewrite Nnat.Nat2N.inj_succ N.pow_succ_r'; have := IH n small.
by move: (2 ^ N.of_nat n)%num (number_of_bits s) => p a; clear; case: b; rewrite ?N.succ_double_spec ?N.double_spec; lia.
Qed.

Lemma element_small b : size b = block_bytes -> (element b < 2 ^ 128)%num.
Proof. by move=> size_b; apply: (@number_of_bits_small _ 128); rewrite size_bits_of_bytes size_b. Qed.

Lemma element_inj b b' : size b = block_bytes -> size b' = block_bytes -> element b = element b' -> b = b'.
Proof.
move=> size_b size_b' eq_e; apply: bits_of_bytes_inj; first by rewrite size_b.
by apply: number_of_bits_inj; rewrite // !size_bits_of_bytes size_b size_b'.
Qed.

(* --- Hashes stay below 2^128 ------------------------------------------------------------------- *)

Lemma small_bits a : (a < 2 ^ 128)%num <-> forall i, (128 <= i)%num -> N.testbit a i = false.
Proof.
split=> [small i large|high].
  case: (N.eq_0_gt_0_cases a) => [->|pos]; first exact: N.bits_0.
  by apply: N.bits_above_log2; apply: N.lt_le_trans large; apply/N.log2_lt_pow2.
apply/N.lt_nge => large.
have pos : (0 < a)%num by apply: N.lt_le_trans large.
have := high (N.log2 a); rewrite N.bit_log2; last by move: pos; clear; lia.
by move=> absurd; have := absurd ((N.log2_le_pow2 _ _ pos).1 large).
Qed.

Lemma gf_double_small a : (a < 2 ^ 128)%num -> (gf_double a < 2 ^ 128)%num.
Proof.
move=> /small_bits bits; rewrite /gf_double.
have above i : (129 <= i)%num -> N.testbit (N.double a) i = false.
  move=> large; rewrite N.double_spec -(N.succ_pred i); last by move: large; clear; lia.
  by rewrite N.testbit_even_succ ?bits //; move: large; clear; lia.
case top: (N.testbit _ _); apply/small_bits => i large.
  rewrite N.lxor_spec; case: (N.eq_dec i 128) => [->|neq]; first by rewrite top.
  have {large neq} large : (129 <= i)%num by move: large neq; clear; lia.
  rewrite above // Bool.xorb_false_l; apply: (N.bits_above_log2 modulus); apply: N.lt_le_trans large; exact: erefl.
case: (N.eq_dec i 128) => [->|neq]; first exact: top.
by apply: above; move: large neq; clear; lia.
Qed.

Lemma gf_mul_small a b : (a < 2 ^ 128)%num -> (gf_mul a b < 2 ^ 128)%num.
Proof.
move=> small; case: b => [|p] //=; elim: p => [p IH|p IH|] //=; last exact: gf_double_small.
by apply: lxor_small => //; apply: gf_double_small.
Qed.

Lemma horner_small h bs : (forall b, b \in bs -> (b < 2 ^ 128)%num) ->
  (horner_hash 0%num N.lxor gf_mul h bs < 2 ^ 128)%num.
Proof.
elim/last_ind: bs => [|bs b IH] small //; rewrite /horner_hash foldl_rcons.
apply: gf_mul_small; apply: lxor_small.
  by apply: IH => c c_bs; apply: small; rewrite mem_rcons inE c_bs orbT.
by apply: small; rewrite mem_rcons mem_head.
Qed.

(* --- The hash of the code is the hash over a field --------------------------------------------- *)

Section Field.
Variables (L : fieldExtType [finFieldType of 'F_2]) (z : L).
Hypothesis value_add : forall a b, value z (N.lxor a b) = value z a + value z b.
Hypothesis value_mul : forall a b, value z (gf_mul a b) = value z a * value z b.
Hypothesis value_zero : value z 0 = 0.
Hypothesis value_injective :
  forall a b, (a < 2 ^ 128)%num -> (b < 2 ^ 128)%num -> value z a = value z b -> a = b.
Local Notation FL := (FinFieldExtType L).
Local Notation valued := (value z : N -> FL).

Lemma value_horner h bs :
  valued (horner_hash 0%num N.lxor gf_mul h bs) = @field_hash FL (valued h) (map valued bs).
Proof.
elim/last_ind: bs => [|bs b IH]; first exact: value_zero.
rewrite /field_hash /horner_hash map_rcons !foldl_rcons.
by rewrite (value_mul _ h) value_add; move: IH; rewrite /field_hash /horner_hash => ->.
Qed.

(* Numbers as keys of the field's hash. *)
Lemma count_numbers (ks : seq N) (A : pred FL) (e : nat) :
  uniq ks -> (forall k, k \in ks -> (k < 2 ^ 128)%num) -> (forall k, k \in ks -> A (valued k)) ->
  (#|[set h | A h]| <= e)%N -> (size ks <= e)%N.
Proof.
move=> ks_uniq ks_small ks_A; apply: leq_trans.
have values_uniq : uniq (map valued ks).
  rewrite map_inj_in_uniq // => a b /ks_small a_small /ks_small b_small; exact: value_injective.
rewrite -(size_map valued) -(card_uniqP values_uniq); apply/subset_leq_card/subsetP => h.
by case/mapP => k k_ks ->; rewrite inE; apply: ks_A.
Qed.
End Field.

(* For every two different messages and every difference, of the 2^128 hash keys at most L give
   hashes with that difference, L being the number of blocks of the longer message. *)
Theorem ghash_almost_xor_universal (m m' : seq byte) (c : N) (ks : seq N) :
  hashable m -> hashable m' -> m <> m' ->
  uniq ks -> (forall k, k \in ks -> (k < 2 ^ 128)%num) ->
  (forall k, k \in ks -> N.lxor (ghash k m) (ghash k m') = c) ->
  (size ks <= maxn (forgery_numerator (size m)) (forgery_numerator (size m')))%N.
Proof.
move=> bound bound' differ ks_uniq ks_small ks_c.
have [L [z [value_add value_mul value_zero value_inj]]] := numbers_form_a_field.
pose element_of b : FinFieldExtType L := value z (element b).
have element_of_inj b b' : size b = block_bytes -> size b' = block_bytes ->
    element_of b = element_of b' -> b = b'.
  move=> size_b size_b' /value_inj eq_e; apply: element_inj => //.
  by apply: eq_e; apply: element_small.
have hash_value k n : value z (ghash k n) = message_hash element_of (value z k) n.
  by rewrite /ghash value_horner // /message_hash -map_comp.
have := polynomial_hash_almost_xor_universal element_of_inj (value z c) bound bound' differ.
apply: (count_numbers value_inj ks_uniq ks_small) => k /ks_c <-.
rewrite value_add -!hash_value; apply/eqP.
have opp (x : L) : - x = x.
  by apply/eqP; rewrite eq_sym -addr_eq0 -mulr2n; apply/eqP; apply: mulrn_char; rewrite char_lalg char_Fp.
by congr (_ + _); apply: opp.
Qed.

(* And so for the tags: of the keys (hash key and pad) that give a message its tag, which are as many
   as there are hash keys, at most L give another message the forger's tag. *)
Theorem code_tag_forgery (m m' : seq byte) (t t' : N) (keys : seq (N * N)) :
  hashable m -> hashable m' -> m <> m' ->
  uniq keys -> (forall k, k \in keys -> (k.1 < 2 ^ 128)%num) ->
  (forall k, k \in keys -> code_tag k.1 k.2 m = t /\ code_tag k.1 k.2 m' = t') ->
  (size keys <= maxn (forgery_numerator (size m)) (forgery_numerator (size m')))%N.
Proof.
move=> bound bound' differ keys_uniq keys_small keys_ok.
have pad_of k : k \in keys -> k.2 = N.lxor (ghash k.1 m) t.
  move=> /keys_ok [<- _]; rewrite /code_tag -N.lxor_assoc N.lxor_nilpotent N.lxor_0_l //.
rewrite -(size_map fst); apply: (ghash_almost_xor_universal (c := N.lxor t t') bound bound' differ).
- rewrite map_inj_in_uniq // => -[k p] [k' p'] in_keys in_keys' /= eq_k.
  by have := pad_of _ in_keys; have := pad_of _ in_keys'; rewrite /= eq_k => -> ->.
- by move=> k /mapP [key in_keys ->]; apply: keys_small.
- move=> k /mapP [key in_keys ->]; have [<- <-] := keys_ok _ in_keys; rewrite /code_tag.
  apply: N.bits_inj => i; rewrite !N.lxor_spec.
  by case: (N.testbit _ i); case: (N.testbit (ghash _ m') i); case: (N.testbit key.2 i).
Qed.
