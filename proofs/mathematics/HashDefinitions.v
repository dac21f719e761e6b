(* The hash, the tag and the verification hash of the code. These are the definitions that the theorems
   of PrimeHash.v and VerificationHash.v are about and from which the table for the Java tests is computed. *)
From Coq Require Import Init.Byte NArith.
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* The hash modulo 2^127 - 1: org.eveproof.authentication.PolynomialHash. *)
Definition prime_hash (key : N) (m : seq byte) : N :=
  horner_hash 0%num mersenne_add mersenne_mul key (map number_of_bytes (blocks m)).

(* The one-time-padded tag: org.eveproof.authentication.WegmanCarter.tag. *)
Definition code_tag (key : N) (one_time_pad : N) (m : seq byte) : N :=
  ((prime_hash key m + one_time_pad) mod 2 ^ 128)%num.

(* --- Verification of reconciled keys ---------------------------------------------------------- *)

Definition verification_blocks (bits : nat) : nat := (bits + 127) %/ 128.

(* org.eveproof.postprocessing.ErrorVerification.hash: the first bits of the hash of a key. *)
Definition verification_hash (hash_bits : nat) (seed : N) (key : seq bool) : seq bool :=
  bits_of_number hash_bits
    (horner_hash 0%num N.lxor gf_mul seed
       (map number_of_bits (cut (verification_blocks (size key)) 128 key))).
