----------------------------- MODULE AgreedKey ------------------------------
(***************************************************************************)
(* What the composition assumes of an exchange, and Bb84Exchange provides  *)
(* (specs/models/MCBb84ExchangeRefinesAgreedKey.tla).                      *)
(*                                                                         *)
(* Over an authentic channel, a round yields one key for both or none:     *)
(* Alice decides, Bob is in doubt until he hears of it; the key is the     *)
(* same at both ends, and Eve does not know it. Towards a party for whom   *)
(* Eve can authenticate, nothing is promised.                              *)
(*                                                                         *)
(* A key is a record [epoch, round, of]: it has an identifier, <<epoch,    *)
(* round>>, and of says who have it: "both" parties, or this party alone   *)
(* (and, if she was in the middle, Eve).                                   *)
(***************************************************************************)
VARIABLES
  made,         \* made[p]: the keys that p has agreed on
  doubt,        \* the key of which Bob does not yet know whether Alice decided for it: {} or {k}
  known,        \* the keys that Eve knows
  open          \* environment: the parties towards whom Eve can authenticate at present

Party == {"alice", "bob"}

SameId(a, b) == a.epoch = b.epoch /\ a.round = b.round

\* A party has at most one key under one identifier.
New(p, k) == \A j \in made[p] : ~SameId(j, k)

\* Alice decides for key a; Bob holds b, and is in doubt.
Agree(a, b) ==
  /\ doubt = {}
  /\ SameId(a, b) /\ New("alice", a) /\ New("bob", b)
  /\ made' = [made EXCEPT !["alice"] = @ \cup {a}]
  /\ doubt' = {b}

\* What a round that succeeds owes to error verification, and to privacy amplification.
Equal(a, b) == a = b /\ a.of = "both"
Secret(a) == a \notin known'

\* Bob hears that Alice decided for the key.
Confirm ==
  /\ doubt # {}
  /\ made' = [made EXCEPT !["bob"] = @ \cup doubt]
  /\ doubt' = {}

\* Eve tells Bob that there is no key.
Drop ==
  /\ doubt' = {}
  /\ made' = made

\* Eve in the middle gives p a key.
Intrude(p, k) ==
  /\ p = "bob" => doubt = {}
  /\ New(p, k)
  /\ made' = [made EXCEPT ![p] = @ \cup {k}]
  /\ doubt' = doubt

\* New identifiers from now on.
Renew ==
  /\ made' = [p \in Party |-> {}]
  /\ doubt' = {}

\* What holds of every step: keys that were made remain, or all identifiers are new; Eve learns
\* no key of theirs.
Init == made = [p \in Party |-> {}] /\ doubt = {}

Next ==
  \/ \E a \in made'["alice"], b \in doubt' : Agree(a, b) /\ Equal(a, b) /\ Secret(a)
  \/ Confirm /\ \A k \in doubt : Secret(k)
  \/ Renew
  \/ open # {}

Spec == Init /\ [][Next]_<<made, doubt, known>>

(***************************************************************************)
(* What is not claimed: that a round ever succeeds.                        *)
(***************************************************************************)
=============================================================================
