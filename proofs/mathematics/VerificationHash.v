(* The verification hash of the code, cut to its first bits. *)
From Coq Require Import Init.Byte NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions.
From EveproofMath Require Import MessageEncoding PolynomialHash BinaryField.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.

(* --- Blocks as numbers ------------------------------------------------------------------------ *)

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

(* --- The hash on numbers is the hash over a field ----------------------------------------------- *)

Section Field.
Local Open Scope ring_scope.
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

(* --- Cut to so many bits ------------------------------------------------------------------------ *)

Lemma bits_of_number_testbit t a b : bits_of_number t a = bits_of_number t b ->
  forall i, (i < N.of_nat t)%num -> N.testbit a i = N.testbit b i.
Proof.
elim: t a b => [|t IH] a b; first by move=> _ i; case: i.
move=> /= [low high] i; case: (N.eq_dec i 0) => [->|pos small]; first by rewrite !N.bit0_odd.
have [j eq_i] : exists j, i = N.succ j by exists (N.pred i); rewrite N.succ_pred.
have {small} : (i < N.succ (N.of_nat t))%num by rewrite -Nnat.Nat2N.inj_succ.
rewrite {}eq_i => succ_small.
have small : (j < N.of_nat t)%num by apply/N.succ_lt_mono.
rewrite -!N.div2_bits -!N.div2_div.
exact: (IH _ _ high _ small).
Qed.

Lemma count_below (s : seq N) (b : N) :
  uniq s -> (forall a, a \in s -> (a < b)%num) -> (N.of_nat (size s) <= b)%num.
Proof.
move=> s_uniq below; rewrite -(Nnat.N2Nat.id b).
have : (size s <= N.to_nat b)%N.
  rewrite -(size_iota 0 (N.to_nat b)) -(size_map N.to_nat s); apply: uniq_leq_size.
    by rewrite map_inj_uniq //; apply: Nnat.N2Nat.inj.
  move=> n /mapP [a /below a_b ->]; rewrite mem_iota add0n /=; apply/ltP.
  by move: a_b; clear; lia.
by move/leP; clear; lia.
Qed.

(* As many values below 2^128 as share given lowest t bits. *)
Lemma count_truncated (s : seq N) (t : nat) (v : N) : (t <= 128)%N ->
  uniq s -> (forall a, a \in s -> (a < 2 ^ 128)%num) ->
  (forall a, a \in s -> forall i, (i < N.of_nat t)%num -> N.testbit a i = N.testbit v i) ->
  (N.of_nat (size s) <= 2 ^ (128 - N.of_nat t))%num.
Proof.
move=> t_small s_uniq small same; rewrite -(size_map (fun a => N.shiftr a (N.of_nat t))).
apply: count_below.
  rewrite map_inj_in_uniq // => a b a_s b_s eq_shift; apply: N.bits_inj => i.
  case: (N.lt_ge_cases i (N.of_nat t)) => [low|high]; first by rewrite !same.
  have -> : i = (i - N.of_nat t + N.of_nat t)%num by rewrite N.sub_add.
  by rewrite -!N.shiftr_spec' eq_shift.
move=> c /mapP [a /small a_small ->]; rewrite N.shiftr_div_pow2; apply: N.div_lt_upper_bound.
  exact: N.pow_nonzero.
rewrite -N.pow_add_r (_ : (N.of_nat t + (128 - N.of_nat t) = 128)%num) //.
by move: t_small => /leP; clear; lia.
Qed.

Lemma fibres (I J : eqType) (f : I -> J) (bound : nat) (values : seq J) (s : seq I) :
  (forall a, a \in s -> f a \in values) -> (forall c, (count (fun a => f a == c) s <= bound)%N) ->
  (size s <= size values * bound)%N.
Proof.
elim: values s => [|c values IH] s in_values few.
  by case: s in_values {few} => [|a s] // /(_ a (mem_head _ _)).
rewrite -(count_predC (fun a => f a == c)) /= mulSn; apply: leq_add; first exact: few.
rewrite -size_filter; apply: IH => [a|d].
  rewrite mem_filter /= => /andP [neq /in_values]; rewrite inE (negbTE neq) //.
rewrite count_filter; apply: leq_trans (few d); apply: sub_count => a /andP [] //.
Qed.

