(* Toeplitz hashing is 2-universal, for all lengths of key and result, and stays so when the result is
   cut short. *)
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import Counting ToeplitzDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition xor (s t : seq bool) : seq bool := [seq p.1 (+) p.2 | p <- zip s t].

Lemma nth_xor s t i : size s = size t -> nth false (xor s t) i = nth false s i (+) nth false t i.
Proof.
move=> eq_size; case: (ltnP i (size s)) => [small|large].
  by rewrite (nth_map (false, false)) ?size_zip -?eq_size ?minnn // nth_zip.
by rewrite !nth_default ?size_map ?size_zip -?eq_size ?minnn.
Qed.

Lemma size_xor s t : size s = size t -> size (xor s t) = size s.
Proof. by move=> eq_size; rewrite size_map size_zip -eq_size minnn. Qed.

(* Sums of bits. *)
Definition parity (I : Type) (js : seq I) (f : I -> bool) : bool := foldr addb false (map f js).

Lemma parity_add (I : Type) (js : seq I) f g :
  parity js (fun j => f j (+) g j) = parity js f (+) parity js g.
Proof. by elim: js => //= j js; rewrite /parity /= => ->; rewrite addbACA. Qed.

Lemma eq_parity (I : eqType) (js : seq I) f g : {in js, f =1 g} -> parity js f = parity js g.
Proof. by move=> eq_fg; rewrite /parity; congr (foldr _ _ _); apply/eq_in_map. Qed.

Lemma product_bit_parity r x i :
  product_bit r x i = parity (iota 0 (size x)) (fun j => entry r (size x) i j && nth false x j).
Proof. by []. Qed.

