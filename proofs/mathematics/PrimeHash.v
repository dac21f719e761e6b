(* The hash and the tag of the code, as it computes them on numbers. *)
From Coq Require Import Init.Byte Strings.Byte NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions HashDefinitions MessageEncoding PolynomialHash MersennePrime.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

(* --- Blocks as numbers ------------------------------------------------------------------------ *)

Lemma byte_small b : (Byte.to_N b < 256)%num.
Proof. by have := to_N_bounded b; lia. Qed.

Lemma byte_to_N_inj : injective Byte.to_N.
Proof. by move=> b b' eq_b; have := of_to_N b; rewrite eq_b of_to_N => -[]. Qed.

Lemma number_of_bytes_rcons s b :
  number_of_bytes (rcons s b) = (256 * number_of_bytes s + Byte.to_N b)%num.
Proof. by rewrite /number_of_bytes foldl_rcons. Qed.

Lemma number_of_bytes_small s : (number_of_bytes s < 256 ^ N.of_nat (size s))%num.
Proof.
elim/last_ind: s => [|s b IH]; first by [].
rewrite number_of_bytes_rcons size_rcons Nnat.Nat2N.inj_succ N.pow_succ_r'.
by have := byte_small b; move: IH; move: (256 ^ _)%num (number_of_bytes s) (Byte.to_N b); clear; lia.
Qed.

Lemma number_of_bytes_inj s s' :
  size s = size s' -> number_of_bytes s = number_of_bytes s' -> s = s'.
Proof.
elim/last_ind: s s' => [|s b IH] s'; first by move=> /esym/size0nil ->.
case/lastP: s' => [|s' b']; rewrite !size_rcons // => -[eq_size].
rewrite !number_of_bytes_rcons => eq_n.
have [eq_s eq_b] : number_of_bytes s = number_of_bytes s' /\ Byte.to_N b = Byte.to_N b'.
  have := byte_small b; have := byte_small b'; move: eq_n.
  by move: (number_of_bytes s) (number_of_bytes s') (Byte.to_N b) (Byte.to_N b'); clear; lia.
