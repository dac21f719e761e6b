(* The frames of a link, with the tags of the code: the game of ManyTags.v, won with at most q L / 2^128. *)
From Coq Require Import Init.Byte Strings.Byte NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra all_field.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions TagDefinitions MessageEncoding BinaryField Ghash ManyTags.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* Hash keys, pads and tags: 128 bits, added bit by bit. *)
Definition word := 'rV['F_2]_128.

Definition number_of_word (w : word) : N := number_of_bits [seq w 0 i == 1 | i <- enum 'I_128].

Definition word_of_number (a : N) : word := \row_i (N.testbit a (N.of_nat i))%:R.

(* A header and a payload. *)
Definition frame := (header * seq byte)%type.

Lemma header_eq_dec : comparable header.
Proof. by move=> h h'; rewrite /decidable; decide equality; try apply: N.eq_dec; decide equality. Qed.
Canonical header_eqType := EqType header (comparableMixin header_eq_dec).
Canonical byte_eqType := EqType byte (comparableMixin byte_eq_dec).

Definition frame_hash (key : word) (f : frame) : word :=
  word_of_number (ghash (number_of_word key) (authenticated f.1 f.2)).

(* Fields within their ranges, and at most L blocks. *)
Definition sendable (L : nat) (f : frame) : Prop :=
  [/\ fits f.1, (N.of_nat (size f.2) < 2 ^ 32)%num
    & (forgery_numerator (size (authenticated f.1 f.2)) <= L)%N].

(* --- Words and numbers ------------------------------------------------------------------------ *)

Lemma testbit_number_of_bits s n : N.testbit (number_of_bits s) (N.of_nat n) = nth false s n.
Proof.
elim: s n => [|b s IH] [|n] //=.
  by case: b; rewrite ?N.succ_double_spec ?N.double_spec ?N.testbit_odd_0 ?N.testbit_even_0.
rewrite -(IH n) -/(N.of_nat n.+1) Nnat.Nat2N.inj_succ.
by case: b; rewrite ?N.succ_double_spec ?N.double_spec ?N.testbit_odd_succ ?N.testbit_even_succ //; lia.
Qed.

Lemma bit_eq (x : 'F_2) : (x == 1)%:R = x.
Proof. by case: x => -[|[|]] //= i; apply/val_inj. Qed.

Lemma word_of_number_of_word w : word_of_number (number_of_word w) = w.
Proof.
apply/rowP => i; rewrite mxE testbit_number_of_bits (nth_map i) ?size_enum_ord //.
by rewrite nth_ord_enum bit_eq.
Qed.

Lemma number_of_word_inj : injective number_of_word.
Proof. exact: can_inj word_of_number_of_word. Qed.

Lemma number_of_word_small w : (number_of_word w < 2 ^ 128)%num.
Proof. by apply: (@number_of_bits_small _ 128); rewrite size_map size_enum_ord. Qed.

Lemma word_of_number_lxor a b : word_of_number (N.lxor a b) = word_of_number a + word_of_number b.
Proof.
apply/rowP => i; rewrite !mxE N.lxor_spec.
by case: (N.testbit a _); case: (N.testbit b _); apply/val_inj.
Qed.

Lemma word_of_number_inj a b : (a < 2 ^ 128)%num -> (b < 2 ^ 128)%num ->
  word_of_number a = word_of_number b -> a = b.
Proof.
move=> /small_bits high_a /small_bits high_b eq_w; apply: N.bits_inj => i.
case: (N.lt_ge_cases i 128) => [low|high]; last by rewrite high_a ?high_b.
have i_small : (N.to_nat i < 128)%N by apply/ltP; lia.
have := congr1 (fun w : word => w 0 (Ordinal i_small)) eq_w.
by rewrite !mxE /= Nnat.N2Nat.id; case: (N.testbit a i); case: (N.testbit b i).
Qed.

Lemma opp_word (w : word) : - w = w.
Proof. by apply/rowP => i; rewrite mxE; case: (w 0 i) => -[|[|]] //= ?; apply/val_inj. Qed.

Lemma card_word : #|{: word}| = (2 ^ 128)%N.
Proof. by rewrite card_matrix card_Fp // mul1n. Qed.

(* --- Frames ----------------------------------------------------------------------------------- *)

Lemma ghash_small k m : (ghash k m < 2 ^ 128)%num.
Proof.
apply: horner_small => b /mapP [block in_blocks ->].
by apply: element_small; apply/eqP; apply: (allP (all_blocks m)).
Qed.

Lemma sendable_hashable L f : sendable L f -> hashable (authenticated f.1 f.2).
Proof.
case=> _ small _; rewrite /hashable /authenticated !size_cat !size_big_endian.
by move: small; clear; rewrite -!plusE; lia.
Qed.

(* What is added to the pad is what the code adds: so the tag of the code is a one-time tag. *)
Theorem code_tag_is_one_time_tag (key pad : word) (f : frame) :
  word_of_number (code_tag (number_of_word key) (number_of_word pad) (authenticated f.1 f.2))
  = one_time_tag frame_hash (key, pad) f.
Proof. by rewrite /code_tag word_of_number_lxor word_of_number_of_word. Qed.

(* The hash of frames of at most L blocks is L/2^128-almost XOR-universal. *)
Theorem frame_hash_almost_xor_universal (L : nat) : almost_xor_universal frame_hash (sendable L) L.
Proof.
move=> f f' c ok ok' differ; rewrite cardE -(size_map number_of_word).
have [fits_f size_f blocks_f] := ok; have [fits_f' size_f' blocks_f'] := ok'.
pose blocks_of (g : frame) := forgery_numerator (size (authenticated g.1 g.2)).
apply: (@leq_trans (maxn (blocks_of f) (blocks_of f'))); last by rewrite geq_max blocks_f blocks_f'.
apply: (@ghash_almost_xor_universal _ _ (number_of_word c)).
- exact: sendable_hashable ok.
- exact: sendable_hashable ok'.
- move=> eq_m; apply: differ; case: f f' eq_m fits_f size_f fits_f' size_f' {ok ok' blocks_f blocks_f'}.
  by move=> h p [h' p'] /= eq_m fh sp fh' sp'; have [-> ->] := frame_encoding_injective fh fh' sp sp' eq_m.
- by rewrite map_inj_uniq ?enum_uniq //; apply: number_of_word_inj.
- by move=> k /mapP [w _ ->]; apply: number_of_word_small.
move=> k /mapP [w]; rewrite mem_enum inE => /eqP eq_c ->; apply: word_of_number_inj.
- by apply: lxor_small; apply: ghash_small.
- exact: number_of_word_small.
by rewrite word_of_number_lxor word_of_number_of_word -eq_c opp_word.
Qed.

(* Whatever a forger does on a link with d hash keys and r pads: of all keys at most q L of 2^128 let one
   of her q attempts pass, with a frame of at most L blocks that was not sent under that pad before. *)
Theorem frame_forgery (d r : nat) (under : 'I_r -> 'I_d) (f : forger [finZmodType of word] [eqType of frame] r) (q L : nat) :
  (0 < L)%N -> within (sendable L) q f ->
  (#|[set keys | forges_link frame_hash under keys [::] f]| * 2 ^ 128
     <= q * L * #|{: link_keys [finType of word] [finZmodType of word] r d}|)%N.
Proof.
move=> some within_f; rewrite -card_word.
apply: many_tags_many_attempts within_f; first exact: frame_hash_almost_xor_universal.
by rewrite leq_pmull.
Qed.
