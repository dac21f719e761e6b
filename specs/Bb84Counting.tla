---------------------------- MODULE Bb84Counting ----------------------------
(***************************************************************************)
(* Exact probabilities of intercept-resend against BB84, by counting.      *)
(*                                                                         *)
(* The protocol specs keep probability out: there, the environment picks   *)
(* how many errors Eve causes. This module says what that choice is worth. *)
(* Every random choice of Alice, Eve, Bob and of quantum measurement is a  *)
(* fair coin, so all combinations are equally likely and a probability is  *)
(* a count of combinations divided by another: an exact rational.          *)
(*                                                                         *)
(* Source: Bennett and Brassard 1984; the numbers are those of every       *)
(* textbook treatment of intercept-resend, and the optical simulator of    *)
(* the reference implementation is tested against the same numbers.        *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  MaxPulses,    \* pulses in the largest block that is enumerated; 64^MaxPulses choices
  Faces         \* faces, for each pulse, of the die by which Eve decides which pulses to touch

ASSUME BlocksAreEnumerable == MaxPulses \in 1..4
ASSUME DieIsFair == Faces \in 1..16

VARIABLE pulses \* number of pulses in the block under consideration, 1..MaxPulses

TypeOK == pulses \in 1..MaxPulses

BlockSizes == 1..MaxPulses                       \* the block sizes that are looked at

-----------------------------------------------------------------------------
(* One pulse: six fair coins.                                              *)

Bit == {0, 1}
Basis == {"Z", "X"}

\* All equally likely choices for one pulse. A coin decides the outcome of a measurement in the
\* wrong basis; in the right basis nobody looks at the coin.
Choice == [bit : Bit, alice : Basis, eve : Basis, bob : Basis, eveCoin : Bit, bobCoin : Bit]

Sifted(c) == c.alice = c.bob                     \* the pulse survives sifting

\* What a measurement in basis m shows of a photon prepared as bit v in basis b.
Measured(v, b, m, coin) == IF b = m THEN v ELSE coin

EveSees(c) == Measured(c.bit, c.alice, c.eve, c.eveCoin)

\* Eve resends what she saw, in the basis in which she saw it.
BobSees(c) == Measured(EveSees(c), c.eve, c.bob, c.bobCoin)

\* An error that Alice and Bob can see: they keep the pulse and their bits differ.
Error(c) == Sifted(c) /\ BobSees(c) # c.bit

\* Eve is certain of the sifted bit: she learns from the bases announced later that hers was right.
Knows(c) == Sifted(c) /\ c.eve = c.alice

-----------------------------------------------------------------------------
(* The experiments: which choices are equally likely in each.              *)

\* A block of n sifted pulses, all of them intercepted; once for each question that is asked of it.
InterceptedBlock(n) == [1..n -> {c \in Choice : Sifted(c)}]     \* how often is Bob wrong?
OverheardBlock(n) == [1..n -> {c \in Choice : Sifted(c)}]       \* how much does Eve know?
SiftedBlock(n) == [1..n -> {c \in Choice : Sifted(c)}]          \* how often does she escape?

\* A block of n transmitted pulses, all of them intercepted, sifted or not.
SentBlock(n) == [1..n -> Choice]

\* One sifted pulse and the throw of Eve's die, which has Faces faces for each pulse of the block.
Thrown(n) == {c \in Choice : Sifted(c)} \X (1..(Faces * n))

\* Eve intercepts the pulse when the die shows at most j; else the pulse reaches Bob untouched.
ErrorWhenThrown(t, j) == t[2] <= j /\ Error(t[1])

-----------------------------------------------------------------------------
(* Rationals as pairs <<numerator, denominator>>, denominator positive.    *)

Equal(x, y) == x[1] * y[2] = y[1] * x[2]
Power(x, n) == <<x[1] ^ n, x[2] ^ n>>
Share(part, whole) == <<Cardinality(part), Cardinality(whole)>>

-----------------------------------------------------------------------------
(* Nothing happens: the module looks at each block size once.              *)

Init == pulses \in BlockSizes
Next == UNCHANGED pulses
Spec == Init /\ [][Next]_pulses

-----------------------------------------------------------------------------
(* Properties.                                                             *)

\* Each intercepted pulse that survives sifting is wrong with probability exactly 1/4.
QuarterError ==
  LET block == InterceptedBlock(pulses) IN
    \A i \in 1..pulses : Equal(Share({b \in block : Error(b[i])}, block), <<1, 4>>)

\* Each intercepted pulse that survives sifting is known to Eve with probability exactly 1/2.
KnowsHalf ==
  LET block == OverheardBlock(pulses) IN
    \A i \in 1..pulses : Equal(Share({b \in block : Knows(b[i])}, block), <<1, 2>>)

\* When Eve touches a fraction p of the pulses, the error rate is exactly p/4.
FractionError ==
  LET thrown == Thrown(pulses)
      faces == Faces * pulses
  IN \A j \in 0..faces :
       Equal(Share({t \in thrown : ErrorWhenThrown(t, j)}, thrown), <<j, 4 * faces>>)

\* Eve intercepts n sifted pulses and stays unseen with probability exactly (3/4)^n.
EscapeSifted ==
  LET block == SiftedBlock(pulses) IN
    Equal(Share({b \in block : \A i \in 1..pulses : ~Error(b[i])}, block),
          Power(<<3, 4>>, pulses))

\* Over n transmitted pulses, half of which are not even sifted, it is exactly (7/8)^n.
EscapeTransmitted ==
  LET block == SentBlock(pulses) IN
    Equal(Share({b \in block : \A i \in 1..pulses : ~Error(b[i])}, block),
          Power(<<7, 8>>, pulses))

(***************************************************************************)
(* What is not claimed: attacks other than intercept-resend in the two     *)
(* bases of the protocol (the secret-length formula covers those), noise,  *)
(* loss, and blocks longer than MaxPulses: there the closed form follows   *)
(* because the coins of different pulses are independent.                  *)
(***************************************************************************)
=============================================================================
