(* The frames of a link, with the tags of the code: the game of ManyTags.v, won with at most q e / 2^128. *)
From Coq Require Import Init.Byte Strings.Byte NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions TagDefinitions MessageEncoding MersennePrime PrimeHash ManyTags.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* Hash keys, pads and tags: numbers modulo 2^128. *)
Definition word := 'Z_(2 ^ 128).

Definition number_of_word (w : word) : N := N.of_nat w.

Definition word_of_number (a : N) : word := (N.to_nat a)%:R.

(* A header and a payload. *)
Definition frame := (header * seq byte)%type.

Lemma header_eq_dec : comparable header.
Proof. by move=> h h'; rewrite /decidable; decide equality; try apply: N.eq_dec; decide equality. Qed.
Canonical header_eqType := EqType header (comparableMixin header_eq_dec).
Canonical byte_eqType := EqType byte (comparableMixin byte_eq_dec).

Definition frame_hash (key : word) (f : frame) : word :=
  word_of_number (prime_hash (number_of_word key) (authenticated f.1 f.2)).

(* Fields within their ranges, and not so long that a forgery succeeds under more than e keys. *)
Definition sendable (e : nat) (f : frame) : Prop :=
  [/\ fits f.1, (N.of_nat (size f.2) < 2 ^ 32)%num
    & (forgery_numerator (size (authenticated f.1 f.2)) <= e)%N].

(* --- Words and numbers ------------------------------------------------------------------------ *)

Section AnyModulus.
Variables (n : nat) (modulus : N).
Hypothesis eq_modulus : N.of_nat n = modulus.
Hypothesis n_great : (1 < n)%N.

