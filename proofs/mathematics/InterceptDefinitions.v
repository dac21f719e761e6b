(* Intercept-resend against BB84, coin by coin: specs/Bb84Counting.tla. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

(* One pulse, six fair coins: Alice's bit, her basis, Eve's basis, Bob's basis, the outcome of Eve's
   measurement if her basis is wrong, the outcome of Bob's if his is. *)
Definition choice := (bool * bool * bool * bool * bool * bool)%type.

Definition bit (c : choice) := let: (b, _, _, _, _, _) := c in b.
Definition alice (c : choice) := let: (_, a, _, _, _, _) := c in a.
Definition eve (c : choice) := let: (_, _, e, _, _, _) := c in e.
Definition bob (c : choice) := let: (_, _, _, b, _, _) := c in b.
Definition eve_coin (c : choice) := let: (_, _, _, _, k, _) := c in k.
Definition bob_coin (c : choice) := let: (_, _, _, _, _, k) := c in k.

(* The pulse survives sifting. *)
Definition sifted (c : choice) : bool := alice c == bob c.

(* What a measurement in one basis shows of a bit that was prepared in another. *)
Definition measured (v prepared basis coin : bool) : bool := if prepared == basis then v else coin.

Definition eve_sees (c : choice) := measured (bit c) (alice c) (eve c) (eve_coin c).

(* Eve resends what she saw, in the basis in which she saw it. *)
Definition bob_sees (c : choice) := measured (eve_sees c) (eve c) (bob c) (bob_coin c).

Definition error (c : choice) : bool := sifted c && (bob_sees c != bit c).

(* Eve is certain of the sifted bit. *)
Definition knows (c : choice) : bool := sifted c && (eve c == alice c).

(* Eve throws a die of so many faces, and touches the pulse when it shows less than `touched`. *)
Definition error_when_thrown (faces touched : nat) (t : choice * 'I_faces) : bool :=
  (t.2 < touched) && error t.1.

(* And she knows only what she touched. *)
Definition knows_when_thrown (faces touched : nat) (t : choice * 'I_faces) : bool :=
  (t.2 < touched) && knows t.1.

(* Bob's detectors flip the bit when their die shows less than `flips`. *)
Definition noisy_error (faces touched sides flips : nat) (t : choice * 'I_faces * 'I_sides) : bool :=
  sifted t.1.1 && (error_when_thrown touched t.1 (+) (t.2 < flips)).

(* The rate of errors is `wrong` of `all_of` (flips/sides = 0 without noise), so `all_of - wrong` of
   `all_of` is the rate of bits that show none. *)
Definition wrong (faces touched sides flips : nat) : nat :=
  4 * faces * flips + touched * sides - 2 * touched * flips.
Definition all_of (faces sides : nat) : nat := 4 * faces * sides.

(* In how many of (w + c)^n cases n bits hold 0, 1, ..., n errors, each bit being wrong in w of w + c. *)
Definition one_more_bit (w c : N) (before : seq N) : seq N :=
  [seq (x.1 * c + x.2 * w)%num | x <- zip (rcons before 0%num) (0%num :: before)].

Fixpoint error_counts (w c : N) (n : nat) : seq N :=
  if n is m.+1 then one_more_bit w c (error_counts w c m) else [:: 1%num].

(* And in how many at most t. *)
Definition sum_up_to (t : nat) (counts : seq N) : N := foldr N.add 0%num (take t.+1 counts).
Definition at_most_errors (w c : N) (n t : nat) : N := sum_up_to t (error_counts w c n).
