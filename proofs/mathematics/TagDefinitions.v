(* The one-time-padded tag over any hash family, and the games that its forger may play. *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory.
Local Open Scope ring_scope.

Section Tag.
Variables (K : finType) (T : finZmodType) (M : eqType) (hash : K -> M -> T).

(* Under at most e keys the hashes of two different messages differ by a given value. *)
Definition almost_xor_universal (allowed : M -> Prop) (e : nat) : Prop :=
  forall (m m' : M) (c : T), allowed m -> allowed m' -> m <> m' ->
    (#|[set k | (hash k m - hash k m')%R == c]| <= e)%N.

(* A key is a hash key and a pad. *)
Definition one_time_tag (key : K * T) (m : M) : T := hash key.1 m + key.2.

(* --- One message seen, then attempts ---------------------------------------------------------- *)

(* What the forger offers next, from the tag that she saw and the answers so far. *)
Definition strategy := T -> seq bool -> M * T.

Definition accepts (key : K * T) (offer : M * T) : bool := one_time_tag key offer.1 == offer.2.

Fixpoint answers (key : K * T) (s : seq bool -> M * T) (attempts : nat) : seq bool :=
  if attempts is n.+1
  then let before := answers key s n in rcons before (accepts key (s before))
  else [::].

(* One of the first so many attempts passes, and is not the message with its own tag again. *)
Definition forges (m : M) (s : strategy) (attempts : nat) (key : K * T) : bool :=
  let t := one_time_tag key m in
  [exists i : 'I_attempts,
     let offer := s t (answers key (s t) i) in (offer != (m, t)) && accepts key offer].

(* --- Many messages under one hash key, each with a pad of its own ----------------------------- *)

(* Tags of messages that the forger chooses from the tags before. *)
Section Transcript.
Variables (r : nat) (choose : nat -> seq T -> M).

Fixpoint transcript (k : K) (pads : nat -> T) (count : nat) : seq T :=
  if count is n.+1
  then let before := transcript k pads n in rcons before (hash k (choose n before) + pads n)
  else [::].

Definition pads_of (pads : {ffun 'I_r -> T}) (i : nat) : T :=
  if insub i is Some j then pads j else 0.

(* The offer: which of the r messages to replace, by what, with which tag. *)
Definition replaces (offer : seq T -> 'I_r * (M * T)) (key : K * {ffun 'I_r -> T}) : bool :=
  let seen := transcript key.1 (pads_of key.2) r in
  let: (i, (m', t')) := offer seen in
  (m' != choose i (take i seen)) && (hash key.1 m' + key.2 i == t').
End Transcript.
End Tag.
