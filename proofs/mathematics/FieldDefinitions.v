(* The arithmetic of the fields of 2^127 - 1 and of 2^128 elements, on numbers. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* --- The field of 2^128 elements -------------------------------------------------------------- *)

(* Bit i of the number is the coefficient of x^i. *)
Definition number_of_bits (bs : seq bool) : N :=
  foldr (fun (b : bool) n => if b then N.succ_double n else N.double n) 0%num bs.

Fixpoint bits_of_number (count : nat) (v : N) : seq bool :=
  if count is c.+1 then N.odd v :: bits_of_number c (N.div2 v) else [::].

(* x^128 + x^7 + x^2 + x + 1 *)
Definition modulus : N := (2 ^ 128 + 135)%num.

Definition gf_double (a : N) : N :=
  let d := N.double a in if N.testbit d 128 then N.lxor d modulus else d.

Fixpoint gf_mul_pos (a : N) (b : positive) : N :=
  match b with
  | xH => a
  | xO b' => gf_double (gf_mul_pos a b')
  | xI b' => N.lxor a (gf_double (gf_mul_pos a b'))
  end.

Definition gf_mul (a b : N) : N := if b is Npos p then gf_mul_pos a p else 0%num.

(* --- The field of 2^127 - 1 elements ------------------------------------------------------------ *)

Definition mersenne : N := (2 ^ 127 - 1)%num.

Definition mersenne_add (a b : N) : N := ((a + b) mod mersenne)%num.

Definition mersenne_mul (a b : N) : N := ((a * b) mod mersenne)%num.