Lemma ring_number_small (w : 'Z_n) : (N.of_nat w < modulus)%num.
Proof.
have := ltn_ord w; move: (nat_of_ord w) => v; rewrite (Zp_cast n_great) -eq_modulus => /ltP.
by clear; lia.
Qed.

Lemma ring_mod a : (N.to_nat (a mod modulus))%:R = (N.to_nat a)%:R :> 'Z_n.
Proof.
have nonzero : modulus <> 0%num by move: n_great => /ltP; rewrite -eq_modulus; clear; lia.
rewrite [in RHS](N.div_mod a modulus nonzero) Nnat.N2Nat.inj_add natrD Nnat.N2Nat.inj_mul natrM.
by rewrite -{2}eq_modulus Nnat.Nat2N.id char_Zp // mul0r add0r.
Qed.

Lemma ring_inj a b : (a < modulus)%num -> (b < modulus)%num ->
  (N.to_nat a)%:R = (N.to_nat b)%:R :> 'Z_n -> a = b.
Proof.
have small c : (c < modulus)%num -> (N.to_nat c < n)%N.
  by rewrite -eq_modulus => c_small; apply/ltP; move: c_small; clear; lia.
move=> /small a_small /small b_small eq_w; apply: Nnat.N2Nat.inj.
have := congr1 (fun w : 'Z_n => w : nat) eq_w.
by rewrite !val_Zp_nat // !modn_small.
Qed.
End AnyModulus.

Lemma words_many : (1 < 2 ^ 128)%N.
Proof. by rewrite -{1}(expn0 2) ltn_exp2l. Qed.

Lemma number_of_words : N.of_nat (2 ^ 128)%N = (2 ^ 128)%num.
Proof. exact: (of_nat_power 128). Qed.

Lemma card_word : #|{: word}| = (2 ^ 128)%N.
Proof. by rewrite card_ord (Zp_cast words_many). Qed.

Lemma number_of_word_small w : (number_of_word w < 2 ^ 128)%num.
Proof. exact: ring_number_small number_of_words words_many w. Qed.

Lemma word_of_number_of_word w : word_of_number (number_of_word w) = w.
Proof. by rewrite /word_of_number Nnat.Nat2N.id natr_Zp. Qed.

Lemma number_of_word_inj : injective number_of_word.
Proof. exact: can_inj word_of_number_of_word. Qed.

Lemma word_of_number_add a b : word_of_number (a + b) = word_of_number a + word_of_number b.
Proof. by rewrite /word_of_number Nnat.N2Nat.inj_add natrD. Qed.

Lemma word_of_number_mod a : word_of_number (a mod 2 ^ 128) = word_of_number a.
Proof. exact: ring_mod number_of_words words_many a. Qed.

Lemma word_of_number_inj a b : (a < 2 ^ 128)%num -> (b < 2 ^ 128)%num ->
  word_of_number a = word_of_number b -> a = b.
Proof. exact: ring_inj number_of_words words_many a b. Qed.

(* --- Frames ----------------------------------------------------------------------------------- *)

Lemma sendable_hashable L f : sendable L f -> hashable (authenticated f.1 f.2).
Proof.
case=> _ small _; rewrite /hashable /authenticated !size_cat !size_big_endian.
by move: small; clear; rewrite -!plusE; lia.
Qed.

(* What is added to the pad is what the code adds: so the tag of the code is a one-time tag. *)
Theorem code_tag_is_one_time_tag (key pad : word) (f : frame) :
  word_of_number (code_tag (number_of_word key) (number_of_word pad) (authenticated f.1 f.2))
  = one_time_tag frame_hash (key, pad) f.
Proof. by rewrite /code_tag word_of_number_mod word_of_number_add word_of_number_of_word. Qed.

(* The hash of frames of at most L blocks is (2 L + 2)/2^128-almost Delta-universal. *)
Theorem frame_hash_almost_delta_universal (e : nat) : almost_delta_universal frame_hash (sendable e) e.
Proof.
move=> f f' c ok ok' differ; rewrite cardE -(size_map number_of_word).
have [fits_f size_f blocks_f] := ok; have [fits_f' size_f' blocks_f'] := ok'.
pose keys_of (g : frame) := forgery_numerator (size (authenticated g.1 g.2)).
apply: (@leq_trans (maxn (keys_of f) (keys_of f'))); last by rewrite geq_max blocks_f blocks_f'.
apply: (@prime_hash_almost_delta_universal _ _ (number_of_word c)).
- exact: sendable_hashable ok.
- exact: sendable_hashable ok'.
- move=> eq_m; apply: differ; case: f f' eq_m fits_f size_f fits_f' size_f' {ok ok' blocks_f blocks_f'}.
  by move=> h p [h' p'] /= eq_m fh sp fh' sp'; have [-> ->] := frame_encoding_injective fh fh' sp sp' eq_m.
- by rewrite map_inj_uniq ?enum_uniq //; apply: number_of_word_inj.
- by move=> k /mapP [w _ ->]; apply: number_of_word_small.
move=> k /mapP [w]; rewrite mem_enum inE => /eqP eq_c ->; apply: word_of_number_inj.
- exact: N.mod_lt.
- exact: number_of_word_small.
rewrite word_of_number_mod word_of_number_add word_of_number_of_word -eq_c /frame_hash.
congr (_ + _); apply/eqP; rewrite -addr_eq0 -word_of_number_add N.sub_add.
  by rewrite -word_of_number_mod N.mod_same.
by apply: N.lt_le_incl; apply: N.lt_trans (prime_hash_small _ _) _.
Qed.

(* Whatever a forger does on a link with d hash keys and r pads: of all keys at most q e of 2^128 let one
   of her q attempts pass, with a frame that was not sent under that pad before, e being 2 L + 2 for
   frames of at most L blocks. *)
Theorem frame_forgery (d r : nat) (under : 'I_r -> 'I_d) (f : forger [finZmodType of word] [eqType of frame] r) (q e : nat) :
  (0 < e)%N -> within (sendable e) q f ->
  (#|[set keys | forges_link frame_hash under keys [::] f]| * 2 ^ 128
     <= q * e * #|{: link_keys [finType of word] [finZmodType of word] r d}|)%N.
Proof.
move=> some within_f; rewrite -[X in (_ * X <= _)%N]card_word.
apply: many_tags_many_attempts within_f; first exact: frame_hash_almost_delta_universal.
by rewrite leq_pmull.
Qed.
