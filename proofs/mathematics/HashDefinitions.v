(* The hash, the tag and the verification hash of the code. These are the definitions that the theorems
   of Ghash.v are about and from which the table for the Java tests is computed. *)
From Coq Require Import Init.Byte NArith.
From mathcomp Require Import all_ssreflect.
From EveproofMath Require Import EncodingDefinitions FieldDefinitions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* Sixteen bytes as an element of the field: the first bit is the coefficient of x^0. *)
Definition element (b : seq byte) : N := number_of_bits (bits_of_bytes b).

(* GHASH without additional data: org.eveproof.authentication.WegmanCarter.hash. *)
Definition ghash (key : N) (m : seq byte) : N :=
  horner_hash 0%num N.lxor gf_mul key (map element (blocks m)).

(* The one-time-padded tag: org.eveproof.authentication.WegmanCarter.tag. *)
Definition code_tag (key : N) (one_time_pad : N) (m : seq byte) : N :=
  N.lxor (ghash key m) one_time_pad.

(* --- Verification of reconciled keys ---------------------------------------------------------- *)

Definition verification_blocks (bits : nat) : nat := (bits + 127) %/ 128.

(* org.eveproof.postprocessing.ErrorVerification.hash: the first bits of the hash of a key. *)
Definition verification_hash (hash_bits : nat) (seed : N) (key : seq bool) : seq bool :=
  bits_of_number hash_bits
    (horner_hash 0%num N.lxor gf_mul seed
       (map number_of_bits (cut (verification_blocks (size key)) 128 key))).
