(* Messages as they are hashed: frames, blocks, and the polynomial over any field. *)
From Coq Require Import Init.Byte NArith.
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* --- Bytes and numbers ------------------------------------------------------------------------ *)

(* Bytes as a number, big-endian. *)
Definition number_of_bytes (s : seq byte) : N :=
  foldl (fun v b => 256 * v + Byte.to_N b)%num 0%num s.

(* The lowest eight bits of a number. *)
Definition byte_of_number (v : N) : byte :=
  Byte.of_bits (N.testbit v 0, (N.testbit v 1, (N.testbit v 2, (N.testbit v 3,
               (N.testbit v 4, (N.testbit v 5, (N.testbit v 6, N.testbit v 7))))))).

(* A number in so many bytes, big-endian. *)
Fixpoint big_endian (bytes : nat) (v : N) : seq byte :=
  if bytes is n.+1 then rcons (big_endian n (N.shiftr v 8)) (byte_of_number v) else [::].

(* --- Frames ----------------------------------------------------------------------------------- *)

Inductive party := Alice | Bob.

(* org.eveproof.authentication.Header with its KeyIndex *)
Record header := Header {
  suite : N; sender : party; message_type : N; session : N; round : N; sequence : N;
  epoch : N; block : N; index : N
}.

Definition sender_byte (p : party) : N := if p is Alice then 65%num else 66%num.

Definition encode_header (h : header) : seq byte :=
  big_endian 1 1 ++ big_endian 1 (suite h) ++ big_endian 1 (sender_byte (sender h))
  ++ big_endian 1 (message_type h) ++ big_endian 8 (session h)
  ++ big_endian 4 (round h) ++ big_endian 4 (sequence h)
  ++ big_endian 4 (epoch h) ++ big_endian 4 (block h) ++ big_endian 4 (index h).

(* What the tag of a frame covers: org.eveproof.authentication.Frame.authenticated. *)
Definition authenticated (h : header) (payload : seq byte) : seq byte :=
  encode_header h ++ big_endian 4 (N.of_nat (size payload)) ++ payload.

(* --- From a message to blocks ----------------------------------------------------------------- *)

Definition block_bytes := 14.

(* Zeros up to a whole number of blocks. *)
Definition pad (m : seq byte) : seq byte :=
  m ++ nseq ((block_bytes - size m %% block_bytes) %% block_bytes) x00.

(* The length of a message in bits, as a block of its own. *)
Definition length_block (m : seq byte) : seq byte :=
  big_endian block_bytes (8 * N.of_nat (size m)).

Fixpoint cut (T : Type) (count n : nat) (s : seq T) : seq (seq T) :=
  if count is c.+1 then take n s :: cut c n (drop n s) else [::].

(* The blocks that are hashed, the first coefficient first. *)
Definition blocks (m : seq byte) : seq (seq byte) :=
  let padded := pad m in
  rcons (cut (size padded %/ block_bytes) block_bytes padded) (length_block m).

(* The number of blocks of a message of so many bytes, the length block included. *)
Definition block_count (bytes : nat) : nat := (bytes + 13) %/ 14 + 1.

(* --- The hash --------------------------------------------------------------------------------- *)

Section Horner.
Variables (F : Type) (zero : F) (add mul : F -> F -> F).
(* b_1 h^s + b_2 h^(s-1) + ... + b_s h *)
Definition horner_hash (h : F) (bs : seq F) : F :=
  foldl (fun y b => mul (add y b) h) zero bs.
End Horner.

(* The numerator of org.eveproof.authentication.WegmanCarter.forgeryBound over 2^128: 2 keys of 128 bits
   for each point modulo 2^127 - 1, and a third one for 0 and for 1. *)
Definition forgery_numerator (bytes : nat) : nat := 2 * block_count bytes + 2.
