(* The polynomial hash of encoded messages is L/|F|-almost Delta-universal over every finite field. *)
From Coq Require Import Init.Byte NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import EncodingDefinitions MessageEncoding.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section AnyFiniteField.
Variable F : finFieldType.

(* How a block is read as an element of the field. *)
Variable element_of : seq byte -> F.
Hypothesis element_of_inj : forall b b', size b = block_bytes -> size b' = block_bytes ->
  element_of b = element_of b' -> b = b'.

Definition field_hash (h : F) (bs : seq F) : F := horner_hash 0 +%R *%R h bs.

Definition message_hash (h : F) (m : seq byte) : F := field_hash h (map element_of (blocks m)).

(* The hash is the value of a polynomial without constant term. *)
Definition hash_poly (bs : seq F) : {poly F} := Poly (0 :: rev bs).

Lemma field_hash_poly h bs : field_hash h bs = (hash_poly bs).[h].
Proof.
elim/last_ind: bs => [|bs b IH].
  by rewrite /field_hash /hash_poly horner_Poly /= mul0r addr0.
move: IH; rewrite /field_hash /horner_hash foldl_rcons => ->.
by rewrite /hash_poly rev_rcons !horner_Poly /= !addr0.
Qed.

Lemma coef_hash_poly bs i : (hash_poly bs)`_i.+1 = (rev bs)`_i.
Proof. by rewrite /hash_poly coef_Poly. Qed.

Lemma size_hash_poly bs : (size (hash_poly bs) <= (size bs).+1)%N.
Proof. by apply: leq_trans (size_Poly _) _; rewrite /= size_rev. Qed.

(* Hashes of different polynomials differ by a given value for few keys. *)
Lemma field_hash_almost_universal bs bs' (c : F) :
  hash_poly bs != hash_poly bs' ->
  (#|[set h | (field_hash h bs - field_hash h bs')%R == c]| <= maxn (size bs) (size bs'))%N.
Proof.
move=> differ; pose p := hash_poly bs - hash_poly bs' - c%:P.
have p_neq0 : p != 0.
  apply: contra differ => /eqP p0; have/eqP := p0; rewrite subr_eq0 => /eqP pc.
  apply/eqP/polyP => -[|i]; first by rewrite /hash_poly !coef_Poly.
  by apply/eqP; rewrite -subr_eq0 -coefB pc coefC.
have size_p : (size p <= (maxn (size bs) (size bs')).+1)%N.
  rewrite /p -addrA -opprD; apply: leq_trans (size_add _ _) _; rewrite size_opp geq_max.
  rewrite (leq_trans (size_hash_poly _)) ?ltnS ?leq_maxl //=.
  apply: leq_trans (size_add _ _) _; rewrite geq_max size_polyC.
  rewrite (leq_trans (size_hash_poly _)) ?ltnS ?leq_maxr //=.
  by case: (c != 0).
rewrite cardE; set keys := enum _.
rewrite -ltnS; apply: leq_trans size_p.
apply: max_poly_roots p_neq0 _ (enum_uniq _).
apply/allP => h; rewrite mem_enum inE !field_hash_poly => /eqP eq_c.
by rewrite rootE /p hornerD hornerN hornerD hornerN hornerC eq_c subrr.
Qed.

Lemma hash_poly_inj m m' : hashable m -> hashable m' ->
  hash_poly (map element_of (blocks m)) = hash_poly (map element_of (blocks m')) -> m = m'.
Proof.
move=> bound bound' eq_poly.
have block_size n i : (i < size (blocks n))%N -> size (nth [::] (blocks n) i) = block_bytes.
  by move=> i_small; apply/eqP; apply: (all_nthP [::] (all_blocks n)).
have eq_size : size m = size m'.
  apply: length_block_inj => //; apply: element_of_inj; rewrite ?size_big_endian //.
  have := congr1 (fun p : {poly F} => p`_1) eq_poly.
  by rewrite /= !coef_hash_poly /blocks !map_rcons !rev_rcons.
apply: message_encoding_injective => //.
have eq_blocks : map element_of (blocks m) = map element_of (blocks m').
  apply: (can_inj (@revK F)); apply: (@eq_from_nth _ 0) => [|i _].
    by rewrite !size_rev !size_map !size_blocks eq_size.
  by rewrite -!coef_hash_poly eq_poly.
have size_eq : size (blocks m) = size (blocks m') by rewrite !size_blocks eq_size.
apply: (@eq_from_nth _ [::]) => // i i_small.
apply: element_of_inj; rewrite ?block_size -?size_eq //.
by rewrite -!(nth_map [::] 0) -?size_eq ?eq_blocks.
Qed.

(* For every two different messages and every difference, the hashes of the messages have that
   difference under at most L of the |F| keys, L being the number of blocks of the longer message. *)
Theorem polynomial_hash_almost_delta_universal (m m' : seq byte) (c : F) :
  hashable m -> hashable m' -> m <> m' ->
  (#|[set h | (message_hash h m - message_hash h m')%R == c]|
     <= maxn (block_count (size m)) (block_count (size m')))%N.
Proof.
move=> bound bound' differ; rewrite /message_hash.
rewrite -!size_blocks -!(size_map element_of); apply: field_hash_almost_universal.
by apply/eqP => /(hash_poly_inj bound bound').
Qed.

(* Without the length block: two sequences of as many blocks, as verification hashes them. *)
Theorem equal_length_hash_almost_universal (bs bs' : seq F) (c : F) :
  size bs = size bs' -> bs <> bs' ->
  (#|[set h | (field_hash h bs - field_hash h bs')%R == c]| <= size bs)%N.
Proof.
move=> eq_size differ; apply: (@leq_trans (maxn (size bs) (size bs'))); last by rewrite -eq_size maxnn.
apply: field_hash_almost_universal; apply/eqP => eq_poly; apply: differ.
apply: (can_inj (@revK F)); apply: (@eq_from_nth _ 0) => [|i _]; first by rewrite !size_rev.
by rewrite -!coef_hash_poly eq_poly.
Qed.

End AnyFiniteField.
