(* Hashing with a Toeplitz matrix: org.eveproof.postprocessing.PrivacyAmplification. *)
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The length of the seed that takes n bits to l. *)
Definition seed_length (n l : nat) : nat := n + l.-1.

(* T[i][j] = r[i - j + n - 1] *)
Definition entry (r : seq bool) (n i j : nat) : bool := nth false r (i + n.-1 - j).

(* Row i of the matrix times the key. *)
Definition product_bit (r x : seq bool) (i : nat) : bool :=
  foldr addb false [seq entry r (size x) i j && nth false x j | j <- iota 0 (size x)].

Definition toeplitz (r x : seq bool) (l : nat) : seq bool := mkseq (product_bit r x) l.

(* Sum of the rows that are chosen, in column j. *)
Definition row_sum (r c : seq bool) (n : nat) (j : nat) : bool :=
  foldr addb false [seq nth false c i && entry r n i j | i <- iota 0 (size c)].

(* No choice of rows but the empty one adds up to zero: the matrix has full rank. *)
Definition fit (r : seq bool) (n l : nat) : bool :=
  [forall c : l.-tuple bool, (c == nseq l false :> seq bool) || has (row_sum r c n) (iota 0 n)].
