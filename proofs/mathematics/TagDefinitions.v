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
Definition almost_delta_universal (allowed : M -> Prop) (e : nat) : Prop :=
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

(* --- A link: few hash keys, many messages with a pad each, attempts in between ------------------ *)

(* What the forger does next, whatever she has seen: every branch is a game that she may play. *)
Section Forger.
Variable r : nat.

Inductive forger :=
  | Stop
  (* She has a message of her choice sent under a pad, and sees its tag. *)
  | Send (i : 'I_r) (m : M) (next : T -> forger)
  (* She offers a message and a tag under a pad, and sees whether they pass. *)
  | Attempt (i : 'I_r) (m : M) (t : T) (next : bool -> forger).

(* On no branch are there more attempts than so many, and all messages are allowed. *)
Fixpoint within (allowed : M -> Prop) (attempts : nat) (f : forger) : Prop :=
  match f with
  | Stop => True
  | Send _ m next => allowed m /\ forall t, within allowed attempts (next t)
  | Attempt _ m _ next =>
      allowed m /\ if attempts is n.+1 then forall passes, within allowed n (next passes) else False
  end.

(* There are d hash keys; each of the r pads goes with one of them. *)
Variables (d : nat) (under : 'I_r -> 'I_d).

Definition link_keys := ({ffun 'I_d -> K} * {ffun 'I_r -> T})%type.

Definition link_tag (keys : link_keys) (i : 'I_r) (m : M) : T :=
  one_time_tag (keys.1 (under i), keys.2 i) m.

(* Some attempt passes with a message that was not sent before under this pad. A pad that was used is
   not used again: the sender is silent, which reads as 0. *)
Fixpoint forges_link (keys : link_keys) (sent : seq ('I_r * M)) (f : forger) : bool :=
  match f with
  | Stop => false
  | Send i m next =>
      if i \in map fst sent then forges_link keys sent (next 0)
      else forges_link keys ((i, m) :: sent) (next (link_tag keys i m))
  | Attempt i m t next =>
      let passes := link_tag keys i m == t in
      (passes && ((i, m) \notin sent)) || forges_link keys sent (next passes)
  end.
End Forger.
End Tag.
