----------------------------- MODULE AgreedKey ------------------------------
(***************************************************************************)
(* What the composition assumes of an exchange, and Bb84Exchange provides. *)
(*                                                                         *)
(* Over an authentic channel, a round yields one key for both or none:     *)
(* Alice decides, Bob is in doubt until he hears of it; the key is the     *)
(* same at both ends, and Eve does not know it. Where Eve can authenticate *)
(* in a party's stead, that party may end up with a key shared with Eve.   *)
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
Equal(a, b) == a = b
Secret(a) == a \notin known'

\* Bob hears that Alice decided for the key.
Confirm ==
  /\ doubt # {}
  /\ made' = [made EXCEPT !["bob"] = @ \cup doubt]
  /\ doubt' = {}

\* Bob is told that there is no key.
Drop ==
  /\ doubt' = {}
  /\ made' = made

\* The operator starts anew: keys have new identifiers from now on.
Renew ==
  /\ doubt' = {}
  /\ made' = [p \in DOMAIN made |-> {}]

\* Eve in the middle, towards p.
Intrude(p, k) ==
  /\ p = "bob" => doubt = {}
  /\ New(p, k)
  /\ made' = [made EXCEPT ![p] = @ \cup {k}]
  /\ doubt' = doubt

(***************************************************************************)
(* As a specification: Key is the set of all keys, Alone(p) those that     *)
(* only p has.                                                             *)
(***************************************************************************)
Init(nothing) == made = nothing /\ doubt = {} /\ known = {}

NextOver(Key) ==
  \/ \E k \in Key : Agree(k, k) /\ Secret(k)
  \/ Confirm
  \/ "bob" \in open /\ Drop
  \/ \E p \in {"alice", "bob"}, k \in Key : p \in open /\ k.of = p /\ Intrude(p, k)
  \/ \E k \in known' : made' = made /\ doubt' = doubt /\ k.of # "both"

SpecOver(Key, nothing) == Init(nothing) /\ [][NextOver(Key)]_<<made, doubt, known>>

(***************************************************************************)
(* What is not claimed: that a round ever succeeds.                        *)
(***************************************************************************)
=============================================================================