Lemma cut_number_inj count n x x' : size x = size x' -> (size x <= count * n)%N ->
  map number_of_bits (cut count n x) = map number_of_bits (cut count n x') -> x = x'.
Proof.
elim: count x x' => [|c IH] x x' eq_size fits /=.
  by move=> _; case: x eq_size fits => // eq_size _; case: x' eq_size.
move=> [eq_head eq_tail]; rewrite -(cat_take_drop n x) -(cat_take_drop n x'); congr (_ ++ _).
  by apply: number_of_bits_inj => //; rewrite !size_take eq_size.
apply: IH => //; first by rewrite !size_drop eq_size.
by rewrite size_drop leq_subLR -mulSn.
Qed.

Lemma all_cut_small count x : forall b, b \in map number_of_bits (cut count 128 x) -> (b < 2 ^ 128)%num.
Proof.
move=> b /mapP [chunk]; elim: count x => //= c IH x; rewrite inE => /orP [/eqP -> ->|/IH] //.
by apply: (@number_of_bits_small _ 128); rewrite size_take; case: ifP => // /negbT; rewrite -leqNgt.
Qed.

(* Two different keys of n bits have the same hash of t bits under at most ceil(n/128) 2^(128 - t) of
   the 2^128 seeds. *)
Theorem verification_hash_collisions (t : nat) (x x' : seq bool) (seeds : seq N) :
  (t <= 128)%N -> size x = size x' -> x <> x' ->
  uniq seeds -> (forall s, s \in seeds -> (s < 2 ^ 128)%num) ->
  (forall s, s \in seeds -> verification_hash t s x = verification_hash t s x') ->
  (N.of_nat (size seeds) <= 2 ^ (128 - N.of_nat t) * N.of_nat (verification_blocks (size x)))%num.
Proof.
move=> t_small eq_size differ seeds_uniq seeds_small collide.
pose blocks_of (k : seq bool) := map number_of_bits (cut (verification_blocks (size k)) 128 k).
pose full s k := horner_hash 0%num N.lxor gf_mul s (blocks_of k).
pose difference s := N.lxor (full s x) (full s x').
have size_blocks k : size (blocks_of k) = verification_blocks (size k) by rewrite size_map size_cut.
have full_small s k : (full s k < 2 ^ 128)%num by apply: horner_small; apply: all_cut_small.
have blocks_differ : blocks_of x <> blocks_of x'.
  rewrite /blocks_of -eq_size => /cut_number_inj same; apply: differ; apply: same => //.
  have ceil := ltn_ceil (size x + 127) (isT : 0 < 128)%N.
  rewrite mulSn [(128 + _)%N]addnC in ceil.
  rewrite /verification_blocks -(leq_add2r 127) -ltnS; apply: leq_trans ceil _.
  by rewrite -addnS.
have [L [z [value_add value_mul value_zero value_inj]]] := numbers_form_a_field.
have few c : (count (fun s => difference s == c) seeds <= verification_blocks (size x))%N.
  pose fx : seq (FinFieldExtType L) := map (value z) (blocks_of x).
  pose fx' : seq (FinFieldExtType L) := map (value z) (blocks_of x').
  have -> : verification_blocks (size x) = size fx by rewrite size_map size_blocks.
  rewrite -size_filter.
  have fields_differ : fx <> fx'.
    move=> eq_f; apply: blocks_differ; apply: (@eq_from_nth _ 0%num) => [|i small].
      by rewrite !size_blocks eq_size.
    have small' : (i < size (blocks_of x'))%N by rewrite size_blocks -eq_size -size_blocks.
    apply: value_inj; try by apply: (all_cut_small (x := x)); apply: mem_nth.
      by apply: (all_cut_small (x := x')); apply: mem_nth.
    by rewrite -!(nth_map 0%num 0%R (value z)) //; move: eq_f; rewrite /fx /fx' => ->.
  have eq_sizes : size fx = size fx' by rewrite !size_map !size_cut eq_size.
  have := @equal_length_hash_almost_universal (FinFieldExtType L) fx fx' (value z c) eq_sizes fields_differ.
  apply: (count_numbers value_inj).
  - exact: filter_uniq.
  - by move=> s; rewrite mem_filter => /andP [_ /seeds_small].
  - move=> s; rewrite mem_filter => /andP [/eqP <- _]; rewrite /difference value_add.
    rewrite /full !(value_horner value_add value_mul value_zero).
    have opp (y : L) : (- y = y)%R.
      by apply/eqP; rewrite eq_sym -addr_eq0 -mulr2n; apply/eqP; apply: mulrn_char; rewrite char_lalg char_Fp.
    by apply/eqP; congr (_ + _)%R; apply: opp.
have values : (N.of_nat (size (undup (map difference seeds))) <= 2 ^ (128 - N.of_nat t))%num.
  apply: (@count_truncated _ t 0 t_small (undup_uniq _)) => a; rewrite mem_undup => /mapP [s s_seeds ->].
    exact: lxor_small.
  move=> i low; rewrite N.bits_0 N.lxor_spec.
  by rewrite (bits_of_number_testbit (collide s s_seeds) low) Bool.xorb_nilpotent.
have in_values s : s \in seeds -> difference s \in undup (map difference seeds).
  by move=> s_seeds; rewrite mem_undup map_f.
have := fibres in_values few; move: (size (undup _)) values => v v_small /leP bounded.
apply: (N.le_trans _ (N.of_nat v * N.of_nat (verification_blocks (size x)))%num).
  rewrite -Nnat.Nat2N.inj_mul; move: (bounded : (size seeds <= Nat.mul v _)%coq_nat).
  by move: (Nat.mul _ _) => m; clear; lia.
by apply: N.mul_le_mono_r.
Qed.
