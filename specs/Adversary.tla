----------------------------- MODULE Adversary ------------------------------
(***************************************************************************)
(* What Eve can see, derive, make, drop, replay, and when she learns a     *)
(* secret: a vocabulary for the other specs, without state of its own.     *)
(*                                                                         *)
(* Eve is the network (Dolev and Yao 1983). She reads every classical      *)
(* message and keeps it for ever; she may withhold, delay, reorder, repeat *)
(* and reflect it; she makes any message that she can compute. She cannot  *)
(* compute a tag without its key: unforgeability is symbolic here, and its *)
(* price, epsilon for each tag, is accounted for in the code and proofs.   *)
(* She owns the quantum channel; what that gives her is in Bb84Exchange    *)
(* and Bb84Counting. She may learn any stored secret at a moment that the  *)
(* model chooses, and from then on knows it for ever.                      *)
(***************************************************************************)
CONSTANT
  Yields(_)     \* Yields(s): secrets that anybody computes from secret s and public messages

-----------------------------------------------------------------------------
(* Knowledge.                                                              *)

\* All that follows from a set of secrets.
RECURSIVE Derive(_)
Derive(known) ==
  LET more == UNION {Yields(s) : s \in known} \ known
  IN IF more = {} THEN known ELSE Derive(known \cup more)

\* Knowledge only ever grows: a leak adds to it, nothing is forgotten.
Learn(known, leaked) == known \cup leaked

Knows(known, s) == s \in Derive(known)

-----------------------------------------------------------------------------
(* The classical channel.                                                  *)

\* Everything that was ever sent is seen, and stays available for replay.
See(seen, m) == seen \cup {m}

\* A message made by Eve passes a check with key k only if she has k.
CanAuthenticate(known, k) == Knows(known, k)

\* What may arrive where one message is awaited: anything that was ever sent, whoever sent it to
\* whom, and anything in Candidates that Eve can authenticate. Not delivering needs no action.
Arriving(seen, Candidates, KeyOf(_), known) ==
  seen \cup {m \in Candidates : CanAuthenticate(known, KeyOf(m))}

\* A lost message: the network forgets it, Eve does not.
Drop(net, m) == net \ {m}

(***************************************************************************)
(* What is not claimed: anything about the probability of a guess, and     *)
(* anything about devices that leak through channels outside the model.    *)
(***************************************************************************)
=============================================================================
