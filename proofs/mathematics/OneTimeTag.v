(* What a forger can do against a one-time-padded almost Delta-universal hash, whatever she computes. *)
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import Counting TagDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Tag.
Variables (K : finType) (T : finZmodType) (M : eqType) (hash : K -> M -> T).
Variables (allowed : M -> Prop) (e : nat).
Hypothesis universal : almost_delta_universal hash allowed e.
Local Notation tag := (one_time_tag hash).

(* Before anything is seen, a tag is right under exactly |K| of the |K||T| keys. *)
Theorem impersonation (m : M) (t : T) :
  #|[set key : K * T | tag key m == t]| = #|K|.
Proof.
pose f (k : K) := (k, t - hash k m).
rewrite -(card_imset _ (can_inj (fun k => erefl : (f k).1 = k))).
apply: eq_card => -[k p]; rewrite !inE /one_time_tag /=.
apply/eqP/imsetP => [eq_t|[k' _ [-> ->]]]; last by rewrite addrC subrK.
by exists k => //; rewrite /f -eq_t addrC addKr.
Qed.

(* The tag that was seen leaves every hash key equally possible: one pad goes with each. *)
Theorem tag_hides_hash_key (m : M) (t : T) (k : K) :
  #|[set p : T | tag (k, p) m == t]| = 1%N.
Proof.
rewrite -(cards1 (t - hash k m)); apply: eq_card => p; rewrite !inE /one_time_tag /=.
by rewrite [RHS]eq_sym subr_eq eq_sym addrC.
Qed.

(* One attempt after one tag seen: of the |K| keys that give this tag, at most e pass the other. *)
Theorem substitution (m m' : M) (t t' : T) :
  allowed m -> allowed m' -> (m', t') <> (m, t) ->
  (#|[set key : K * T | (tag key m == t) && (tag key m' == t')]| <= e)%N.
Proof.
move=> ok ok' differ; case: (eqVneq m' m) => [eq_m|/eqP neq_m].
  rewrite eq_m; apply: leq_trans (leq0n e); rewrite leqn0 cards_eq0; apply/eqP/setP => key.
  rewrite !inE; apply/negP => /andP [/eqP eq_t /eqP eq_t']; apply: differ.
  by rewrite eq_m -eq_t -eq_t'.
apply: leq_trans (universal (t' - t) ok' ok neq_m).
rewrite -(@card_in_imset _ _ fst) => [|[k p] [k' p']]; last first.
  rewrite !inE /one_time_tag /= => /andP [/eqP seen _] /andP [/eqP seen' _] eq_k.
  congr (_, _); first by []; apply: (addrI (hash k m)); by rewrite seen eq_k seen'.
apply/subset_leq_card/subsetP => k /imsetP [[k' p]]; rewrite !inE /one_time_tag /=.
move=> /andP [/eqP <- /eqP <-] ->.
by rewrite opprD addrACA subrr addr0.
Qed.

(* Up to the first forgery the answers hold no news: a forger who adapts is one who does not. *)
Fixpoint foreseen (m : M) (t : T) (s : seq bool -> M * T) (attempts : nat) : seq bool :=
  if attempts is n.+1
  then let before := foreseen m t s n in rcons before (s before == (m, t))
  else [::].

Lemma first_forgery (m : M) (s : strategy T M) q (key : K * T) :
  forges hash m s q key -> let t := tag key m in
  exists2 i : 'I_q, s t (foreseen m t (s t) i) != (m, t)
                  & accepts hash key (s t (foreseen m t (s t) i)).
Proof.
move=> /existsP [i0 /andP [new0 pass0]] t.
pose wins i := (s t (answers hash key (s t) i) != (m, t))
               && accepts hash key (s t (answers hash key (s t) i)).
have some : exists i, wins i by exists i0; apply/andP.
case: (ex_minnP some) => i /andP [new pass] least.
have i_small : (i < q)%N by apply: leq_ltn_trans (ltn_ord i0); apply: least; apply/andP.
have same : forall j, (j <= i)%N -> answers hash key (s t) j = foreseen m t (s t) j.
  elim=> //= j IH j_small; rewrite -IH 1?ltnW //; congr (rcons _ _).
  set offer := s t _; case: (eqVneq offer (m, t)) => [->|new_j]; first by rewrite /accepts eqxx.
  apply/negP => pass_j; suff : wins j by move/least; rewrite leqNgt j_small.
  by apply/andP.
by exists (Ordinal i_small); rewrite /= -same.
Qed.

(* At most q attempts, each chosen after the answers to those before: q times as much. *)
Theorem bounded_attempts (m : M) (s : strategy T M) (q : nat) (t : T) :
  allowed m -> (forall t answers, allowed (s t answers).1) ->
  (#|[set key : K * T | (tag key m == t) && forges hash m s q key]| <= q * e)%N.
Proof.
move=> ok oks; pose offer (i : 'I_q) := s t (foreseen m t (s t) i).
pose passing (i : 'I_q) :=
  [set key : K * T | [&& offer i != (m, t), tag key m == t & accepts hash key (offer i)]].
apply: (@leq_trans (\sum_(i < q) #|passing i|)%N).
  apply: leq_trans (union_bound _); apply/subset_leq_card/subsetP => key.
  rewrite inE => /andP [/eqP seen /first_forgery]; rewrite seen => -[i new pass].
  by apply/bigcupP; exists i => //; rewrite inE new seen eqxx.
have -> : (q * e = \sum_(i < q) e)%N by rewrite sum_nat_const card_ord.
apply: leq_sum => i _.
case: (eqVneq (offer i) (m, t)) => [same|/eqP new].
  by rewrite (_ : passing i = set0) ?cards0 //; apply/setP => key; rewrite !inE same eqxx.
case: {2}(offer i) (erefl (offer i)) => m' t' eq_offer.
apply: leq_trans (@substitution m m' t t' ok _ _); last 2 first.
- by have := oks t (foreseen m t (s t) i); rewrite -/(offer i) eq_offer.
- by rewrite -eq_offer.
by apply/subset_leq_card/subsetP => key; rewrite !inE eq_offer => /and3P [_ -> pass].
Qed.

(* The same over all tags that may be seen: of |K||T| keys at most q e |T| are forged. *)
Theorem forgery_probability (m : M) (s : strategy T M) (q : nat) :
  allowed m -> (forall t answers, allowed (s t answers).1) ->
  (#|[set key : K * T | forges hash m s q key]| <= q * e * #|T|)%N.
Proof.
move=> ok oks.
pose given t := [set key : K * T | (tag key m == t) && forges hash m s q key].
apply: (@leq_trans (\sum_(t : T) #|given t|)%N).
  apply: leq_trans (union_bound _); apply/subset_leq_card/subsetP => key.
  by rewrite inE => forged; apply/bigcupP; exists (tag key m) => //; rewrite inE eqxx.
rewrite mulnC -sum_nat_const; apply: leq_sum => t _; exact: bounded_attempts.
Qed.

(* Why a pad is used once: two tags under one pad show the difference of the hashes. *)
Theorem reused_pad_discloses_difference (k : K) (p : T) (m m' : M) :
  tag (k, p) m - tag (k, p) m' = hash k m - hash k m'.
Proof. by rewrite /one_time_tag /= opprD addrACA subrr addr0. Qed.

(* And so all but e hash keys are excluded. *)
Theorem reused_pad_excludes_keys (m m' : M) (t t' : T) :
  allowed m -> allowed m' -> m <> m' ->
  (#|[set k : K | [exists p, (tag (k, p) m == t) && (tag (k, p) m' == t')]]| <= e)%N.
Proof.
move=> ok ok' differ; apply: leq_trans (universal (t - t') ok ok' differ).
apply/subset_leq_card/subsetP => k; rewrite !inE => /existsP [p /andP [/eqP <- /eqP <-]].
by rewrite reused_pad_discloses_difference.
Qed.
End Tag.
