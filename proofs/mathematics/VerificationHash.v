(* The verification hash of the code, cut to its first bits. *)
From Coq Require Import Init.Byte NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions.
From EveproofMath Require Import MessageEncoding PolynomialHash BinaryField Ghash.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.

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
