--------------------------- MODULE MCBb84Counting ---------------------------
(***************************************************************************)
(* Blocks of 1 to 3 pulses and a die of 4 faces. Three pulses suffice to   *)
(* tell the power law from a sum, and from any correlation between two or  *)
(* three pulses: 64^3 = 262,144 equally likely choices are enumerated.     *)
(* Four faces for each pulse give all fractions of 4, 8 and 12.             *)
(***************************************************************************)
EXTENDS Bb84Counting

\* The largest block is really enumerated.
ReachLargestBlock == pulses = MaxPulses /\ Cardinality(SentBlock(pulses)) = 64 ^ MaxPulses

\* Eve can stay unseen in a block in which she read every bit.
ReachLuckyEve ==
  \E b \in SiftedBlock(pulses) : \A i \in 1..pulses : Knows(b[i]) /\ ~Error(b[i])

=============================================================================
