---------------------------- MODULE MCKeyDelivery ----------------------------
(***************************************************************************)
(* Finite instances of KeyDelivery.                                        *)
(*                                                                         *)
(* Why the bounds suffice. A block of three or five units of which a key   *)
(* takes two: a piece lies within a block or spans two, and a unit may be  *)
(* left that is enough for withdrawals only. Two keys: what is left of one *)
(* (pads, answer, withdrawal, reservation, key_ID) meets the other; a third*)
(* would meet the second as the second meets the first. One place in the   *)
(* backlog, so that it is full with one key of one slave; two slaves with  *)
(* two places in MCKeyDeliverySlaves, with one in MCKeyDeliveryPlaces.     *)
(* Three blocks where one is passed over (biased, or given up because two  *)
(* later ones are there). The halves do not touch each other but in the    *)
(* tables of a KME: MCKeyDelivery uses both, the others Alice's. Two       *)
(* attempts: one that is borne and one that is the last. A loss is no more *)
(* than a message that is not delivered, which is always possible; losses  *)
(* are counted only where something must happen in the end, or where a     *)
(* repetition is looked at. Who calls in vain changes nothing, which       *)
(* MCKeyDeliveryAsked shows; elsewhere nobody does.                        *)
(***************************************************************************)
EXTENDS KeyDelivery

CONSTANTS
  MaxForged,    \* failed verifications that are on record at one time
  MaxNamed      \* keys that are announced in all

OnePair == {<<"a1", "b1">>}
TwoSlaves == {<<"a1", "b1">>, <<"a1", "b2">>}
Several == {<<"a1", "b1">>, <<"a1", "b2">>, <<"a1", "f">>, <<"b1", "a1">>}
BothWays == {<<"a1", "b1">>, <<"b1", "a1">>}

\* One key_ID more than are drawn, for whoever guesses.
FewIds == 1..(MaxNamed + 1)

\* Slaves ask for one key at a time.
OneByOne == {{i} : i \in Ids}

\* Slaves ask for one key, or for two that were drawn one after the other.
OneOrTwo == {{i} : i \in 1..10} \cup {{i, i + 1} : i \in 1..4}

\* Nobody calls in vain.
Nobody == {}

RECURSIVE SumOfTries(_)
SumOfTries(S) == IF S = {} THEN 0 ELSE LET t == CHOOSE t \in S : TRUE IN t[2] + SumOfTries(S \ {t})

Bounded ==
  /\ SumOfTries(tries["alice"]) + SumOfTries(tries["bob"]) <= MaxForged
  /\ Cardinality(named) <= MaxNamed

-----------------------------------------------------------------------------
(* States that must be reachable.                                          *)

Has(c, i) == \E h \in holds : h.sae = c /\ h.id = i
MasterHas(r) == Has(r.master, r.id)
AllHave(r) == \A c \in {r.master} \cup r.slaves : Has(c, r.id)

ReachBothHaveIt == \E r \in named : AllHave(r)

\* A key of two slaves; nothing of it is left.
ReachAllSlavesHaveIt ==
  \E r \in named : Cardinality(r.slaves) = 2 /\ AllHave(r) /\ \A s \in Site : <<r.from, r.key>> \notin store[s]

\* Two keys fetched at once, by one slave.
ReachFetchedTogether ==
  \E c \in Saes : Cardinality({h \in holds : h.sae = c}) = 2 /\ \A r \in named : c \in r.slaves

\* A key each way.
ReachBothWays == \A s \in Site : \E r \in named : r.from = s /\ AllHave(r)

ReachForeignRefused == reply = "foreign" /\ \E r \in named : MasterHas(r)

\* A slave asks for a key that all have, and is not given it again.
ReachRepeatedRefused == reply = NotFound /\ \E r \in named : AllHave(r)

ReachPoolShort == reply = "short"

\* The owner crashed when the holder had accepted: the key was withdrawn, and the holder knows.
ReachCrashBeforeGiving ==
  /\ crashes > 0
  /\ \E s \in Site : \E q \in answered[s] : q.m.withdrawn # {}

\* The owner crashed before it had an answer; the announcement outlived that, and the key was given.
ReachCrashBeforeAnswer ==
  crashes > 0 /\ \E s \in Site : \E p \in pending[s] : p.state = "accepted"

ReachGivenAfterCrash == crashes > 0 /\ \E r \in named : AllHave(r)

\* A key was withdrawn, and nothing is left of it at the holder.
ReachWithdrawn ==
  \E s \in Site : \E k \in reserved[s] : ~Waits(k) /\ ~Has(k.master, k.id) /\ k.bytes \notin store[s]

\* There were too few places left for a key and all its slaves.
ReachBacklogFull ==
  \E s \in Site : \E q \in answered[s] :
    /\ q.a.verdict = "refused" /\ q.a.missing = {} /\ Known(s, q.m)
    /\ Cardinality(Places(Backlog(s))) + Cardinality(q.m.slaves) > MaxBacklog

ReachUnknownSlaveRefused ==
  \E s \in Site : \E q \in answered[s] :
    q.a.verdict = "refused" /\ q.m.slaves \cap Unregistered # {}

\* A biased block was passed over, and a key of the block after it given.
ReachHealthGate ==
  \E h \in holds : \E b \in Biased : BlockOf(h.bytes[2]) > b /\ \A s \in Site : taken[s] > b

\* A key spans two blocks, of which the holder has the first only.
ReachBlockMissing == \E s \in Site : \E q \in answered[s] : q.a.missing # {}

\* A block was given up, and a key of a later one given.
ReachGivenUp ==
  \E r \in named : MasterHas(r) /\ \E q \in named : q.from = r.from /\ q.key < r.key /\ ~MasterHas(q)
    /\ q.id \in UNION {a.m.withdrawn : a \in answered[Peer(r.from)]} /\ BlockOf(q.key) < BlockOf(r.key)
    /\ \A k \in reserved[Peer(r.from)] : k.id # q.id

\* Keys were given in two epochs.
ReachNewEpoch ==
  \E g, h \in holds : \E b \in Renewing : BlockOf(g.bytes[2]) < b /\ BlockOf(h.bytes[2]) >= b

ReachAttemptBound == \E s \in Site : \E t \in tries[s] : t[2] = MaxAttempts

\* There was no place left for this slave of this master, but there was for others.
ReachRefusedForPair ==
  \E s \in Site : \E q \in answered[s] :
    /\ q.a.verdict = "refused" /\ q.a.missing = {} /\ Known(s, q.m)
    /\ Cardinality(Places(Backlog(s))) + Cardinality(q.m.slaves) <= MaxBacklog
    /\ \E c \in q.m.slaves :
         Cardinality({k \in Backlog(s) : k.master = q.m.master /\ c \in k.slaves \ k.fetched})
           = MaxForSlave

\* An answer was lost, and said again.
ReachAnsweredAgain == drops > 0 /\ \E r \in named : AllHave(r)
=============================================================================
