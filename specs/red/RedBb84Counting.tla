-------------------------- MODULE RedBb84Counting ---------------------------
(***************************************************************************)
(* Each twin makes one of the random choices predictable in one            *)
(* experiment, and so moves exactly one of the numbers.                    *)
(***************************************************************************)
EXTENDS MCBb84Counting

\* Twin OutOfRange: a block of no pulses is admitted.
FromNothing == 0..MaxPulses

\* Twin EveToldBasis: Alice's basis is public before the pulse, so Eve always measures in it and
\* causes no error at all.
EveTold(n) == [1..n -> {c \in Choice : Sifted(c) /\ c.eve = c.alice}]

\* Twin EveStuckInX: Alice sends in Z only and Eve measures in X only: Eve knows nothing.
EveStuck(n) == [1..n -> {c \in Choice : Sifted(c) /\ c.eve = "X" /\ c.alice = "Z"}]

\* Twin DieCountsFromZero: the die has one face more than Eve believes.
LoadedDie(n) == {c \in Choice : Sifted(c)} \X (0..(Faces * n))

\* Twin OneBasisForAll: Alice and Eve each choose one basis for the whole block. The error rate
\* stays 1/4, but the errors now come together, and Eve escapes more often than (3/4)^n.
OneBasisForAll(n) ==
  {b \in [1..n -> {c \in Choice : Sifted(c)}] :
    \A i \in 1..n : b[i].alice = b[1].alice /\ b[i].eve = b[1].eve}

\* Twin BobKnowsBasis: Bob's basis is Alice's (an oracle, or a fixed basis on both sides): every
\* pulse is sifted and every pulse is a test of Eve.
EverySifted(n) == [1..n -> {c \in Choice : Sifted(c)}]

=============================================================================
