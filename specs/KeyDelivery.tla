----------------------------- MODULE KeyDelivery -----------------------------
(***************************************************************************)
(* How keys get from the link to their consumers, inside the secure site.  *)
(*                                                                         *)
(* Each end of the link is a site with a key management entity (KME) and   *)
(* secure application entities (SAEs) that fetch keys from it. The link    *)
(* gives both KMEs the same blocks. What of a block is not for the link's  *)
(* own authentication is cut into two halves, one for each site to give    *)
(* out, so that the sites never contend for a key. A half begins with hash *)
(* keys; the rest is a stream of units, used from front to back: a unit is *)
(* the two pads of an announcement and its answer, or it is a key.         *)
(*                                                                         *)
(*   master SAE -> its KME   a key for me and these slaves    (enc_keys)   *)
(*   owner -> holder         ANNOUNCE(where in the stream, key_ID, master, *)
(*                           slaves, key_IDs withdrawn), under a pad       *)
(*   holder -> owner         ACCEPTED or REFUSED, under the other pad      *)
(*   owner -> master SAE     key_ID and key, only after ACCEPTED           *)
(*   master SAE -> slave SAE key_ID, by a way of their own                 *)
(*   slave SAE -> its KME    the keys with these key_IDs, of this master;  *)
(*                           each once, all or none           (dec_keys)   *)
(*                                                                         *)
(* The owner is the KME whose half it is, the holder the other one; each is*)
(* both. Everything is durable before the message that speaks of it leaves.*)
(* An announcement is repeated, over crashes too, until there is an answer;*)
(* the next one waits for that. If the master no longer waits when the     *)
(* answer comes, the key is withdrawn: erased, and named in the next       *)
(* announcement. Eve reads everything between the sites; she delivers any  *)
(* message at any time, any number of times or never, tries forgeries, and *)
(* calls the KMEs, as does an SAE that is authentic and not entitled.      *)
(*                                                                         *)
(* Sources: ETSI GS QKD 014 V1.1.1; theory, sections 8.1 and 8.5, and 10.4 *)
(* (E2 to E6); attacks A34 to A37.                                         *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  NB,           \* blocks that the link makes
  Units,        \* units in the stream of each half of a block
  Biased,       \* blocks whose bits fail the health tests
  Renewing,     \* blocks that are the first of a new epoch of the link
  MaxBacklog,   \* places at a KME for what waits to be fetched; a key takes one for each slave that
                \* it waits for
  MaxForSlave,  \* keys that wait there for one slave of one master, at most
  MaxAttempts,  \* failed verifications under the hash keys of a half, at most
  MaxCrashes,   \* bound on crashes (of both KMEs together)
  MaxDrops,     \* bound on messages that the network loses
  AliceSaes,    \* the SAEs of Alice's site
  BobSaes,      \* the SAEs of Bob's site
  Entitled,     \* pairs <<master, slave>> of SAEs that may share keys
  Unregistered  \* slaves whose own KME has not been told of any pair with them

ASSUME SomeBlock == NB \in Nat \ {0}
ASSUME SomeUnit == Units \in Nat \ {0}
ASSUME BiasedAreBlocks == Biased \subseteq 1..NB
ASSUME TheFirstEpochIsThere == Renewing \subseteq 2..NB
ASSUME SomeBacklog == MaxBacklog \in Nat \ {0} /\ MaxForSlave \in Nat \ {0}
ASSUME SomeAttempt == MaxAttempts \in Nat \ {0}
ASSUME AdversaryIsBounded == MaxCrashes \in Nat /\ MaxDrops \in Nat
ASSUME SaesAreOfOneSite == AliceSaes \cap BobSaes = {}
ASSUME PairsAreAcrossTheLink ==
  Entitled \subseteq (AliceSaes \X BobSaes) \cup (BobSaes \X AliceSaes)
ASSUME UnregisteredAreSaes == Unregistered \subseteq AliceSaes \cup BobSaes

Site == {"alice", "bob"}
Peer(s) == IF s = "alice" THEN "bob" ELSE "alice"
Saes == AliceSaes \cup BobSaes
At(s) == IF s = "alice" THEN AliceSaes ELSE BobSaes
Callers == Saes \cup {"eve"}            \* whoever may reach a KME
Curious == Callers                      \* whoever calls one in vain
Named == ((SUBSET AliceSaes) \cup (SUBSET BobSaes)) \ {{}}
                                        \* slaves that a master may name together

(***************************************************************************)
(* A position in a half counts through all blocks; position 0 of a block   *)
(* are its hash keys, the others are the units of its stream. A unit of key*)
(* material is named by the half's owner and its position.                 *)
(***************************************************************************)
Blocks == 1..NB
Stride == Units + 1
BlockOf(n) == n \div Stride
HashAt(b) == b * Stride
IsHash(n) == n % Stride = 0
StreamOf(b) == (HashAt(b) + 1)..(HashAt(b) + Units)
Positions == HashAt(1)..(HashAt(NB) + Units)

Ids == 1..(NB * Units)                  \* key_IDs, in the order in which they are drawn
Together == {I \in SUBSET Ids : Cardinality(I) \in {1, 2}}
                                        \* key_IDs that a slave may ask for together

VARIABLES
  \* Durable, for each site's KME:
  taken,        \* number of the last block that was taken in
  fresh,        \* units of both halves that are not taken or passed over yet
  store,        \* units whose bytes are there, hash keys left aside
  pending,      \* the own announcement that is not settled, with what became of its key so far,
                \* "waiting" or "accepted": a set of at most one
  withdrawn,    \* key_IDs that the holder has yet to be told of as withdrawn
  reserved,     \* keys of the peer's half: who may fetch them, and who has; kept when spent
  answered,     \* the last announcement that was answered, with its answer: a set of at most one
  tries,        \* failed verifications: a set of pairs <<half and block, number>>
  \* The world:
  holds,        \* what consumers were given: records of SAE, key_ID and bytes
  reply,        \* why the last caller was turned away, "" if he was not
  net,          \* every message that was sent and not lost: all of it is Eve's to deliver
  drops,        \* number of messages lost so far
  crashes,      \* number of crashes so far
  \* History, for the properties; no guard of a KME reads it:
  named,        \* each key that was announced: key_ID, half, position, master, slaves. A fresh
                \* key_ID is one that is not in it, for key_IDs are random
  twice         \* whether an SAE was ever given a key that it had been given before

durable == <<taken, fresh, store, pending, withdrawn, reserved, answered, tries>>
history == <<named, twice>>
vars == <<durable, holds, reply, net, drops, crashes, history>>

-----------------------------------------------------------------------------
(* Where things stand.                                                     *)

FreshOf(s, o) == {n \in Positions : <<o, n>> \in fresh[s]}
First(N) == CHOOSE n \in N : \A k \in N : n <= k

\* The unit with the pads of a message, and all units that an announcement speaks of.
PadOf(m) == IF m.kind = "announce" THEN <<m.from, m.at>> ELSE <<Peer(m.from), m.at>>
PieceOf(m) == {PadOf(m)} \cup (IF m.id = 0 THEN {} ELSE {<<m.from, m.key>>})

\* The announcement to s, or the answer to s, under these pads, if one is about.
Announced(s, n) == {m \in net : m.kind = "announce" /\ m.from = Peer(s) /\ m.at = n}
Answered(s, n) == {m \in net : m.kind = "answer" /\ m.from = Peer(s) /\ m.at = n}

\* The same bit of news in an answer to m; missing are blocks that the holder does not have.
AnswerTo(m, verdict, missing) ==
  [kind |-> "answer", from |-> Peer(m.from), at |-> m.at, verdict |-> verdict,
   missing |-> missing, id |-> 0, key |-> 0, master |-> "", slaves |-> {}, withdrawn |-> {},
   clear |-> {}]

Tries(s, h) == IF \E t \in tries[s] : t[1] = h THEN (CHOOSE t \in tries[s] : t[1] = h)[2] ELSE 0

Waits(k) == ~(k.slaves \subseteq k.fetched)
Backlog(s) == {k \in reserved[s] : Waits(k)}

\* The places that keys take: one for each slave that has yet to fetch it.
Places(K) == UNION {{<<k, c>> : c \in k.slaves \ k.fetched} : k \in K}

\* Units of the blocks in B in the half of o.
UnitsOf(o, B) == {<<o, n>> : n \in UNION {HashAt(b)..(HashAt(b) + Units) : b \in B}}

-----------------------------------------------------------------------------
(* The defences, each under its own name.                                  *)

\* A block is taken in once, although the link may give it again after a crash.
IsNew(s, b) == b = taken[s] + 1

\* What fails the health tests is not taken in; both sites see the same bits and judge alike.
Healthy(b) == b \notin Biased

\* What is given out or used for pads is the stream: hash keys and the ledger's keys are no part.
Usable(b) == StreamOf(b)

\* A master may ask for keys to share with the slaves that it is paired with.
MayAsk(c, S) == \A d \in S : <<c, d>> \in Entitled

\* A key_ID is random: nobody has ever drawn it.
FreshId(s) == Cardinality(named) + 1

\* Which of the units taken for an announcement is the key: not the one with the pads.
KeyOf(pads, next) == next

\* What an announcement carries in the clear of its key.
InTheClear(x) == {}

\* A message is verified only if its pads and hash keys are there, and were not tried too often.
Verifies(s, m) ==
  /\ PadOf(m) \in store[s]
  /\ Tries(s, <<PadOf(m)[1], BlockOf(m.at)>>) < MaxAttempts

\* Each pad is for one announcement, and the stream is used from front to back.
NotPassed(s, m) == PadOf(m) \in fresh[s]

\* The holder has been told of the pairs that it is to reserve a key for.
Known(s, m) == m.slaves \subseteq At(s) \ Unregistered /\ MayAsk(m.master, m.slaves)
\* A key_ID that is known already is refused.
NotHere(s, m) == \A k \in reserved[s] : k.id # m.id
\* There is a place for the key and each of its slaves, once the withdrawals that come with it are
\* done.
HasRoom(s, m) ==
  LET left == {k \in Backlog(s) : k.id \notin m.withdrawn} IN
  /\ Cardinality(Places(left)) + Cardinality(m.slaves) <= MaxBacklog
  /\ \A c \in m.slaves :
       Cardinality({k \in left : k.master = m.master /\ c \in k.slaves \ k.fetched}) < MaxForSlave

\* The bytes that the holder reserves are those that the announcement names.
NamedBytes(s, m) == <<m.from, m.key>>

\* Of an announcement that is refused, nothing is kept.
KeptOfRefused(m) == {}

\* A repeated announcement is given the same answer, byte for byte.
SameAnswer(a) == a

\* The master is given a key only when the holder has it.
MayGive(p) == p.state = "accepted"

\* Only a slave that was named for a key may fetch it, naming its master, and only once.
MayFetch(c, m, k) == k.master = m /\ c \in k.slaves /\ c \notin k.fetched
Fetched(k, c) == [k EXCEPT !.fetched = @ \cup {c}]
\* When a key is spent (fetched by all, or withdrawn), its bytes are erased.
Erased(k) == {k.bytes}

\* What was taken and what is pending outlives a crash.
RestartFresh(s) == fresh[s]
RestartPending(s) == {p \in pending[s] : p.state = "waiting"}

\* What was announced and is given up is withdrawn: the holder may have reserved it.
ToWithdraw(p) == {p.m.id} \ {0}

\* After so many failures nothing is verified under these hash keys any more.
Bearable(t) == t < MaxAttempts

\* An announcement that got no answer is repeated.
MayRepeat(m) == TRUE

\* What a caller is told who asks for what is not, or no longer, there.
NotFound == "unknown"

\* What Eve no longer remembers of the messages to s, once s is past position n.
Forgotten(s, n) == {}

-----------------------------------------------------------------------------
(* What steps have in common.                                              *)

\* Failures are counted as long as anything can be verified under the hash keys.
Counted(s) ==
  tries' = [tries EXCEPT ![s] =
    {t \in @ : \/ \E x \in fresh'[s] : <<x[1], BlockOf(x[2])>> = t[1]
               \/ \E p \in pending'[s] : /\ <<s, BlockOf(p.m.at)>> = t[1]
                                         /\ <<s, p.m.at>> \in store'[s]}]

\* What s keeps of both halves is fresh, pending or reserved; the rest is gone already.
Pieces(P) == UNION {PieceOf(p.m) : p \in P}

-----------------------------------------------------------------------------
(* The link.                                                               *)

\* The KME of s takes in block b. The link gives a block to both sites; one may be a block behind.
\* When the link has begun a new epoch, what is left of the old one is retired, for the sites need
\* not have the same of it. What is reserved stays.
TakeIn(s, b) ==
  /\ IsNew(s, b)
  /\ b <= taken[Peer(s)] + 1
  /\ LET come == IF Healthy(b) THEN {<<o, n>> : o \in Site, n \in Usable(b)} ELSE {}
         kept == {k.bytes : k \in Backlog(s)} IN
     /\ fresh' = [fresh EXCEPT ![s] = (IF b \in Renewing THEN {} ELSE @) \cup come]
     /\ store' = [store EXCEPT ![s] = (IF b \in Renewing THEN @ \cap kept ELSE @) \cup come]
  /\ taken' = [taken EXCEPT ![s] = b]
  /\ UNCHANGED <<pending, withdrawn, reserved, answered>>
  /\ Counted(s)
  /\ reply' = ""
  /\ UNCHANGED <<holds, net, drops, crashes, history>>

-----------------------------------------------------------------------------
(* The owner.                                                              *)

\* The KME of s takes the units in piece for this announcement, and sends it.
Announces(s, m) ==
  /\ fresh' = [fresh EXCEPT ![s] = @ \ PieceOf(m)]
  /\ pending' = [pending EXCEPT ![s] = {[m |-> m, state |-> "waiting"]}]
  /\ net' = net \cup {m}
  /\ UNCHANGED <<taken, store, withdrawn, reserved, answered>>
  /\ Counted(s)
  /\ reply' = ""
  /\ UNCHANGED <<holds, drops, crashes, twice>>

Announcement(s, at, id, key, master, slaves) ==
  [kind |-> "announce", from |-> s, at |-> at, verdict |-> "", missing |-> {}, id |-> id,
   key |-> key, master |-> master, slaves |-> slaves, withdrawn |-> withdrawn[s],
   clear |-> IF id = 0 THEN {} ELSE InTheClear(<<s, key>>)]

\* Master c asks for a key for itself and the slaves in S; it is announced to their KME.
Announce(s, c, S) ==
  LET own == FreshOf(s, s)
      pads == First(own)
      next == First(own \ {pads})
      i == FreshId(s) IN
  /\ c \in At(s)
  /\ MayAsk(c, S)
  /\ pending[s] = {}
  /\ Cardinality(own) >= 2
  /\ Announces(s, Announcement(s, pads, i, KeyOf(pads, next), c, S))
  /\ named' = named \cup {[id |-> i, from |-> s, key |-> next, master |-> c, slaves |-> S]}

\* No master asks, but there are withdrawals to tell.
AnnounceWithdrawals(s) ==
  /\ pending[s] = {}
  /\ withdrawn[s] # {}
  /\ FreshOf(s, s) # {}
  /\ Announces(s, Announcement(s, First(FreshOf(s, s)), 0, 0, "", {}))
  /\ UNCHANGED named

\* The announcement again, for want of an answer.
AnnounceAgain(s) ==
  \E p \in pending[s] :
    /\ p.state = "waiting"
    /\ MayRepeat(p.m)
    /\ p.m \notin net
    /\ net' = net \cup {p.m}
    /\ reply' = ""
    /\ UNCHANGED <<durable, holds, drops, crashes, history>>

\* The KME of s hears the answer that it waits for. Blocks that the holder does not have are burnt.
HearAnswer(s, n) ==
  \E p \in pending[s] : \E a \in Answered(s, n) :
    LET accepted == a.verdict = "accepted" /\ p.m.id # 0
        burnt == UnitsOf(s, a.missing) IN
    /\ p.state = "waiting"
    /\ p.m.at = n
    /\ Verifies(s, a)
    /\ pending' = [pending EXCEPT ![s] =
         IF accepted THEN {[p EXCEPT !.state = "accepted"]} ELSE {}]
    /\ withdrawn' = [withdrawn EXCEPT ![s] = @ \ p.m.withdrawn]
    /\ fresh' = [fresh EXCEPT ![s] = @ \ burnt]
    /\ store' = [store EXCEPT ![s] = @ \ (burnt \cup (IF accepted THEN {} ELSE PieceOf(p.m)))]
    /\ net' = net \ Forgotten(s, n)
    /\ UNCHANGED <<taken, reserved, answered>>
    /\ Counted(s)
    /\ reply' = ""
    /\ UNCHANGED <<holds, drops, crashes, history>>

\* SAE c receives the keys in K.
Receives(c, K) ==
  /\ holds' = holds \cup {[sae |-> c, id |-> k.id, bytes |-> k.bytes] : k \in K}
  /\ twice' = (twice \/ \E h \in holds, k \in K : h.sae = c /\ h.id = k.id)

\* The master is given the key that it waits for; the copy here is erased.
GiveMaster(s) ==
  \E p \in pending[s] :
    /\ p.m.id # 0
    /\ MayGive(p)
    /\ <<s, p.m.key>> \in store[s]
    /\ Receives(p.m.master, {[id |-> p.m.id, bytes |-> <<s, p.m.key>>]})
    /\ pending' = [pending EXCEPT ![s] = {}]
    /\ store' = [store EXCEPT ![s] = @ \ PieceOf(p.m)]
    /\ UNCHANGED <<taken, fresh, withdrawn, reserved, answered>>
    /\ Counted(s)
    /\ reply' = ""
    /\ UNCHANGED <<net, drops, crashes, named>>

\* The master of an accepted key no longer waits for it.
Withdraw(s) ==
  \E p \in pending[s] :
    /\ p.state = "accepted"
    /\ pending' = [pending EXCEPT ![s] = {}]
    /\ withdrawn' = [withdrawn EXCEPT ![s] = @ \cup ToWithdraw(p)]
    /\ store' = [store EXCEPT ![s] = @ \ PieceOf(p.m)]
    /\ UNCHANGED <<taken, fresh, reserved, answered>>
    /\ Counted(s)
    /\ reply' = ""
    /\ UNCHANGED <<holds, net, drops, crashes, history>>

\* There will be no answer: the pads were retired, or the holder, which is at most one block behind,
\* has the block and does not answer. The rest of the block is given up with the announcement.
BlocksWith(s) == {BlockOf(n) : n \in {k \in Positions : <<s, k>> \in store[s]}}
GiveUp(s) ==
  \E p \in pending[s] :
    /\ p.state = "waiting"
    /\ \/ PadOf(p.m) \notin store[s]
       \/ Cardinality({b \in BlocksWith(s) : b > BlockOf(p.m.at)}) >= 2
    /\ pending' = [pending EXCEPT ![s] = {}]
    /\ withdrawn' = [withdrawn EXCEPT ![s] = @ \cup ToWithdraw(p)]
    /\ fresh' = [fresh EXCEPT ![s] = @ \ UnitsOf(s, {BlockOf(p.m.at)})]
    /\ store' = [store EXCEPT ![s] = @ \ (PieceOf(p.m) \cup UnitsOf(s, {BlockOf(p.m.at)}))]
    /\ UNCHANGED <<taken, reserved, answered>>
    /\ Counted(s)
    /\ reply' = ""
    /\ UNCHANGED <<holds, net, drops, crashes, history>>

-----------------------------------------------------------------------------
(* The holder.                                                             *)

\* What is reserved once the withdrawals of m are done.
AfterWithdrawals(s, m) ==
  {IF k.id \in m.withdrawn THEN [k EXCEPT !.fetched = k.slaves] ELSE k : k \in reserved[s]}

\* s answers announcement m, and keeps the answer; reserved is R then. Everything of the stream up
\* to the end of what the announcement speaks of, as far as it is here, is passed over and erased.
Answers(s, m, verdict, missing, R) ==
  LET a == AnswerTo(m, verdict, missing)
      end == IF m.id = 0 \/ missing # {} THEN m.at ELSE m.key
      past == {x \in fresh[s] : x[1] = m.from /\ x[2] <= end}
      spent == UNION {Erased(k) : k \in {q \in reserved[s] : q.id \in m.withdrawn}} IN
  /\ fresh' = [fresh EXCEPT ![s] = @ \ past]
  /\ store' = [store EXCEPT ![s] =
       (@ \ (past \cup spent)) \cup {k.bytes : k \in {q \in R \ reserved[s] : Waits(q)}}]
  /\ reserved' = [reserved EXCEPT ![s] = R]
  /\ answered' = [answered EXCEPT ![s] = {[m |-> m, a |-> a]}]
  /\ net' = (net \ Forgotten(s, m.at)) \cup {a}
  /\ UNCHANGED <<taken, pending, withdrawn>>
  /\ Counted(s)
  /\ reply' = ""
  /\ UNCHANGED <<holds, drops, crashes, history>>

\* The block of the key, if the holder does not have it as far as the key.
Missing(s, m) == IF m.id = 0 \/ <<m.from, m.key>> \in fresh[s] THEN {} ELSE {BlockOf(m.key)}

Acceptable(s, m) ==
  m.id = 0 \/ (Missing(s, m) = {} /\ Known(s, m) /\ NotHere(s, m) /\ HasRoom(s, m))

\* The KME of s does what is withdrawn, reserves the key for the slaves that are named, and says so.
AcceptAnnouncement(s, n) ==
  \E m \in Announced(s, n) :
    LET new == IF m.id = 0 THEN {} ELSE
          {[id |-> m.id, bytes |-> NamedBytes(s, m), master |-> m.master, slaves |-> m.slaves,
            fetched |-> {}]} IN
    /\ Verifies(s, m)
    /\ NotPassed(s, m)
    /\ Acceptable(s, m)
    /\ Answers(s, m, "accepted", {}, AfterWithdrawals(s, m) \cup new)

\* The KME of s does what is withdrawn, and cannot or will not reserve the key.
RefuseAnnouncement(s, n) ==
  \E m \in Announced(s, n) :
    /\ Verifies(s, m)
    /\ NotPassed(s, m)
    /\ ~Acceptable(s, m)
    /\ Answers(s, m, "refused", Missing(s, m), AfterWithdrawals(s, m) \cup KeptOfRefused(m))

\* The last announcement is heard again, and answered again.
AnswerAgain(s) ==
  \E q \in answered[s] :
    /\ q.m \in net
    /\ SameAnswer(q.a) \notin net
    /\ net' = net \cup {SameAnswer(q.a)}
    /\ reply' = ""
    /\ UNCHANGED <<durable, holds, drops, crashes, history>>

\* The keys with these key_IDs that s would give to c, who names m as their master.
Fetchable(s, c, m, I) ==
  {k \in reserved[s] : k.id \in I /\ k.bytes \in store[s] /\ MayFetch(c, m, k)}
MayCall(s, c, m) == c \in At(s) \ Unregistered /\ <<m, c>> \in Entitled

\* Slave c fetches keys, all that it asks for; one that all slaves have fetched is erased.
GiveSlave(s, c, m, I) ==
  LET K == Fetchable(s, c, m, I)
      done == {k \in K : ~Waits(Fetched(k, c))} IN
  /\ MayCall(s, c, m)
  /\ {k.id : k \in K} = I
  /\ Receives(c, K)
  /\ reserved' = [reserved EXCEPT ![s] = (@ \ K) \cup {Fetched(k, c) : k \in K}]
  /\ store' = [store EXCEPT ![s] = @ \ UNION {Erased(k) : k \in done}]
  /\ reply' = ""
  /\ UNCHANGED <<taken, fresh, pending, withdrawn, answered, tries, net, drops, crashes, named>>

-----------------------------------------------------------------------------
(* Callers in vain.                                                        *)

TurnsAway(why) ==
  /\ reply' = why
  /\ UNCHANGED <<durable, holds, net, drops, crashes, history>>

\* Caller c asks the KME of s for a key for itself and the slaves in S.
AskNew(s, c, S) ==
  IF c \in At(s) /\ MayAsk(c, S)
  THEN /\ pending[s] = {}
       /\ Cardinality(FreshOf(s, s)) < 2
       /\ FreshOf(s, s) = {} \/ withdrawn[s] = {}
       /\ TurnsAway("short")
  ELSE TurnsAway("foreign")

\* Caller c asks the KME of s for the keys with these key_IDs, as a slave of m.
Ask(s, c, m, I) ==
  LET here == {k \in reserved[s] : k.id \in I} IN
  /\ ~MayCall(s, c, m) \/ {k.id : k \in Fetchable(s, c, m, I)} # I
  /\ TurnsAway(IF MayCall(s, c, m) /\ \A k \in here : k.master = m /\ c \in k.slaves
               THEN NotFound ELSE "foreign")

-----------------------------------------------------------------------------
(* Faults.                                                                 *)

\* The KME of s stops and comes up again. Masters no longer wait: what was accepted is withdrawn.
Crash(s) ==
  LET gone == {p \in pending[s] : p.state = "accepted"} IN
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ fresh' = [fresh EXCEPT ![s] = RestartFresh(s)]
  /\ pending' = [pending EXCEPT ![s] = RestartPending(s)]
  /\ withdrawn' = [withdrawn EXCEPT ![s] = @ \cup UNION {ToWithdraw(p) : p \in gone}]
  /\ store' = [store EXCEPT ![s] = @ \ Pieces(gone)]
  /\ UNCHANGED <<taken, reserved, answered>>
  /\ Counted(s)
  /\ reply' = ""
  /\ UNCHANGED <<holds, net, drops, history>>

\* The network loses a message to s.
Drop(s, kind, n) ==
  /\ drops < MaxDrops
  /\ drops' = drops + 1
  /\ \E m \in net :
       /\ m.kind = kind /\ m.from = Peer(s) /\ m.at = n
       /\ net' = net \ {m}
  /\ reply' = ""
  /\ UNCHANGED <<durable, holds, crashes, history>>

-----------------------------------------------------------------------------
(* Eve.                                                                    *)

\* Eve shows s a message of her own making under these pads. It fails, and is counted.
Forge(s, kind, n) ==
  LET x == <<IF kind = "announce" THEN Peer(s) ELSE s, n>>
      half == <<x[1], BlockOf(n)>>
      t == Tries(s, half) IN
  /\ x \in store[s]
  /\ IF kind = "announce"
     THEN x \in fresh[s]
     ELSE \E p \in pending[s] : p.state = "waiting" /\ p.m.at = n
  /\ Bearable(t)
  /\ tries' = [tries EXCEPT ![s] = {u \in @ : u[1] # half} \cup {<<half, t + 1>>}]
  /\ reply' = ""
  /\ UNCHANGED <<taken, fresh, store, pending, withdrawn, reserved, answered, holds, net, drops,
       crashes, history>>

-----------------------------------------------------------------------------

Init ==
  /\ taken = [s \in Site |-> 0]
  /\ fresh = [s \in Site |-> {}]
  /\ store = [s \in Site |-> {}]
  /\ pending = [s \in Site |-> {}]
  /\ withdrawn = [s \in Site |-> {}]
  /\ reserved = [s \in Site |-> {}]
  /\ answered = [s \in Site |-> {}]
  /\ tries = [s \in Site |-> {}]
  /\ holds = {}
  /\ reply = ""
  /\ net = {}
  /\ drops = 0
  /\ crashes = 0
  /\ named = {}
  /\ twice = FALSE

NextHonest ==
  \/ \E s \in Site, b \in Blocks : TakeIn(s, b)
  \/ \E s \in Site, c \in Saes, S \in Named : Announce(s, c, S)
  \/ \E s \in Site : AnnounceWithdrawals(s)
  \/ \E s \in Site : AnnounceAgain(s)
  \/ \E s \in Site, n \in Positions : HearAnswer(s, n)
  \/ \E s \in Site : GiveMaster(s)
  \/ \E s \in Site : Withdraw(s)
  \/ \E s \in Site : GiveUp(s)
  \/ \E s \in Site, n \in Positions : AcceptAnnouncement(s, n)
  \/ \E s \in Site, n \in Positions : RefuseAnnouncement(s, n)
  \/ \E s \in Site : AnswerAgain(s)
  \/ \E s \in Site, c \in Callers, m \in Saes, I \in Together : GiveSlave(s, c, m, I)

NextFaulty ==
  \/ \E s \in Site : Crash(s)
  \/ \E s \in Site, kind \in {"announce", "answer"}, n \in Positions : Drop(s, kind, n)

NextAdversary ==
  \/ \E s \in Site, c \in Curious, S \in Named : AskNew(s, c, S)
  \/ \E s \in Site, c \in Curious, m \in Saes, I \in Together : Ask(s, c, m, I)
  \/ \E s \in Site, kind \in {"announce", "answer"}, n \in Positions : Forge(s, kind, n)

Next == NextHonest \/ NextFaulty \/ NextAdversary

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Fairness: the link goes on, what is due is said, what is not lost       *)
(* arrives, masters do not wait for ever, and slaves fetch what their      *)
(* masters have. Masters need not ask, and faults and Eve need not act.    *)

Fairness ==
  \A s \in Site :
    /\ WF_vars(\E b \in Blocks : TakeIn(s, b))
    /\ WF_vars(AnnounceAgain(s))
    /\ WF_vars(AnswerAgain(s))
    /\ WF_vars(\E n \in Positions : AcceptAnnouncement(s, n) \/ RefuseAnnouncement(s, n))
    /\ WF_vars(\E n \in Positions : HearAnswer(s, n))
    /\ WF_vars(GiveUp(s))
    /\ WF_vars(Withdraw(s))
    /\ \A c \in Saes, i \in Ids : WF_vars(\E m \in Saes : GiveSlave(s, c, m, {i}))

FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(* Properties, from weak to strong.                                        *)

IsUnit(x) == x[1] \in Site /\ x[2] \in Positions

IsMessage(m) ==
  /\ m.kind \in {"announce", "answer"} /\ m.from \in Site /\ m.at \in Nat
  /\ m.verdict \in {"", "accepted", "refused"} /\ m.missing \subseteq Blocks
  /\ m.id \in Nat /\ m.key \in Nat /\ m.master \in {""} \cup Saes /\ m.slaves \subseteq Saes

TypeOK ==
  /\ \A s \in Site :
       /\ taken[s] \in 0..NB
       /\ \A x \in fresh[s] \cup store[s] : IsUnit(x)
       /\ Cardinality(pending[s]) <= 1
       /\ \A p \in pending[s] : IsMessage(p.m) /\ p.state \in {"waiting", "accepted"}
       /\ \A k \in reserved[s] :
            IsUnit(k.bytes) /\ k.master \in Saes /\ k.slaves \cup k.fetched \subseteq Saes
       /\ Cardinality(answered[s]) <= 1
       /\ \A t \in tries[s] : t[1] \in Site \X Blocks /\ t[2] \in Nat \ {0}
  /\ \A h \in holds : h.sae \in Callers /\ IsUnit(h.bytes)
  /\ reply \in {"", "foreign", "unknown", "short"}
  /\ \A m \in net : IsMessage(m)
  /\ drops \in 0..MaxDrops /\ crashes \in 0..MaxCrashes
  /\ twice \in BOOLEAN

\* Each of the two pads of a unit is under one message only.
PadsOnce == Cardinality({<<PadOf(m), m.kind>> : m \in net}) = Cardinality(net)

\* A key_ID names one key only.
IdsNeverRepeat == Cardinality({r.id : r \in named}) = Cardinality(named)

\* E2: whoever holds a key of one key_ID, master or slave, holds the same bytes.
SameKey == \A g, h \in holds : g.id = h.id => g.bytes = h.bytes

\* E3: each key is given once to its master, and once to each of its slaves.
DeliverOnce == ~twice

\* The SAEs that a key_ID was announced for.
Acl(i) == UNION {{r.master} \cup r.slaves : r \in {q \in named : q.id = i}}

\* E4: of the SAEs, only those that a key was announced for have it. It is announced for pairs only
\* that may share keys, and reserved only where its slaves are known.
IdBinding ==
  /\ \A h \in holds : h.sae \in Saes => h.sae \in Acl(h.id)
  /\ \A r \in named : {r.master} \X r.slaves \subseteq Entitled
  /\ \A s \in Site : \A k \in reserved[s] : k.slaves \subseteq At(s) \ Unregistered

\* E5: key material is with the KMEs and the SAEs of the two sites; Eve and the network have none.
KeyStaysInside == (\A h \in holds : h.sae \in Saes) /\ \A m \in net : m.clear = {}

\* E6: nothing that was given to anybody has a part in authentication: it is no hash key, and
\* neither the pads of any message.
NoAuthKeyDelivered ==
  \A h \in holds : ~IsHash(h.bytes[2]) /\ \A m \in net : PadOf(m) # h.bytes

\* What failed the health tests is given to nobody, and is nobody's pad.
OnlyHealthy ==
  /\ \A h \in holds : BlockOf(h.bytes[2]) \notin Biased
  /\ \A m \in net : BlockOf(m.at) \notin Biased

\* When a master has a key, each of its slaves has it too, or can fetch it.
GivenOnlyAfterAccepted ==
  \A r \in named : (\E h \in holds : h.sae = r.master /\ h.id = r.id) =>
    \A c \in r.slaves :
      \/ \E h \in holds : h.sae = c /\ h.id = r.id
      \/ \E k \in reserved[Peer(r.from)] :
           k.id = r.id /\ c \in k.slaves \ k.fetched /\ k.bytes \in store[Peer(r.from)]

\* Bytes are there only of what is fresh, pending, or waited for: of a key that was given to all or
\* withdrawn nothing is left in the store, nor of pads that have done their service.
Zeroised ==
  \A s \in Site :
    store[s] \subseteq fresh[s] \cup Pieces(pending[s]) \cup {k.bytes : k \in Backlog(s)}

\* What waits for slaves was given to its master, or may yet be, or word is on its way that it never
\* will.
WaitsOnlyIfWanted ==
  \A s \in Site : \A k \in Backlog(s) :
    \/ \E h \in holds : h.sae = k.master /\ h.id = k.id
    \/ \E p \in pending[Peer(s)] : p.m.id = k.id \/ k.id \in p.m.withdrawn
    \/ k.id \in withdrawn[Peer(s)]

\* What waits to be fetched is bounded, in all and for each slave of a master.
BacklogBounded ==
  \A s \in Site :
    /\ Cardinality(Places(Backlog(s))) <= MaxBacklog
    /\ \A m, c \in Saes :
         Cardinality({k \in Backlog(s) : k.master = m /\ c \in k.slaves \ k.fetched}) <= MaxForSlave

\* No hash key is tried more often than allowed: each attempt has probability epsilon for Eve.
BoundedAttempts == \A s \in Site : \A t \in tries[s] : t[2] <= MaxAttempts

\* A caller that is turned away changes nothing, and an announcement that is refused changes nothing
\* but what it withdraws.
RefusalChangesNothing ==
  [][/\ reply' \notin {"", reply} => UNCHANGED <<durable, holds, net>>
     /\ \A s \in Site : \A q \in answered'[s] \ answered[s] :
          q.a.verdict = "refused" => reserved'[s] = AfterWithdrawals(s, q.m)]_vars

\* L8: an announcement is settled in the end: its key is given to the master, refused or withdrawn.
Settles == \A s \in Site : pending[s] # {} ~> pending[s] = {}

\* What a master has, its slaves have in the end.
FetchedInTheEnd ==
  \A i \in Ids, c \in Saes :
    (\E r \in named, h \in holds : r.id = i /\ h.id = i /\ h.sae = r.master /\ c \in r.slaves)
      ~> \E h \in holds : h.sae = c /\ h.id = i

-----------------------------------------------------------------------------
(* What is not claimed.                                                    *)
(* - That a good tag proves its pad: forging is symbolic here. Its price,  *)
(*   epsilon for each attempt, is counted elsewhere.                       *)
(* - That a key reaches its SAE although the connection breaks after it was*)
(*   marked as given: then it is lost, and waits for slaves in vain.       *)
(* - Whether a master still waits when the answer comes: giving and        *)
(*   withdrawing are both possible here, in either case safe.              *)
(* - Anything about a key once an SAE has it, nor how master and slave come*)
(*   to agree on a key_ID (who gets a wrong one is refused).               *)
(* - That SAEs are who they say: their certificates are checked before. On *)
(*   the last hop, inside the site, TLS protects a key, computationally.   *)
(* - Availability: Eve can use up the attempts under hash keys and lose    *)
(*   messages; then blocks are given up.                                   *)
(* - Several requests in one announcement: each has its own verdict there, *)
(*   and its own units. A pool that is full drops what comes.              *)
=============================================================================