Lemma entry_xor r r' n i j : size r = size r' ->
  entry (xor r r') n i j = entry r n i j (+) entry r' n i j.
Proof. exact: nth_xor. Qed.

(* Linear in the seed and in the key. *)
Lemma product_bit_xor_seed r r' x i : size r = size r' ->
  product_bit (xor r r') x i = product_bit r x i (+) product_bit r' x i.
Proof.
move=> eq_size; rewrite !product_bit_parity -parity_add; apply: eq_parity => j _.
by rewrite entry_xor // andb_addl.
Qed.

Lemma product_bit_xor_key r x x' i : size x = size x' ->
  product_bit r (xor x x') i = product_bit r x i (+) product_bit r x' i.
Proof.
move=> eq_size; rewrite !product_bit_parity size_xor // -eq_size -parity_add.
by apply: eq_parity => j _; rewrite nth_xor // andb_addr.
Qed.

(* The first k bits of the result are the result of k bits: cutting short is Toeplitz hashing. *)
Theorem toeplitz_truncation (r x : seq bool) (k l : nat) : k <= l -> 0 < size x ->
  take k (toeplitz r x l) = toeplitz (take (seed_length (size x) k) r) x k.
Proof.
move=> short x_pos; apply: (@eq_from_nth _ false) => [|i].
  by rewrite size_takel ?size_mkseq.
rewrite size_takel ?size_mkseq // => small; rewrite nth_take // !nth_mkseq ?(leq_trans small) //.
rewrite !product_bit_parity; apply: eq_parity => j; rewrite mem_iota add0n /= => j_small.
congr (_ && _); rewrite /entry nth_take //.
apply: leq_ltn_trans (leq_subr _ _) _; rewrite /seed_length addnC.
have k_pos : 0 < k by apply: leq_ltn_trans small.
by rewrite -[X in _ < X + _](prednK x_pos) addSn ltnS leq_add2l -ltnS prednK.
Qed.
(* Whatever result is asked for, some seed gives it: row i of the product is the first to meet one
   more bit of the seed. *)
Lemma reaches (x : seq bool) (l : nat) (y : nat -> bool) : has id x ->
  exists2 r, size r = seed_length (size x) l & forall i, i < l -> product_bit r x i = y i.
Proof.
move=> some_one; pose n := size x; pose j0 := find id x.
have j0_small : j0 < n by rewrite -has_find.
have one : nth false x j0 by apply: (nth_find false some_one).
have none j : j < j0 -> nth false x j = false by apply: before_find.
have n_pos : 0 < n by apply: leq_ltn_trans j0_small.
suff [f f_ok] : exists f : nat -> bool, forall i, i < l ->
    parity (iota 0 n) (fun j => f (i + n.-1 - j) && nth false x j) = y i.
  exists (mkseq f (seed_length n l)); first by rewrite size_mkseq.
  move=> i i_small; rewrite -f_ok // product_bit_parity; apply: eq_parity => j.
  rewrite mem_iota add0n => /= j_small; rewrite /entry nth_mkseq // /seed_length.
  apply: leq_ltn_trans (leq_subr _ _) _; rewrite -/n addnC.
  have l_pos : 0 < l by apply: leq_ltn_trans i_small.
  by rewrite -(prednK n_pos) /= addSn ltnS leq_add2l -ltnS prednK.
elim: l => [|l [f f_ok]]; first by exists (fun _ => false).
pose at_l := l + n.-1 - j0.
pose old := parity (iota 0 n) (fun j => f (l + n.-1 - j) && nth false x j).
pose g i := f i (+) ((i == at_l) && (old (+) y l)).
have split i : parity (iota 0 n) (fun j => g (i + n.-1 - j) && nth false x j)
    = parity (iota 0 n) (fun j => f (i + n.-1 - j) && nth false x j)
      (+) parity (iota 0 n) (fun j => (i + n.-1 - j == at_l) && nth false x j && (old (+) y l)).
  rewrite -parity_add; apply: eq_parity => j _; rewrite /g andb_addl.
  by congr (_ (+) _); rewrite -!andbA; congr (_ && _); rewrite andbC.
exists g => i; rewrite ltnS leq_eqVlt split => /orP [/eqP ->|i_small].
  rewrite -/old; suff -> : parity (iota 0 n)
      (fun j => (l + n.-1 - j == at_l) && nth false x j && (old (+) y l)) = old (+) y l.
    by rewrite addbA addbb.
  rewrite (_ : iota 0 n = iota 0 j0 ++ j0 :: iota j0.+1 (n - j0.+1)); last first.
    by rewrite -[j0 :: _]/(iota j0 (n - j0.+1).+1) subnSK // -{2}(add0n j0) -iotaD subnKC // ltnW.
  rewrite /parity map_cat foldr_cat /= eqxx one /=.
  have zeros (js : seq nat) b : {in js, forall j, (l + n.-1 - j == at_l) && nth false x j = false} ->
      foldr addb b [seq (l + n.-1 - j == at_l) && nth false x j && (old (+) y l) | j <- js] = b.
    elim: js => //= j js IH zero; rewrite zero ?mem_head //= IH // => k k_js.
    by apply: zero; rewrite inE k_js orbT.
  rewrite !zeros ?addbF // => j; rewrite mem_iota.
    move=> /andP [j_large j_small]; apply/negbTE; rewrite negb_and; apply/orP; left.
    rewrite /at_l neq_ltn; apply/orP; left; apply: ltn_sub2l => //.
    rewrite subnKC // in j_small.
    by apply: leq_trans (leq_addl _ _); rewrite -ltnS prednK //; apply: leq_trans j_small.
  by rewrite add0n => /= /none ->; rewrite andbF.
rewrite f_ok // -[RHS]addbF; congr (_ (+) _).
elim: (iota 0 n) => //= j js IH; rewrite /parity /= -/(parity _ _) IH addbF.
case one_j: (nth false x j); rewrite ?andbF // andbT.
have j_large : j0 <= j by rewrite leqNgt; apply/negP => /none; rewrite one_j.
case: eqP => // eq_at; exfalso; move: eq_at; apply/eqP; rewrite neq_ltn; apply/orP; left.
rewrite /at_l; apply: (@leq_ltn_trans (i + n.-1 - j0)); first exact: leq_sub2l.
apply: ltn_sub2r; rewrite ?ltn_add2r //; apply: (@leq_ltn_trans n.-1).
  by rewrite -ltnS prednK.
by rewrite -[X in X < _]add0n ltn_add2r (leq_ltn_trans _ i_small).
Qed.

(* --- Counting seeds --------------------------------------------------------------------------- *)

Section Universality.
Variables (n l : nat).
Local Notation seed := (seed_length n l).-tuple.

Definition xor_tuple k (s t : k.-tuple bool) : k.-tuple bool := [tuple tnth s i (+) tnth t i | i < k].

Lemma xor_tupleE k (s t : k.-tuple bool) : xor_tuple s t = xor s t :> seq bool.
Proof.
have size_st : size s = size t by rewrite !size_tuple.
apply: (@eq_from_nth _ false) => [|i]; first by rewrite size_xor // !size_tuple.
rewrite size_tuple => small; rewrite nth_xor //.
by rewrite -!(tnth_nth false _ (Ordinal small)) tnth_mktuple.
Qed.

Lemma xor_tupleK k (t : k.-tuple bool) : involutive (fun s => xor_tuple s t).
Proof. by move=> s; apply: eq_from_tnth => i; rewrite !tnth_mktuple -addbA addbb addbF. Qed.

Definition toeplitz_tuple (x : n.-tuple bool) (r : (seed_length n l).-tuple bool) : l.-tuple bool :=
  [tuple product_bit r x i | i < l].

Lemma toeplitz_tupleE x r : toeplitz_tuple x r = toeplitz r x l :> seq bool.
Proof.
apply: (@eq_from_nth _ false) => [|i]; first by rewrite size_tuple size_mkseq.
rewrite size_tuple => small; rewrite nth_mkseq //.
by rewrite -(tnth_nth false _ (Ordinal small)) tnth_mktuple.
Qed.

(* For every key but zero, every result comes from equally many seeds. *)
Lemma seeds_of_result (x : n.-tuple bool) (y : l.-tuple bool) : has id x ->
  #|[set r | toeplitz_tuple x r == y]| * 2 ^ l = 2 ^ seed_length n l.
Proof.
move=> some_one.
have reach (z : l.-tuple bool) : exists r0, forall r,
    toeplitz_tuple x (xor_tuple r r0) = xor_tuple (toeplitz_tuple x r) z.
  have [r0 size_r0 r0_ok] := reaches l (fun i => nth false z i) some_one.
  move: size_r0; rewrite size_tuple => /eqP size_r0.
  exists (Tuple size_r0) => r; apply: eq_from_tnth => i; rewrite !tnth_mktuple.
  rewrite xor_tupleE product_bit_xor_seed ?r0_ok -?tnth_nth //.
  by rewrite size_tuple (eqP size_r0).
have same z : #|[set r | toeplitz_tuple x r == z]| = #|[set r | toeplitz_tuple x r == y]|.
  have [r0 shift] := reach (xor_tuple z y).
  rewrite -(card_imset _ (can_inj (xor_tupleK r0))); apply: eq_card => r.
  have zy : xor_tuple z (xor_tuple z y) = y.
    by apply: eq_from_tnth => i; rewrite !tnth_mktuple addbA addbb.
  have yz : xor_tuple y (xor_tuple z y) = z.
    by apply: eq_from_tnth => i; rewrite !tnth_mktuple addbC -addbA addbb addbF.
  apply/imsetP/idP => [[r' /[!inE] /eqP eq_z ->]|]; first by rewrite shift eq_z zy.
  rewrite inE => /eqP eq_y; exists (xor_tuple r r0); last by rewrite xor_tupleK.
  by rewrite inE shift eq_y yz.
have -> : 2 ^ seed_length n l = #|{: (seed_length n l).-tuple bool}| by rewrite card_tuple card_bool.
rewrite -[RHS]sum1_card (partition_big (toeplitz_tuple x) predT) //=.
rewrite (eq_bigr (fun _ => #|[set r | toeplitz_tuple x r == y]|)) => [|z _]; last first.
  by rewrite sum1dep_card; apply: same.
by rewrite sum_nat_const card_tuple card_bool [RHS]mulnC.
Qed.

(* Two different keys have the same result under exactly one seed in 2^l. *)
Theorem toeplitz_universal (x x' : n.-tuple bool) : x != x' ->
  #|[set r : (seed_length n l).-tuple bool | toeplitz r x l == toeplitz r x' l]| * 2 ^ l
  = 2 ^ seed_length n l.
Proof.
move=> differ; rewrite -(@seeds_of_result (xor_tuple x x') [tuple false | _ < l]); last first.
  apply: contraT => none; case/eqP: differ; apply: eq_from_tnth => i.
  have := hasPn none (tnth (xor_tuple x x') i) (mem_tnth _ _); rewrite tnth_mktuple /=.
  by case: (tnth x i); case: (tnth x' i).
congr (_ * _); apply: eq_card => r; rewrite !inE -!toeplitz_tupleE.
apply/eqP/eqP => [eq_t|zero].
  apply: eq_from_tnth => i; rewrite !tnth_mktuple xor_tupleE product_bit_xor_key ?size_tuple //.
  have {}eq_t : toeplitz_tuple x r = toeplitz_tuple x' r by apply: val_inj.
  by have := congr1 (fun t => tnth t i) eq_t; rewrite !tnth_mktuple => ->; rewrite addbb.
congr (tval _); apply: eq_from_tnth => i; have := congr1 (fun t => tnth t i) zero.
rewrite !tnth_mktuple xor_tupleE product_bit_xor_key ?size_tuple //.
by case: (product_bit r x i); case: (product_bit r x' i).
Qed.

End Universality.

(* --- Seeds that are refused -------------------------------------------------------------------- *)

(* The sum of rows is a Toeplitz product too, of the chosen rows read backwards. *)
Lemma row_sum_product r c n j : j < n -> row_sum r c n j = product_bit r (rev c) (n.-1 - j).
Proof.
move=> j_n; rewrite /row_sum /product_bit size_rev !foldrE !big_map.
rewrite -{1 2}[size c]subn0 -!/(index_iota 0 _) [RHS]big_nat_rev /= add0n.
rewrite !big_nat; apply: eq_bigr => i /andP [_ i_small].
rewrite andbC nth_rev ?ltn_subrL ?(leq_ltn_trans _ i_small) //.
have -> : size c - (size c - i.+1).+1 = i by rewrite subnSK // subKn // ltnW.
congr (_ && _); rewrite /entry; congr (nth _ _ _).
have j_small : j <= n.-1 by rewrite -ltnS prednK // (leq_ltn_trans _ j_n).
rewrite -addnBA // -addnBA; last by rewrite -subn1 leq_sub2l.
have -> : (size c).-1 - (size c - i.+1) = i.
  have -> : size c - i.+1 = (size c).-1 - i by rewrite -subn1 -subnDA add1n.
  by rewrite subKn // -ltnS prednK // (leq_ltn_trans _ i_small).
by rewrite addnC.
Qed.

(* Seeds whose matrix has less than full rank, which are drawn anew, are at most one in 2^(n - l). *)
Theorem unfit_seeds_are_rare (n l : nat) : 0 < n -> 0 < l ->
  #|[set r : (seed_length n l).-tuple bool | ~~ fit r n l]| * 2 ^ n <= 2 ^ l * 2 ^ seed_length n l.
Proof.
move=> n_pos l_pos.
have : seed_length n l = seed_length l n.
  by rewrite /seed_length -{1}(prednK n_pos) -{2}(prednK l_pos) addSnnS addnC.
move: (seed_length n l) => len ->.
pose zero : n.-tuple bool := [tuple false | _ < n].
pose dependent (c : l.-tuple bool) :=
  if has id c then [set r : (seed_length l n).-tuple bool | toeplitz_tuple [tuple of rev c] r == zero]
  else set0.
have count c : #|dependent c| * 2 ^ n <= 2 ^ seed_length l n.
  rewrite /dependent; case some: (has id c); last by rewrite cards0.
  by rewrite seeds_of_result // has_rev.
apply: (@leq_trans ((\sum_c #|dependent c|) * 2 ^ n)).
  rewrite leq_mul2r; apply/orP; right; apply: leq_trans (union_bound _).
  apply/subset_leq_card/subsetP => r; rewrite inE /fit negb_forall => /existsP [c].
  rewrite negb_or => /andP [c_some none]; apply/bigcupP; exists c => //.
  have some : has id c.
    apply: contraR c_some => /hasPn c_none; apply/eqP; apply: (@eq_from_nth _ false) => [|i].
      by rewrite size_nseq size_tuple.
    by move=> small; rewrite nth_nseq if_same; apply/negbTE/c_none/mem_nth.
  rewrite /dependent some inE; apply/eqP/eq_from_tnth => i; rewrite !tnth_mktuple.
  have i_n : n.-1 - i < n by apply: (@leq_ltn_trans n.-1); rewrite ?leq_subr // prednK.
  have := hasPn none (n.-1 - i); rewrite mem_iota add0n i_n => /(_ isT) /negbTE.
  by rewrite row_sum_product // subKn // -ltnS prednK.
have -> : 2 ^ l * 2 ^ seed_length l n = \sum_(c : l.-tuple bool) 2 ^ seed_length l n.
  by rewrite sum_nat_const card_tuple card_bool.
by rewrite big_distrl; apply: leq_sum.
Qed.
