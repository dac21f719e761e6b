(* How often intercept-resend is seen: exact, for every number of pulses. *)
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import InterceptDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition bits := [:: true; false].

Definition all_choices : seq choice :=
  allpairs pair (allpairs pair (allpairs pair (allpairs pair (allpairs pair bits bits) bits) bits) bits) bits.

Lemma count_choices (A : pred choice) : #|[set c | A c]| = count A all_choices.
Proof.
rewrite cardsE cardE -size_filter; apply/perm_size/uniq_perm; rewrite ?enum_uniq ?filter_uniq //.
by move=> c; rewrite mem_enum mem_filter; case: c => [[[[[[] []] []] []] []] []]; rewrite andbT.
Qed.

Lemma card_sifted : #|[set c | sifted c]| = 32.
Proof. by rewrite count_choices. Qed.

(* An intercepted pulse that survives sifting is wrong with probability exactly 1/4. *)
Theorem quarter_error : 4 * #|[set c | error c]| = #|[set c | sifted c]|.
Proof. by rewrite !count_choices. Qed.

(* Eve is certain of the bit with probability exactly 1/2. *)
Theorem knows_half : 2 * #|[set c | knows c]| = #|[set c | sifted c]|.
Proof. by rewrite !count_choices. Qed.

Lemma card_blocks (A : pred choice) n :
  #|[set b : {ffun 'I_n -> choice} | [forall i, A (b i)]]| = #|[set c | A c]| ^ n.
Proof.
transitivity (#|[set c | A c]| ^ #|'I_n|); last by rewrite card_ord.
rewrite -card_ffun_on; apply: eq_card => b; rewrite inE.
by apply/forallP/ffun_onP => A_b i; move: (A_b i); rewrite inE.
Qed.

(* Of n sampled bits of intercepted pulses none is disturbed with probability exactly (3/4)^n. *)
Theorem escape_sifted n :
  4 ^ n * #|[set b : {ffun 'I_n -> choice} | [forall i, sifted (b i) && ~~ error (b i)]]|
  = 3 ^ n * #|[set b : {ffun 'I_n -> choice} | [forall i, sifted (b i)]]|.
Proof.
rewrite (card_blocks (fun c => sifted c && ~~ error c)) (card_blocks sifted) -!expnMn.
by rewrite !count_choices.
Qed.

(* Of n transmitted pulses, sifted or not, none shows an error with probability exactly (7/8)^n. *)
Theorem escape_transmitted n :
  8 ^ n * #|[set b : {ffun 'I_n -> choice} | [forall i, ~~ error (b i)]]|
  = 7 ^ n * #|{ffun 'I_n -> choice}|.
Proof.
rewrite (card_blocks (fun c => ~~ error c)) card_ffun card_ord -!expnMn count_choices.
by rewrite !card_prod card_bool.
Qed.

Lemma card_touched faces touched : touched <= faces -> #|[set d : 'I_faces | d < touched]| = touched.
Proof.
by move=> some; rewrite -sum1dep_card (big_ord_narrow some) sum1_card card_ord.
Qed.

(* When Eve touches a fraction touched/faces of the pulses, a sifted bit is wrong with probability
   exactly a quarter of that fraction. *)
Theorem fraction_error faces touched : touched <= faces ->
  4 * faces * #|[set t : choice * 'I_faces | error_when_thrown touched t]|
  = touched * #|[set t : choice * 'I_faces | sifted t.1]|.
Proof.
move=> some.
have -> : [set t : choice * 'I_faces | error_when_thrown touched t]
        = setX [set c | error c] [set d : 'I_faces | d < touched].
  by apply/setP => -[c d]; rewrite !inE andbC.
have -> : [set t : choice * 'I_faces | sifted t.1] = setX [set c | sifted c] setT.
  by apply/setP => -[c d]; rewrite !inE andbT.
rewrite !cardsX cardsT card_ord card_touched // -quarter_error; ring.
Qed.
