(* Many tags under few hash keys, a fresh pad for each, and attempts in between. *)
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import Counting TagDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* --- Functions that differ in one place ------------------------------------------------------- *)

Section Coordinate.
Variables I V : finType.

Definition put (f : {ffun I -> V}) (i : I) (v : V) : {ffun I -> V} :=
  [ffun j => if j == i then v else f j].

Lemma put_at f i v : put f i v i = v.
Proof. by rewrite ffunE eqxx. Qed.

Lemma put_other f i v j : j != i -> put f i v j = f j.
Proof. by rewrite ffunE => /negbTE ->. Qed.

Lemma put_put f i v w : put (put f i v) i w = put f i w.
Proof. by apply/ffunP => j; rewrite !ffunE; case: eqP. Qed.

Lemma put_same f i : put f i (f i) = f.
Proof. by apply/ffunP => j; rewrite !ffunE; case: eqP => [->|]. Qed.

Lemma card_coordinate (i : I) (X : {set V}) :
  (#|[set f : {ffun I -> V} | f i \in X]| * #|V| = #|X| * #|{ffun I -> V}|)%N.
Proof.
rewrite -cardsT -[in RHS]cardsT -!cardsX.
pose swap (z : {ffun I -> V} * V) := (z.1 i, put z.1 i z.2).
have swap_inj : injective swap.
  move=> [f v] [g w] [eq_i eq_put]; congr (_, _).
    by rewrite -(put_same f i) -(put_put f i v) eq_put put_put eq_i put_same.
  by rewrite -(put_at f i v) eq_put put_at.
rewrite -(card_imset _ swap_inj); apply: eq_card => -[x g]; rewrite !inE andbT.
apply/imsetP/idP => [[[f v]]|in_X]; first by rewrite !inE andbT => in_X [-> _].
by exists (put g i x, g i); rewrite ?inE /swap /= ?put_at ?put_put ?put_same // in_X.
Qed.
End Coordinate.

(* --- The game --------------------------------------------------------------------------------- *)

Section Link.
Variables (K : finType) (T : finZmodType) (M : eqType) (hash : K -> M -> T).
Variables (allowed : M -> Prop) (e : nat).
Hypothesis universal : almost_delta_universal hash allowed e.
(* A tag that is guessed is not right more often than one that is computed from another. *)
Hypothesis guess : (#|K| <= e * #|T|)%N.
Variables (d r : nat) (under : 'I_r -> 'I_d).
Local Notation keys := (link_keys K T r d).
Local Notation tag := (link_tag hash under).

(* What was sent, with the tags that were seen: the last first. *)
Definition history := seq ('I_r * M * T).
Definition pads (h : history) : seq 'I_r := map fst (map fst h).
Definition consistent (h : history) (k : keys) : bool := all (fun x => tag k x.1.1 x.1.2 == x.2) h.
Definition with_hash_keys (B : {set {ffun 'I_d -> K}}) (h : history) : {set keys} :=
  [set k : keys | (k.1 \in B) && consistent h k].
Definition agreeing (h : history) : {set keys} := [set k : keys | consistent h k].

Lemma agreeing_all h : agreeing h = with_hash_keys setT h.
Proof. by apply/setP => k; rewrite !inE. Qed.

Lemma consistent_put h (k : keys) i v :
  i \notin pads h -> consistent h (k.1, put k.2 i v) = consistent h k.
Proof.
move=> fresh; apply: eq_in_all => -[[j m] t] in_h; rewrite /link_tag /one_time_tag /= put_other //.
by apply: contraNneq fresh => <-; apply/mapP; exists (j, m) => //; apply/mapP; exists (j, m, t).
Qed.

(* One tag more leaves one in |T| of the keys, whatever the hash keys. *)
Lemma one_more B h i m t : i \notin pads h ->
  (#|with_hash_keys B ((i, m, t) :: h)| * #|T| = #|with_hash_keys B h|)%N.
Proof.
move=> fresh; rewrite -cardsT -cardsX.
pose spread (z : keys * T) : keys := (z.1.1, put z.1.2 i z.2).
have spread_inj : {in setX (with_hash_keys B ((i, m, t) :: h)) setT &, injective spread}.
  move=> [[k p] v] [[k' p'] v']; rewrite !inE /= /link_tag /one_time_tag /= !andbT.
  move=> /and3P [_ /eqP seen _] /and3P [_ /eqP seen' _] [eq_k eq_put]; subst k'.
  have eq_i : p i = p' i by apply: (addrI (hash (k (under i)) m)); rewrite seen seen'.
  have eq_p : p = p' by rewrite -(put_same p i) -(put_put p i v) eq_put put_put eq_i put_same.
  by rewrite eq_p -(put_at p i v) eq_put put_at.
rewrite -(card_in_imset spread_inj); apply: eq_card => -[k p]; rewrite [RHS]inE.
apply/imsetP/andP => [[[[k' p'] v]]|[in_B agree]].
  rewrite !inE andbT /= => /and3P [in_B _ agree] [-> ->]; split=> //.
  by rewrite (consistent_put (k', p')).
exists ((k, put p i (t - hash (k (under i)) m)), p i); last by rewrite /spread /= put_put put_same.
rewrite !inE andbT /= in_B /link_tag /one_time_tag /= put_at addrC subrK eqxx /=.
by rewrite (consistent_put (k, p)).
Qed.

(* The tags leave all hash keys equally possible. *)
Lemma all_hash_keys B h : uniq (pads h) ->
  (#|with_hash_keys B h| * #|T| ^ size h = #|B| * #|{ffun 'I_r -> T}|)%N.
Proof.
elim: h => [|[[i m] t] h IH] /= => [_|/andP [fresh uniq_h]].
  rewrite expn0 muln1 -[in RHS]cardsT -cardsX; apply: eq_card => -[k p].
  by rewrite !inE /consistent /= !andbT.
by rewrite expnS mulnA (one_more B m t fresh) IH.
Qed.

Lemma tags_positive : (0 < #|T|)%N.
Proof. by apply/card_gt0P; exists 0. Qed.

(* An offer that replaces a message passes under at most e of |K| of the keys that agree. *)
Lemma replaced h i m m' t t' : uniq (pads h) -> (i, m, t) \in h -> allowed m -> allowed m' ->
  m' <> m -> (#|[set k in agreeing h | tag k i m' == t']| * #|K| <= e * #|agreeing h|)%N.
Proof.
move=> uniq_h in_h ok ok' differ.
pose X := [set k | hash k m' - hash k m == t' - t].
pose B := [set k : {ffun 'I_d -> K} | k (under i) \in X].
have few : (#|B| * #|K| <= e * #|{ffun 'I_d -> K}|)%N.
  by rewrite card_coordinate leq_mul2r universal ?orbT.
have to_B : [set k in agreeing h | tag k i m' == t'] \subset with_hash_keys B h.
  apply/subsetP => -[k p]; rewrite !inE => /andP [agree /eqP passes]; rewrite agree andbT.
  move/allP/(_ _ in_h): agree => /= /eqP <-; rewrite -passes /link_tag /one_time_tag /=.
  by rewrite opprD addrACA subrr addr0.
apply: (@leq_trans (#|with_hash_keys B h| * #|K|)); first by rewrite leq_mul2r subset_leq_card ?orbT.
have positive : (0 < #|T| ^ size h)%N by rewrite expn_gt0 tags_positive.
rewrite -(leq_pmul2r positive) mulnAC all_hash_keys // agreeing_all -[in X in (_ <= X)%N]mulnA.
by rewrite all_hash_keys // mulnAC mulnA cardsT leq_mul2r few orbT.
Qed.

(* Under a pad that was not used it passes under one in |T|. *)
Lemma guessed h i m t : i \notin pads h ->
  (#|[set k in agreeing h | tag k i m == t]| * #|K| <= e * #|agreeing h|)%N.
Proof.
move=> fresh; rewrite [in X in (_ <= X)%N]agreeing_all -(one_more setT m t fresh).
have -> : [set k in agreeing h | tag k i m == t] = with_hash_keys setT ((i, m, t) :: h).
  by apply/setP => k; rewrite !inE andbC.
by rewrite [(e * _)%N]mulnCA leq_mul2l guess orbT.
Qed.

(* From a point of the game where no forgery has passed. *)
Lemma from_here f : forall q (h : history), uniq (pads h) -> (forall x, x \in h -> allowed x.1.2) ->
  within allowed q f ->
  (#|[set k in agreeing h | forges_link hash under k (map fst h) f]| * #|K|
     <= q * e * #|agreeing h|)%N.
Proof.
elim: f => [|i m next IH|i m t next IH] q h uniq_h ok_h /=.
- move=> _; have -> : [set k in agreeing h | false] = set0 by apply/setP => k; rewrite !inE andbF.
  by rewrite cards0.
- move=> [ok within_next]; case used: (i \in map fst (map fst h)); first exact: (IH 0 q h).
  have fresh : i \notin pads h by rewrite /pads used.
  pose after t : history := (i, m, t) :: h.
  pose forged t := [set k in agreeing (after t) | forges_link hash under k ((i, m) :: map fst h) (next t)].
  apply: (@leq_trans ((\sum_t #|forged t|) * #|K|)%N).
    rewrite leq_mul2r; apply/orP; right; apply: leq_trans (union_bound _).
    apply/subset_leq_card/subsetP => k; rewrite !inE => /andP [agree forges].
    by apply/bigcupP; exists (tag k i m); rewrite // !inE /= eqxx agree.
  rewrite -(leq_pmul2r tags_positive) !big_distrl /=.
  apply: (@leq_trans (\sum_(t : T) q * e * #|agreeing h|)%N); last by rewrite sum_nat_const mulnC.
  apply: leq_sum => t _.
  rewrite [in X in (_ <= X)%N]agreeing_all -(one_more setT m t fresh) mulnA -agreeing_all leq_mul2r.
  apply/orP; right; apply: (IH t q (after t)) => //=; first by rewrite fresh.
  by move=> x; rewrite inE => /orP [/eqP ->|/ok_h].
- move=> [ok]; case: q => // q within_next.
  pose rest b := [set k in agreeing h | forges_link hash under k (map fst h) (next b)].
  have few b : (#|rest b| * #|K| <= q * e * #|agreeing h|)%N by apply: IH.
  case: (boolP ((i, m) \in map fst h)) => [/mapP [[[i' m'] t'] in_h [eq_i eq_m]]|new].
    subst i' m'; apply: (@leq_trans (#|rest (t' == t)| * #|K|)%N).
      rewrite leq_mul2r; apply/orP; right; apply/subset_leq_card/subsetP => k; rewrite !inE.
      move=> /andP [agree]; rewrite agree andbF /=.
      by move/allP/(_ _ in_h): agree => /= /eqP ->.
    by apply: leq_trans (few _) _; rewrite mulSn mulnDl leq_addl.
  pose passing := [set k in agreeing h | tag k i m == t].
  apply: (@leq_trans ((#|passing| + #|rest false|) * #|K|)%N).
    rewrite leq_mul2r; apply/orP; right; apply: leq_trans (leq_card_setU _ _).
    apply/subset_leq_card/subsetP => k; rewrite !inE => /andP [agree]; rewrite agree /= andbT.
    by case: (tag k i m == t).
  rewrite mulnDl mulSn mulnDl leq_add //.
  case: (boolP (i \in pads h)) => [/mapP [[i' m'] /mapP [[[i'' m''] t''] in_h [-> ->]] /= eq_i]|fresh].
    subst i''; apply: (replaced _ uniq_h in_h (ok_h _ in_h) ok) => /= eq_m; subst m''.
    by case/negP: new; apply/mapP; exists (i, m, t'').
  exact: guessed.
Qed.

(* Of all keys, at most q e of |K| let the forger pass with anything that was not sent. *)
Theorem many_tags_many_attempts (f : forger T M r) (q : nat) : within allowed q f ->
  (#|[set k : keys | forges_link hash under k [::] f]| * #|K| <= q * e * #|{: keys}|)%N.
Proof.
move=> within_f; have := @from_here f q [::] isT (fun x (in_nil : x \in [::]) => match notF in_nil with end) within_f.
have -> : agreeing [::] = setT by apply/setP => k; rewrite !inE.
rewrite cardsT; apply: leq_trans; rewrite leq_mul2r; apply/orP; right.
by apply/subset_leq_card/subsetP => k; rewrite !inE.
Qed.
End Link.
