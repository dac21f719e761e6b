(* How often intercept-resend is seen: exact, for every number of pulses. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import InterceptDefinitions ErrorCounts.
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

Lemma card_blocks (one : finType) (A : pred one) n :
  #|[set b : {ffun 'I_n -> one} | [forall i, A (b i)]]| = #|[set c | A c]| ^ n.
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

(* And she is certain of it with probability exactly half of that fraction. *)
Theorem fraction_known faces touched : touched <= faces ->
  2 * faces * #|[set t : choice * 'I_faces | knows_when_thrown touched t]|
  = touched * #|[set t : choice * 'I_faces | sifted t.1]|.
Proof.
move=> some.
have -> : [set t : choice * 'I_faces | knows_when_thrown touched t]
        = setX [set c | knows c] [set d : 'I_faces | d < touched].
  by apply/setP => -[c d]; rewrite !inE andbC.
have -> : [set t : choice * 'I_faces | sifted t.1] = setX [set c | sifted c] setT.
  by apply/setP => -[c d]; rewrite !inE andbT.
rewrite !cardsX cardsT card_ord card_touched // -knows_half; ring.
Qed.

Lemma card_thrown faces touched : touched <= faces ->
  4 * #|[set t : choice * 'I_faces | error_when_thrown touched t]| = touched * #|[set c | sifted c]|.
Proof.
move=> some.
have -> : [set t : choice * 'I_faces | error_when_thrown touched t]
        = setX [set c | error c] [set d : 'I_faces | d < touched].
  by apply/setP => -[c d]; rewrite !inE andbC.
by rewrite cardsX card_touched // mulnA quarter_error mulnC.
Qed.

(* With detectors that flip a fraction e = flips/sides of the bits: exactly e + p (1/4 - e/2). *)
Theorem noisy_fraction_error faces touched sides flips : touched <= faces -> flips <= sides ->
  all_of faces sides * #|[set t : choice * 'I_faces * 'I_sides | noisy_error touched flips t]|
  = wrong faces touched sides flips * #|[set t : choice * 'I_faces * 'I_sides | sifted t.1.1]|.
Proof.
move=> some some_flips.
pose E := [set t : choice * 'I_faces | error_when_thrown touched t].
pose S := [set t : choice * 'I_faces | sifted t.1].
pose D := [set d : 'I_sides | d < flips].
have E_S : E \subset S by apply/subsetP => t; rewrite !inE => /andP [_ /andP []].
have -> : [set t : choice * 'I_faces * 'I_sides | noisy_error touched flips t]
        = setX E (~: D) :|: setX (S :\: E) D.
  apply/setP => -[t k]; rewrite !inE /noisy_error /=.
  case wrong_t: (error_when_thrown _ _) => /=; last by rewrite andbC.
  by move/andP: wrong_t => [_ /andP [-> _]]; case: (k < flips).
have apart : [disjoint setX E (~: D) & setX (S :\: E) D].
  rewrite -setI_eq0; apply/eqP/setP => -[t k]; rewrite !inE /=.
  by case: (error_when_thrown _ _); rewrite ?andbF.
have -> : [set t : choice * 'I_faces * 'I_sides | sifted t.1.1] = setX S setT.
  by apply/setP => -[t k]; rewrite !inE andbT.
have card_S : #|S| = #|[set c | sifted c]| * faces.
  rewrite -[in RHS](card_ord faces) -cardsT -cardsX; apply: eq_card => -[c t]; by rewrite !inE andbT.
have card_E : 4 * #|E| = touched * #|[set c | sifted c]| by apply: card_thrown.
have card_D : #|D| = flips by apply: card_touched.
have card_notD : #|~: D| = sides - flips by rewrite cardsCs setCK card_ord card_D.
have -> : #|setX E (~: D) :|: setX (S :\: E) D| = #|E| * (sides - flips) + (#|S| - #|E|) * flips.
  move: apart; rewrite -setI_eq0 => /eqP apart.
  by rewrite -[LHS]addn0 -(cards0 [finType of choice * 'I_faces * 'I_sides]) -apart cardsUI !cardsX
             cardsD (setIidPr E_S) card_notD card_D.
rewrite cardsX cardsT card_ord card_S; set s := #|[set c | sifted c]| in card_E *.
have -> : wrong faces touched sides flips = touched * (sides - flips) + (4 * faces - touched) * flips.
  have some4 : touched <= 4 * faces by apply: leq_trans some _; rewrite leq_pmull.
  rewrite /wrong mulnBr mulnBl; set a := touched * sides; set b := 4 * faces * flips.
  have le_a : touched * flips <= a by rewrite leq_mul2l some_flips orbT.
  have le_b : touched * flips <= b by rewrite leq_mul2r some4 orbT.
  by rewrite -mulnA mul2n -addnn subnDA addnC -addnBA // -addnBAC // addnC.
rewrite mulnDr mulnDl /all_of; congr (_ + _).
  rewrite (_ : 4 * faces * sides * (#|E| * (sides - flips)) = faces * sides * (4 * #|E|) * (sides - flips)); last ring.
  by rewrite card_E; ring.
rewrite mulnBl [_ * (_ - _)]mulnBr.
rewrite (_ : 4 * faces * sides * (#|E| * flips) = faces * sides * (4 * #|E|) * flips); last ring.
by rewrite card_E mulnBl !mulnBl; congr (_ - _); ring.
Qed.

(* Of n sifted bits none is wrong with probability exactly (1 - Q)^n, Q being that rate. *)
Theorem noisy_escape faces touched sides flips n : touched <= faces -> flips <= sides ->
  all_of faces sides ^ n
    * #|[set b : {ffun 'I_n -> choice * 'I_faces * 'I_sides} |
          [forall i, sifted (b i).1.1 && ~~ noisy_error touched flips (b i)]]|
  = (all_of faces sides - wrong faces touched sides flips) ^ n
    * #|[set b : {ffun 'I_n -> choice * 'I_faces * 'I_sides} | [forall i, sifted (b i).1.1]]|.
Proof.
move=> some some_flips.
rewrite (card_blocks (fun t : choice * 'I_faces * 'I_sides => sifted t.1.1 && ~~ noisy_error touched flips t)).
rewrite (card_blocks (fun t : choice * 'I_faces * 'I_sides => sifted t.1.1)) -!expnMn; congr (_ ^ n).
set E := [set t : choice * 'I_faces * 'I_sides | noisy_error touched flips t].
set S := [set t : choice * 'I_faces * 'I_sides | sifted t.1.1].
have -> : [set t : choice * 'I_faces * 'I_sides | sifted t.1.1 && ~~ noisy_error touched flips t] = S :\: E.
  by apply/setP => t; rewrite !inE andbC.
have E_S : E \subset S by apply/subsetP => t; rewrite !inE => /andP [].
by rewrite cardsD (setIidPr E_S) mulnBr mulnBl noisy_fraction_error.
Qed.

(* --- Some errors are tolerated ------------------------------------------------------------------ *)

(* Blocks of n of S, of which exactly j in A. *)
Lemma card_blocks_with (one : finType) (A S : {set one}) n j : A \subset S ->
  #|[set b : {ffun 'I_n -> one} | [forall i, b i \in S] && (#|[set i | b i \in A]| == j)]|
  = 'C(n, j) * (#|A| ^ j * #|S :\: A| ^ (n - j)).
Proof.
move=> A_S; pose places (b : {ffun 'I_n -> one}) := [set i | b i \in A].
rewrite -sum1dep_card (partition_big places (fun I => #|I| == j)) /=; last by move=> b /andP [].
transitivity (\sum_(I : {set 'I_n} | #|I| == j) #|A| ^ j * #|S :\: A| ^ (n - j)).
  apply: eq_bigr => I /eqP size_I; rewrite sum1dep_card.
  transitivity #|family (fun i => mem (if i \in I then A else S :\: A))|.
    apply: eq_card => b; rewrite inE; apply/andP/familyP.
      move=> [/andP [/forallP in_S _] /eqP <- i]; rewrite inE.
      by case: (boolP (b i \in A)) => // out; rewrite !inE out in_S.
    move=> in_I; have eq_I : places b = I.
      by apply/setP => i; rewrite inE; move: (in_I i); case: (i \in I); rewrite ?inE => // /andP [/negbTE].
    rewrite -/(places b) eq_I size_I !eqxx andbT; split=> //; apply/forallP => i.
    by move: (in_I i); case: (i \in I); [apply: (subsetP A_S)|rewrite !inE => /andP []].
  rewrite card_family foldrE big_map big_enum /= (bigID (mem I)) /=.
  rewrite (eq_bigr (fun=> #|A|)) => [|i ->] //.
  rewrite [X in _ * X](eq_bigr (fun=> #|S :\: A|)) => [|i /negbTE ->] //.
  rewrite !prod_nat_const size_I -[in RHS](card_ord n) -(cardC (mem I)) size_I addKn.
  by congr (_ * _ ^ _); apply: eq_card.
by rewrite sum_nat_cond_const card_draws card_ord.
Qed.

(* Of n sifted bits at most t are wrong: exactly the lower tail of the binomial distribution with that
   rate. *)
Theorem noisy_passes faces touched sides flips n t : touched <= faces -> flips <= sides -> t <= n ->
  (N.of_nat (all_of faces sides ^ n)
    * N.of_nat #|[set b : {ffun 'I_n -> choice * 'I_faces * 'I_sides} |
                  [forall i, sifted (b i).1.1] && (#|[set i | noisy_error touched flips (b i)]| <= t)%N]|
  = at_most_errors (N.of_nat (wrong faces touched sides flips))
                   (N.of_nat (all_of faces sides - wrong faces touched sides flips)) n t
    * N.of_nat #|[set b : {ffun 'I_n -> choice * 'I_faces * 'I_sides} | [forall i, sifted (b i).1.1]]|)%num.
Proof.
move=> some some_flips small; rewrite at_most_errorsE // -!Nnat.Nat2N.inj_mul; congr (N.of_nat _); rewrite !multE.
pose one := [finType of choice * 'I_faces * 'I_sides].
pose E := [set x : one | noisy_error touched flips x]; pose S := [set x : one | sifted x.1.1].
have E_S : E \subset S by apply/subsetP => x; rewrite !inE => /andP [].
have rate := noisy_fraction_error some some_flips; rewrite -/E -/S in rate.
set a := all_of faces sides in rate *; set w := wrong _ _ _ _ in rate *.
have others : a * #|S :\: E| = (a - w) * #|S| by rewrite cardsD (setIidPr E_S) mulnBr mulnBl rate.
rewrite (card_blocks (fun x : one => sifted x.1.1)) -/S.
pose blocks (j : 'I_t.+1) := [set b : {ffun 'I_n -> one} | [forall i, b i \in S] && (#|[set i | b i \in E]| == j)].
have -> : [set b : {ffun 'I_n -> one} | [forall i, sifted (b i).1.1] && (#|[set i | noisy_error touched flips (b i)]| <= t)]
        = [set b : {ffun 'I_n -> one} | [forall i, b i \in S] && (#|[set i | b i \in E]| < t.+1)].
  apply/setP => b; rewrite !inE ltnS; congr (_ && (_ <= t)); first by apply: eq_forallb => i; rewrite inE.
  by apply: eq_card => i; rewrite !inE.
have -> : #|[set b : {ffun 'I_n -> one} | [forall i, b i \in S] && (#|[set i | b i \in E]| < t.+1)]|
        = \sum_(j < t.+1) #|blocks j|.
  rewrite -sum1dep_card.
  pose wrongs (b : {ffun 'I_n -> one}) : 'I_t.+1 := inord #|[set i | b i \in E]|.
  rewrite (partition_big wrongs xpredT) //=; apply: eq_bigr => j _; rewrite sum1dep_card.
  apply: eq_card => b; rewrite !inE -andbA; congr (_ && _).
  apply/andP/eqP => [[low /eqP <-]|eq_j]; first by rewrite inordK.
  by rewrite eq_j ltn_ord; split=> //; apply/eqP/val_inj; rewrite /= /wrongs eq_j inordK.
rewrite big_distrr big_distrl /=; apply: eq_bigr => j _; rewrite card_blocks_with // /error_count.
have le_j : j <= n by apply: leq_trans small; rewrite -ltnS.
have split_n x : x ^ n = x ^ j * x ^ (n - j) by rewrite -expnD subnKC.
transitivity ('C(n, j) * ((a * #|E|) ^ j * (a * #|S :\: E|) ^ (n - j))).
  rewrite (split_n a) !expnMn.
  by move: (a ^ j) (a ^ (n - j)) (#|E| ^ j) (#|S :\: E| ^ (n - j)) 'C(n, j) => a1 a2 e1 s1 b1; ring.
rewrite rate others (split_n #|S|) !expnMn.
by move: (w ^ j) ((a - w) ^ (n - j)) (#|S| ^ j) (#|S| ^ (n - j)) 'C(n, j) => w1 c1 s1 s2 b1; ring.
Qed.
