(* Random sampling for parameter estimation: a fixed pattern of errors, and a sample of k of the
   n + k positions, every such subset with the same chance. *)
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Section Sampling.
Variables (positions : finType) (errors : {set positions}).

(* Samples of k positions that hold a of the errors. *)
Definition samples_with (k a : nat) : {set {set positions}} :=
  [set s : {set positions} | (#|s| == k) && (#|s :&: errors| == a)].
End Sampling.

(* How many of them there are: of w errors and u positions without. *)
Definition hypergeometric (w u k a : nat) : nat := 'C(w, a) * 'C(u, k - a).

(* The square of the deviation over ln(4/epsilon), as numerator and denominator:
   org.eveproof.postprocessing.FiniteKeyRule.deviation with n kept and k sampled bits. *)
Definition deviation_numerator (n k : nat) : nat := (n + k) * (k + 1).
Definition deviation_denominator (n k : nat) : nat := n * k * k.

(* The 4 in ln(4/epsilon). *)
Definition deviation_constant : nat := 4.