by rewrite (IH s' eq_size eq_s) (byte_to_N_inj eq_b).
Qed.

Lemma block_small b : size b = block_bytes -> (number_of_bytes b < mersenne)%num.
Proof. by move=> size_b; apply: N.lt_trans (number_of_bytes_small b) _; rewrite size_b. Qed.

(* --- Residues ---------------------------------------------------------------------------------- *)

Lemma mod_small a : (a mod mersenne < mersenne)%num.
Proof. exact: N.mod_lt. Qed.

Lemma prime_hash_small k m : (prime_hash k m < mersenne)%num.
Proof.
rewrite /prime_hash; move: (map _ _) => bs; elim/last_ind: bs => [|bs b IH] //.
by rewrite /horner_hash foldl_rcons; apply: mod_small.
Qed.

Section Field.
Variable p : nat.
Hypothesis p_mersenne : N.of_nat p = mersenne.
Local Notation F := [finFieldType of 'F_p].
Local Notation residue := (modulo p : N -> F).

Let p_prime : prime p := mersenne_prime p_mersenne.

Lemma residue_mod a : residue (a mod mersenne)%num = residue a.
Proof. exact: (modulo_mod p_mersenne p_prime (dvdnn p)). Qed.

Lemma residue_inj a b : (a < mersenne)%num -> (b < mersenne)%num -> residue a = residue b -> a = b.
Proof.
have small c : (c < mersenne)%num -> (N.to_nat c < p)%N.
  by rewrite -p_mersenne => c_small; apply/ltP; lia.
move=> /small a_small /small b_small eq_r; apply: Nnat.N2Nat.inj.
have := congr1 (fun x : 'F_p => x : nat) eq_r; rewrite /modulo /= !val_Fp_nat //.
by rewrite !modn_small.
Qed.

Lemma residue_horner h bs :
  residue (horner_hash 0%num mersenne_add mersenne_mul h bs) = field_hash (residue h) (map residue bs).
Proof.
elim/last_ind: bs => [|bs b IH] //.
rewrite /field_hash /horner_hash map_rcons !foldl_rcons.
rewrite /mersenne_mul residue_mod moduloM /mersenne_add residue_mod moduloD.
by move: IH; rewrite /field_hash /horner_hash => ->.
Qed.

Definition element_of (b : seq byte) : F := residue (number_of_bytes b).

Lemma element_of_inj b b' : size b = block_bytes -> size b' = block_bytes ->
  element_of b = element_of b' -> b = b'.
Proof.
move=> size_b size_b' /residue_inj eq_e; apply: number_of_bytes_inj; first by rewrite size_b.
by apply: eq_e; apply: block_small.
Qed.

Lemma residue_hash k m : residue (prime_hash k m) = message_hash element_of (residue k) m.
Proof. by rewrite /prime_hash residue_horner /message_hash -map_comp. Qed.

(* --- Keys -------------------------------------------------------------------------------------- *)

Lemma size_injected (ks : seq N) (A : pred F) (e : nat) :
  uniq ks -> {in ks &, injective residue} -> (forall k, k \in ks -> A (residue k)) ->
  (#|[set h | A h]| <= e)%N -> (size ks <= e)%N.
Proof.
move=> ks_uniq inj ks_A; apply: leq_trans.
rewrite -(size_map residue) -(card_uniqP (_ : uniq (map residue ks))); last by rewrite map_inj_in_uniq.
by apply/subset_leq_card/subsetP => h /mapP [k k_ks ->]; rewrite inE; apply: ks_A.
Qed.

(* A key of 128 bits is below p, below 2 p, or one of two. *)
Lemma count_keys (ks : seq N) (A : pred F) (e : nat) :
  uniq ks -> (forall k, k \in ks -> (k < 2 ^ 128)%num) -> (forall k, k \in ks -> A (residue k)) ->
  (#|[set h | A h]| <= e)%N -> (size ks <= 2 * e + 2)%N.
Proof.
move=> ks_uniq ks_small ks_A few.
pose low k := (k <? mersenne)%num.
pose high k := (2 * mersenne <=? k)%num.
pose middle k := ~~ low k && ~~ high k.
have part (q : pred N) (shift : N) :
    (forall k, k \in ks -> q k -> (shift * mersenne <= k)%num /\ (k < shift * mersenne + mersenne)%num) ->
    (count q ks <= e)%N.
  move=> between; rewrite -size_filter; apply: (size_injected (filter_uniq _ ks_uniq)) few => [k k'|k].
    rewrite !mem_filter => /andP [q_k k_ks] /andP [q_k' k'_ks].
    have [least most] := between k k_ks q_k; have [least' most'] := between k' k'_ks q_k'.
    have back a : (shift * mersenne <= a)%num -> (a = (a - shift * mersenne) + shift * mersenne)%num by lia.
    rewrite (back k) // (back k') // !moduloD => /addIr eq_r; congr (_ + _)%num.
    by apply: residue_inj eq_r; lia.
  by rewrite mem_filter => /andP [_]; apply: ks_A.
have few_high : (count high ks <= 2)%N.
  rewrite -size_filter -[2%N]/(size [:: 2 * mersenne; 2 * mersenne + 1]%num).
  apply: uniq_leq_size (filter_uniq _ ks_uniq) _ => k; rewrite mem_filter !inE => /andP [/N.leb_le great /ks_small small].
  have [->|->] : (k = 2 * mersenne \/ k = 2 * mersenne + 1)%num by move: great small; rewrite /mersenne; clear; lia.
    by rewrite eqxx.
  by rewrite eqxx orbT.
have all_three s : (size s <= count low s + count middle s + count high s)%N.
  elim: s => //= k s IH; rewrite (addnACA (low k)) (addnACA (low k + middle k)%N) -add1n.
  by apply: leq_add IH; rewrite /middle; case: (low k); case: (high k).
apply: leq_trans (all_three ks) _; rewrite mul2n -addnn; apply: leq_add few_high; apply: leq_add.
  by apply: (part _ 0%num) => k _ /N.ltb_lt; lia.
apply: (part _ 1%num) => k _ /andP [/N.ltb_spec0 not_low /N.leb_spec0 not_high].
by move: not_low not_high; move: mersenne; clear; lia.
Qed.

(* --- Differences modulo 2^128 ------------------------------------------------------------------ *)

(* Of hashes with a given difference modulo 2^128 the residues have one difference, too. *)
Lemma difference_of_residues (c : N) : exists d : F, forall a b,
  (a < mersenne)%num -> (b < mersenne)%num -> ((a + (2 ^ 128 - b)) mod 2 ^ 128 = c)%num ->
  residue a - residue b = d.
Proof.
exists (if (c <? 2 ^ 127)%num then residue c else residue c - residue (2 ^ 128)%num).
move=> a b a_small b_small eq_c.
have [at_least|less] := N.le_gt_cases b a.
  have {}eq_c : c = (a - b)%num.
    rewrite -eq_c; have -> : (a + (2 ^ 128 - b) = a - b + 1 * 2 ^ 128)%num by move: at_least b_small; rewrite /mersenne; clear; lia.
    by rewrite N.mod_add // N.mod_small //; move: a_small; rewrite /mersenne; clear; lia.
  have -> : (c <? 2 ^ 127)%num by apply/N.ltb_lt; rewrite eq_c; move: a_small; rewrite /mersenne; clear; lia.
  by apply/eqP; rewrite subr_eq -moduloD eq_c N.sub_add.
have {}eq_c : (c + b = a + 2 ^ 128)%num.
  by rewrite -eq_c N.mod_small; move: less b_small; rewrite /mersenne; clear; lia.
have -> : (c <? 2 ^ 127)%num = false.
  by apply/N.ltb_ge; move: eq_c b_small; rewrite /mersenne; clear; lia.
by apply/eqP; rewrite subr_eq addrAC eq_sym subr_eq -!moduloD eq_c.
Qed.
End Field.

(* For every two different messages and every difference modulo 2^128, of the 2^128 hash keys at most
   2 L + 2 give hashes with that difference, L being the number of blocks of the longer message. *)
Theorem prime_hash_almost_delta_universal (m m' : seq byte) (c : N) (ks : seq N) :
  hashable m -> hashable m' -> m <> m' ->
  uniq ks -> (forall k, k \in ks -> (k < 2 ^ 128)%num) ->
  (forall k, k \in ks -> ((prime_hash k m + (2 ^ 128 - prime_hash k m')) mod 2 ^ 128 = c)%num) ->
  (size ks <= maxn (forgery_numerator (size m)) (forgery_numerator (size m')))%N.
Proof.
move=> bound bound' differ ks_uniq ks_small ks_c.
have [p p_mersenne] : exists p, N.of_nat p = mersenne by exists (N.to_nat mersenne); rewrite Nnat.N2Nat.id.
have [d one_difference] := difference_of_residues p c.
have := polynomial_hash_almost_delta_universal (element_of_inj p_mersenne) d bound bound' differ.
move=> /(count_keys p_mersenne ks_uniq ks_small); rewrite /forgery_numerator -addn_maxl -maxnMr; apply.
move=> k /ks_c eq_c; rewrite -!(residue_hash p_mersenne); apply/eqP.
by apply: one_difference eq_c; apply: prime_hash_small.
Qed.

(* And so for the tags: of the keys (hash key and pad) that give a message the tag that was seen at most
   2 L + 2 give another message the forger's tag; as many as there are hash keys give the first. *)
Theorem code_tag_forgery (m m' : seq byte) (t t' : N) (keys : seq (N * N)) :
  hashable m -> hashable m' -> m <> m' ->
  uniq keys -> (forall k, k \in keys -> (k.1 < 2 ^ 128)%num /\ (k.2 < 2 ^ 128)%num) ->
  (forall k, k \in keys -> code_tag k.1 k.2 m = t /\ code_tag k.1 k.2 m' = t') ->
  (size keys <= maxn (forgery_numerator (size m)) (forgery_numerator (size m')))%N.
Proof.
move=> bound bound' differ keys_uniq keys_small keys_ok.
have within k n : (prime_hash k n < 2 ^ 128)%num by apply: N.lt_trans (prime_hash_small k n) _.
have split a b s : (a < 2 ^ 128)%num -> (b < 2 ^ 128)%num -> ((a + b) mod 2 ^ 128 = s)%num ->
    (a + b = s \/ a + b = s + 2 ^ 128)%num.
  move=> a_small b_small <-; have [small|great] := N.lt_ge_cases (a + b) (2 ^ 128).
    by left; rewrite N.mod_small.
  right; have eq_ab : (a + b = a + b - 2 ^ 128 + 1 * 2 ^ 128)%num by move: great; clear; lia.
  by rewrite {2}eq_ab N.mod_add // N.mod_small; move: a_small b_small great; clear; lia.
rewrite -(size_map fst).
apply: (prime_hash_almost_delta_universal (c := (t + (2 ^ 128 - t')) mod 2 ^ 128) bound bound' differ).
- rewrite map_inj_in_uniq // => -[k x] [k' x'] in_keys in_keys' /= eq_k.
  have [eq_t _] := keys_ok _ in_keys; have [eq_t' _] := keys_ok _ in_keys'.
  have [_ x_small] := keys_small _ in_keys; have [_ x'_small] := keys_small _ in_keys'.
  have := split _ _ _ (within _ _) x_small eq_t; have := split _ _ _ (within _ _) x'_small eq_t'.
  move: x_small x'_small; rewrite /= eq_k => x_small x'_small.
  by move=> e e'; congr (_, _); move: x_small x'_small e e'; clear; lia.
- by move=> k /mapP [key in_keys ->]; have [] := keys_small _ in_keys.
move=> k /mapP [key in_keys ->]; have [eq_t eq_t'] := keys_ok _ in_keys.
have [_ x_small] := keys_small _ in_keys.
have e := split _ _ _ (within _ _) x_small eq_t; have e' := split _ _ _ (within _ _) x_small eq_t'.
have t_small : (t < 2 ^ 128)%num by rewrite -eq_t; apply: N.mod_lt.
have t'_small : (t' < 2 ^ 128)%num by rewrite -eq_t'; apply: N.mod_lt.
have h_small := within key.1 m; have h'_small := within key.1 m'.
move: (prime_hash key.1 m) (prime_hash key.1 m') key.2 h_small h'_small x_small t_small t'_small e e'.
move=> h h' x; clear=> h_small h'_small x_small t_small t'_small [e|e] [e'|e'].
- by congr (_ mod _)%num; lia.
- have -> : (t + (2 ^ 128 - t') = h + (2 ^ 128 - h') + 1 * 2 ^ 128)%num by lia.
  by rewrite N.mod_add.
- have -> : (h + (2 ^ 128 - h') = t + (2 ^ 128 - t') + 1 * 2 ^ 128)%num by lia.
  by rewrite N.mod_add.
by congr (_ mod _)%num; lia.
Qed.
