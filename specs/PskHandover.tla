----------------------------- MODULE PskHandover -----------------------------
(***************************************************************************)
(* The ledger of one-time authentication keys, at both ends of the link.   *)
(*                                                                         *)
(* A link starts with a bootstrap credential: a first block of one-time    *)
(* keys that both parties were given by hand. Every classical message is   *)
(* authenticated with one of these keys, and a key serves one message.     *)
(* Quantum key distribution makes new blocks; this protocol moves the link *)
(* from one block to the next, by two phases:                              *)
(*                                                                         *)
(*   A stages block b                   B stages block b                   *)
(*   A -> B  PREPARE(b, hash of b)      B compares: prepared, or dead      *)
(*   B -> A  ACK(b) or NAK(b)           A: prepared, or dead               *)
(*   A commits b, erases what was before                                   *)
(*   A -> B  COMMIT(b), under b         B commits b, erases what was before*)
(*   B -> A  DONE(b), under b           A stops repeating COMMIT           *)
(*                                                                         *)
(* Any valid message of Alice under b tells Bob what COMMIT tells him, and *)
(* any valid message of Bob under b tells Alice what DONE tells her.       *)
(* Every protocol state is durable before the message that speaks of it    *)
(* leaves. A crash loses what is volatile: the key in hand is burnt, never *)
(* used; the last message cannot be repeated, so it is said anew under a   *)
(* fresh key. Exhaustion stops a party; then only an operator can help, by *)
(* a new credential of a new epoch.                                        *)
(*                                                                         *)
(* Eve reads everything and forgets nothing; she delivers any message at   *)
(* any time, any number of times or never; she tries forgeries; she puts   *)
(* an old copy of a party's store in place of the store.                   *)
(*                                                                         *)
(* A party that comes up again uses no key before the two have met: each   *)
(* tells where it stands, and if one has heard what the other does not     *)
(* know to have said, the other's store is an old copy. After a meeting    *)
(* each accepts only what the other says from then on; what was on its way *)
(* is said anew. Where they stand is told without a tag: a lie costs       *)
(* availability, as a lost message does, for a meeting changes nothing     *)
(* durable and only takes away what a party might have done.               *)
(*                                                                         *)
(*   what happens                        action                            *)
(*   a message is lost                   Drop, or it is never accepted     *)
(*   duplicated, reordered, delayed      none: net is a set, and whatever  *)
(*                                       is in it may be accepted any time *)
(*   killed at any durable write         Crash: the write is whole or not  *)
(*   disk full, write error              none (the step does not happen),  *)
(*                                       then Crash                        *)
(*   killed between exchange and Stage   Bob does not Stage; StageLost     *)
(*   connection broken                   Crash at either end, at worst     *)
(*   two processes on one ledger         none: the second is turned away   *)
(*   clock set back                      none: nothing here tells the time *)
(*   journal damaged                     Crash; no Rejoin before it is     *)
(*                                       mended, or ReBootstrap            *)
(*   old store, counter as it was        Rollback                          *)
(*   old store, old counter              Restore                           *)
(*                                                                         *)
(* Sources: two-phase commit, as for distributed data bases; buffers of    *)
(* its own for each direction, as in the Q3P key store of AIT; a role for  *)
(* each part of a key and deletion after use, as in ITU-T Y.3803; one-time *)
(* padded universal hashes as in Wegman and Carter 1981. The defences are  *)
(* against reuse of a pad (also by crash or rollback), stores that fall    *)
(* apart, use of a block that is not agreed, starvation, and downgrade to  *)
(* the bootstrap credential.                                               *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  NB,           \* key blocks that quantum key distribution makes in an epoch; block 0 is bootstrap
  Pads,         \* one-time keys for ordinary use, in each direction of a full block
  Spare,        \* further one-time keys in each direction, which only a resync may touch
  MaxAttempts,  \* failed verifications after which a key is burnt
  MaxCrashes,   \* bound on crashes (of both parties together)
  MaxDrops,     \* bound on messages that the network loses
  MaxBackups,   \* bound on backups that are made and not put back (of both parties together)
  MaxEpoch      \* the last epoch that credentials are made for

RefillCost == 2 \* keys that a refill takes in each direction: PREPARE and COMMIT, ACK and DONE

ASSUME SomeBlock == NB \in Nat \ {0}
ASSUME SomeReserve == Spare \in Nat \ {0}
ASSUME BlocksPayForTheirRefill == Pads \in Nat \ {0} /\ Pads + Spare > RefillCost
ASSUME SomeAttempt == MaxAttempts \in Nat \ {0}
ASSUME AdversaryIsBounded == MaxCrashes \in Nat /\ MaxDrops \in Nat /\ MaxBackups \in Nat
ASSUME SomeCredential == MaxEpoch \in Nat

Party == {"alice", "bob"}
Peer(p) == IF p = "alice" THEN "bob" ELSE "alice"

Blocks == 0..NB
Full == Pads + Spare                    \* one-time keys in each direction of a full block
Index == 0..(Full - 1)                  \* the index of a key within its block and direction
Lengths == {RefillCost, Full}           \* lengths of the blocks that come out of an exchange
States == {"none", "staged", "prepared", "committed", "dead"}
Kinds == {"DATA", "PREPARE", "ACK", "NAK", "COMMIT", "DONE"}

VARIABLES
  \* Durable, for each party:
  epoch,        \* number of the credential that the chain of blocks started from
  st,           \* what is known of each block of the epoch
  content,      \* what each block consists of: 0 wiped or absent, 1 the key that the exchange
                \* made, 2 other bits (an error that the exchange left)
  length,       \* number of one-time keys in each direction of each block, 0 if absent
  store,        \* the keys whose bytes are in the store
  hwm,          \* high-water mark <<epoch, block, n>>: keys 0..n-1 are taken, used or not
  heard,        \* <<epoch, block, n>>: messages of the peer are accepted from here on only
  asked,        \* kind of the last message that was accepted ("" if none yet)
  tries,        \* failed verifications: a set of pairs <<position, number>>
  exported,     \* keys that were given to applications
  \* Volatile, for each party:
  next,         \* <<epoch, block, n>>: the next key to take, as the running process believes
  hand,         \* index of the key that is taken and not used yet: a set of at most one
  last,         \* the last message that was sent: a set of at most one
  joined,       \* whether the running process has met its peer, and they were in step
  floor,        \* <<epoch, block, n>>: where the peer stood then, unless p has accepted something
                \* since: nothing earlier is accepted
  \* The world:
  net,          \* every message that was sent and not lost: all of it is Eve's to deliver
  drops,        \* number of messages lost so far
  crashes,      \* number of crashes so far
  image,        \* a backup of p's store and of the counter that guards it: a set of at most one
  restored,     \* whether that was put back, and the operator has not been at p since
  enrolled,     \* the operator's book: the latest epoch that p was given a credential for
  \* History, for the properties; only Restore depends on it, which is an assumption:
  used,         \* <<epoch, block, n>>: the position after the last key that p used, ever
  reused,       \* whether anybody ever used a key that is not later than the one used before
  accepted,     \* <<epoch, block, n>>: the position after the last message that p accepted, ever
  replayed      \* whether anybody ever accepted a message that is not later than the one before

durable == <<epoch, st, content, length, store, hwm, heard, asked, tries, exported>>
meeting == <<joined, floor>>
backups == <<image, restored, enrolled>>
saying == <<used, reused>>
hearing == <<accepted, replayed>>
vars == <<durable, next, hand, last, net, drops, crashes, meeting, backups, saying, hearing>>

-----------------------------------------------------------------------------
(* Positions and keys.                                                     *)

Before(x, y) ==
  \/ x[1] < y[1]
  \/ x[1] = y[1] /\ x[2] < y[2]
  \/ x[1] = y[1] /\ x[2] = y[2] /\ x[3] < y[3]
Later(x, y) == IF Before(x, y) THEN y ELSE x
After(x) == <<x[1], x[2], x[3] + 1>>
NoFloor == <<0, 0, 0>>

\* A key is named by who uses it and by its position; "app" marks what is not for authentication.
Key(role, pos) == <<role, pos[1], pos[2], pos[3]>>
KeyPosition(k) == <<k[2], k[3], k[4]>>

AuthKeys(e, b, l) == {Key(q, <<e, b, i>>) : q \in Party, i \in 0..(l - 1)}
AppPart(e, b) == IF b = 0 THEN {} ELSE {Key("app", <<e, b, 0>>)}
KeysOfBlock(p, b) == {k \in store[p] : k[3] = b}

MaxOf(S) == CHOOSE x \in S : \A y \in S : y <= x
\* The last of these blocks, -1 if there are none.
LastOf(S) == IF S = {} THEN -1 ELSE MaxOf(S)
\* The block that p sends under, -1 if it has none.
Cur(p) == LastOf({b \in Blocks : st[p][b] = "committed"})
\* The latest block that p knows anything of, -1 if none.
Newest(p) == LastOf({b \in Blocks : st[p][b] # "none"})

Position(m) == <<m.epoch, m.block, m.index>>
PadOf(m) == Key(m.from, Position(m))

Tries(p, pos) ==
  IF \E t \in tries[p] : t[1] = pos THEN (CHOOSE t \in tries[p] : t[1] = pos)[2] ELSE 0
Burnt(p, pos) == Tries(p, pos) >= MaxAttempts

\* p may accept messages under block b.
CanRx(p, b) == st[p][b] \in {"prepared", "committed"}

\* The peer has heard what p does not know to have said.
Behind(p) == Before(hwm[p], heard[Peer(p)])

\* Two-phase commit can have led to these blocks: if Alice has committed more, Bob has it prepared;
\* what she has prepared so has he; what he has prepared she waits for.
BlocksFit ==
  LET a == Cur("alice") b == Cur("bob") n == Newest("alice") m == Newest("bob") IN
  IF a # b
  THEN a > b /\ m = a /\ st["bob"][a] = "prepared"
  ELSE /\ st["alice"][n] = "prepared" => m = n /\ st["bob"][n] = "prepared"
       /\ st["bob"][m] = "prepared" => m = n /\ st["alice"][m] \in {"staged", "prepared"}

\* p has nothing left to say anything with.
Exhausted(p) ==
  /\ Cur(p) >= 0
  /\ hand[p] = {}
  /\ \A k \in store[p] : k[1] # p \/ k[3] # Cur(p)

-----------------------------------------------------------------------------
(* The defences, each under its own name.                                  *)

\* A block that does not bring more than its refill takes is not worth staging.
LongEnough(l) == l > RefillCost

\* Only a key whose bytes are there can be taken or verified with.
Holds(p, k) == k \in store[p]

\* Keys are taken up to the end of the block and no further.
Available(p, pos) == Holds(p, Key(p, pos))

\* The durable mark is raised when a key is taken, which is before it is used.
MarkOnTaking(p) == Later(hwm[p], After(next[p]))

\* An ordinary message may use an ordinary key only; the last Spare keys of a block are reserve.
Ordinary(p, i) == i < length[p][Cur(p)] - Spare

\* DATA waits while it would come in the way of the refill: Bob is silent from the moment he has
\* prepared until COMMIT, for Alice may erase the block that he sends under any time; Alice is
\* silent from PREPARE to the answer, for what she sends would overtake PREPARE.
MayTalk(p) ==
  IF p = "bob"
  THEN \A b \in Blocks : st[p][b] # "prepared"
  ELSE \A m \in last[p] : m.kind # "PREPARE"

\* What is sent is of a known kind.
DataKind == "DATA"

\* A repeated message is the same message, under the same key.
Repeated(m) == m
\* The hash in PREPARE is masked by a pad of the block's own, which bears one seed of the hash, as a
\* pad bears one message; so the seed belongs to the block too, and is the same (0) whenever PREPARE
\* is said anew, after a crash or a meeting.
SeedOf(b) == 0
\* Whatever the peer may still be waiting for is repeated.
MayRepeat(m) == TRUE

\* What a receiver checks, cheapest first.
SameEpoch(p, m) == m.epoch = epoch[p]
InSequence(p, m) == ~Before(Position(m), heard[p])
TagVerifies(p, m) == m.key = content[p][m.block]

\* A party that has come up uses no key, of its own or of its peer, before the two have met.
MayUse(p) == joined[p]

\* What the parties learn from where they stand: they are in step. If one is behind, its store is an
\* old copy; if only the blocks do not fit, one of the two is. Either is for the operator to mend.
InStep ==
  /\ epoch["alice"] = epoch["bob"]
  /\ \A p \in Party : Cur(p) >= 0 /\ ~Behind(p)
  /\ BlocksFit

\* After a meeting only what the peer says from then on is accepted: an old copy does not know what
\* was accepted before.
FloorAfterMeeting(p) ==
  IF Before(heard[p], hwm[Peer(p)]) THEN hwm[Peer(p)] ELSE NoFloor

\* Bob lost the key that Alice has staged: he says so, by a block that is dead.
MayGiveUp(b) == Newest("alice") >= b

\* After a message was accepted, its key and all keys before it are destroyed.
WipedOnAccept(p, m) ==
  {k \in store[p] : k[1] = m.from /\ ~Before(Position(m), KeyPosition(k))}

\* Bob prepares a block only if Alice's hash of it is the hash of his.
Matches(p, m) == m.sum = content[p][m.about]

\* Alice commits a block only when she knows that Bob has prepared it.
PeerReady(p, b) == st[p][b] = "prepared"

\* When a block is committed, all blocks before it are erased, the bootstrap block as well.
Retired(p, b) == {c \in Blocks : c < b /\ st[p][c] # "none"}

\* The part of a block that goes to applications.
Application(p, b) == AppPart(epoch[p], b)

\* A restarted party takes its place from the durable mark: what was taken and not used is burnt.
RestartMark(p) == hwm[p]
RestartNext(p) == RestartMark(p)
RestartState(p) == st[p]
RestartTries(p) == tries[p]

\* What p counted of an epoch's keys is of no use in the next.
TriesOfNewEpoch(p) == {}

\* Nothing is accepted from before the meeting.
IsPast(p, pos) == Before(pos, floor[p])

\* A key that was tried too often is destroyed.
BurnNow(n) == n >= MaxAttempts

\* An old image of the store is recognised by a counter that no image holds; everything in it is
\* thrown away and the epoch is raised.
EpochAfterRollback(p) == epoch[p] + 1

\* Only an operator gives a new credential, and only to a party that cannot go on without: it has
\* nothing to say anything with, or nobody to say it to, for its peer has got a new credential, or
\* has lost its keys, or one of the two was found to be behind.
MayEnrol(p) ==
  \/ Cur(p) = -1
  \/ Exhausted(p)
  \/ epoch[Peer(p)] > epoch[p]
  \/ Cur(Peer(p)) = -1
  \/ ~joined[p] /\ ~InStep

\* No party gets the credential of an epoch twice, whatever its store says.
NotYetGiven(p, e) == e > enrolled[p]

\* What Eve no longer remembers of the messages to p, once p accepts from this position on only.
Forgotten(p, pos) == {}

-----------------------------------------------------------------------------
(* Which message of the refill a party owes.                               *)

\* p has accepted something under block b.
HeardUnder(p, b) == heard[p][2] = b /\ heard[p][3] > 0

PrepareDue ==
  LET b == Newest("alice") c == Cur("alice") IN
  /\ c >= 0
  /\ b > c
  /\ st["alice"][b] = "staged"
  /\ c = 0 \/ HeardUnder("alice", c)           \* Bob is known to have committed block c
  /\ \A m \in last["alice"] : m.kind # "PREPARE"

\* The block that Bob was asked about last: if his newest is still staged, it was the one before.
AskedAbout ==
  LET b == Newest("bob") IN IF b > 0 /\ st["bob"][b] = "staged" THEN b - 1 ELSE b

AnswerDue ==
  LET b == AskedAbout c == Cur("bob") IN
  /\ c >= 0
  /\ b > c
  /\ asked["bob"] = "PREPARE"
  /\ st["bob"][b] \in {"prepared", "dead"}
  /\ \A m \in last["bob"] : m.kind \notin {"ACK", "NAK"}

CommitDue ==
  LET c == Cur("alice") IN
  /\ c > 0
  /\ ~HeardUnder("alice", c)
  /\ \A m \in last["alice"] : m.block # c

DoneDue ==
  LET c == Cur("bob") IN
  /\ c > 0
  /\ asked["bob"] \in {"COMMIT", "DATA"}
  /\ \A m \in last["bob"] : m.block # c

RefillDue(p) == IF p = "alice" THEN PrepareDue \/ CommitDue ELSE AnswerDue \/ DoneDue

-----------------------------------------------------------------------------
(* What steps have in common.                                              *)
(*                                                                         *)
(* A name for one value, as in "exists m in {...}", is a LET that TLC      *)
(* evaluates once. Whether an action is enabled, which fairness asks at    *)
(* every step, TLC finds out without keeping the values of a LET: what is  *)
(* used n times is computed n times, and so again at each level below.     *)

\* p commits block b, having removed the keys in gone (just used) as well.
Commits(p, b, gone) ==
  \E retired \in {Retired(p, b)}, application \in {Application(p, b)} :
    /\ st' = [st EXCEPT ![p] = [c \in Blocks |->
         IF c = b THEN "committed" ELSE IF c \in retired THEN "dead" ELSE @[c]]]
    /\ content' = [content EXCEPT ![p] = [c \in Blocks |-> IF c \in retired THEN 0 ELSE @[c]]]
    /\ length' = [length EXCEPT ![p] = [c \in Blocks |-> IF c \in retired THEN 0 ELSE @[c]]]
    /\ store' = [store EXCEPT ![p] = {k \in @ \ gone : k[3] \notin retired /\ k \notin application}]
    /\ exported' = [exported EXCEPT ![p] = @ \cup application]
    /\ hwm' = [hwm EXCEPT ![p] = Later(@, <<epoch[p], b, 0>>)]
    /\ next' = [next EXCEPT ![p] = <<epoch[p], b, 0>>]
    /\ hand' = [hand EXCEPT ![p] = {}]
    /\ last' = [last EXCEPT ![p] = {}]

\* p wipes block b and declares it dead.
Kills(p, b, gone) ==
  /\ st' = [st EXCEPT ![p][b] = "dead"]
  /\ content' = [content EXCEPT ![p][b] = 0]
  /\ length' = [length EXCEPT ![p][b] = 0]
  /\ store' = [store EXCEPT ![p] = {k \in @ \ gone : k[3] # b}]

\* p loses everything that it has, and waits in epoch e for what the operator brings.
StartsEpoch(p, e, zero) ==
  /\ epoch' = [epoch EXCEPT ![p] = e]
  /\ st' = [st EXCEPT ![p] = [b \in Blocks |-> IF b = 0 THEN zero ELSE "none"]]
  /\ content' = [content EXCEPT ![p] = [b \in Blocks |->
       IF b = 0 /\ zero = "committed" THEN 1 ELSE 0]]
  /\ length' = [length EXCEPT ![p] = [b \in Blocks |->
       IF b = 0 /\ zero = "committed" THEN Full ELSE 0]]
  /\ store' = [store EXCEPT ![p] = IF zero = "committed" THEN AuthKeys(e, 0, Full) ELSE {}]
  /\ hwm' = [hwm EXCEPT ![p] = Later(@, <<e, 0, 0>>)]
  /\ next' = [next EXCEPT ![p] = <<e, 0, 0>>]
  /\ heard' = [heard EXCEPT ![p] = Later(@, <<e, 0, 0>>)]
  /\ asked' = [asked EXCEPT ![p] = ""]
  /\ tries' = [tries EXCEPT ![p] = TriesOfNewEpoch(p)]
  /\ hand' = [hand EXCEPT ![p] = {}]
  /\ last' = [last EXCEPT ![p] = {}]
  /\ joined' = [joined EXCEPT ![p] = (zero = "committed")]
  /\ floor' = [floor EXCEPT ![p] = NoFloor]
  /\ restored' = [restored EXCEPT ![p] = FALSE]
  /\ net' = net \ Forgotten(p, <<e, 0, 0>>)
  /\ used' = [used EXCEPT ![p] = Later(@, <<e, 0, 0>>)]
  /\ accepted' = [accepted EXCEPT ![p] = Later(@, <<e, 0, 0>>)]
  /\ UNCHANGED <<exported, image, drops, crashes, reused, replayed>>

\* p takes the next key of its direction: out of the store, into its hand.
Takes(p) ==
  /\ MayUse(p)
  /\ Available(p, next[p])
  /\ store' = [store EXCEPT ![p] = @ \ {Key(p, next[p])}]
  /\ hwm' = [hwm EXCEPT ![p] = MarkOnTaking(p)]
  /\ next' = [next EXCEPT ![p] = After(@)]
  /\ hand' = [hand EXCEPT ![p] = {next[p][3]}]
  /\ UNCHANGED <<epoch, st, content, length, heard, asked, tries, exported, last, net, drops,
       crashes, meeting, backups, saying, hearing>>

\* p uses the key in its hand for this message, and forgets the key.
Sends(p, kind, about, sum) ==
  /\ \E i \in hand[p], block \in {Cur(p)} :
       \E m \in {[from |-> p, epoch |-> epoch[p], block |-> block, index |-> i,
                  kind |-> kind, about |-> about, sum |-> sum,
                  seed |-> IF kind = "PREPARE" THEN SeedOf(about) ELSE 0,
                  key |-> content[p][block]]} :
         /\ net' = net \cup {m}
         /\ last' = [last EXCEPT ![p] = {m}]
         /\ used' = [used EXCEPT ![p] = Later(@, After(Position(m)))]
         /\ reused' = (reused \/ Before(Position(m), used[p]))
  /\ hand' = [hand EXCEPT ![p] = {}]
  /\ UNCHANGED <<durable, next, drops, crashes, meeting, backups, hearing>>

\* p finds the tag of message m good, and its key not used up.
Accepts(p, m) ==
  /\ MayUse(p)
  /\ m.from = Peer(p)
  /\ SameEpoch(p, m)
  /\ CanRx(p, m.block)
  /\ InSequence(p, m)
  /\ ~IsPast(p, Position(m))
  /\ Holds(p, PadOf(m))
  /\ TagVerifies(p, m)

\* p notes that m was accepted.
Notes(p, m) ==
  /\ heard' = [heard EXCEPT ![p] = Later(@, After(Position(m)))]
  /\ asked' = [asked EXCEPT ![p] = m.kind]
  /\ tries' = [tries EXCEPT ![p] = {t \in @ : Before(Position(m), t[1])}]
  /\ net' = net \ Forgotten(p, Position(m))
  /\ accepted' = [accepted EXCEPT ![p] = Later(@, After(Position(m)))]
  /\ replayed' = (replayed \/ Before(Position(m), accepted[p]))
  /\ floor' = [floor EXCEPT ![p] = NoFloor]
  /\ UNCHANGED <<epoch, drops, crashes, joined, backups, saying>>

\* p accepts m, which changes nothing else.
Hears(p, m) ==
  /\ Notes(p, m)
  /\ store' = [store EXCEPT ![p] = @ \ WipedOnAccept(p, m)]
  /\ UNCHANGED <<st, content, length, hwm, exported, next, hand>>

\* p accepts m, which commits the block it is under if p had it prepared only.
HearsAndCommits(p, m) ==
  IF st[p][m.block] = "prepared"
  THEN /\ Notes(p, m)
       /\ Commits(p, m.block, WipedOnAccept(p, m))
  ELSE /\ Hears(p, m)
       /\ UNCHANGED last

\* The message of p's peer under this key, if one is about. (The order is for TLC: most messages are
\* of another kind.)
Sent(p, b, i, kind) == {m \in net : m.kind = kind /\ m.index = i /\ m.block = b /\ m.from = Peer(p)}

-----------------------------------------------------------------------------
(* Both parties.                                                           *)

\* p has got the next block out of the exchange, with l one-time keys in each direction.
Stages(p, l, value) ==
  LET b == Newest(p) + 1 IN
  /\ Cur(p) >= 0
  /\ b \in Blocks
  /\ st[p][b - 1] \in {"committed", "dead"}
  /\ st' = [st EXCEPT ![p][b] = "staged"]
  /\ content' = [content EXCEPT ![p][b] = value]
  /\ length' = [length EXCEPT ![p][b] = l]
  /\ store' = [store EXCEPT ![p] = @ \cup AuthKeys(epoch[p], b, l) \cup AppPart(epoch[p], b)]
  /\ UNCHANGED <<epoch, hwm, heard, asked, tries, exported, next, hand, last, net, drops, crashes,
       meeting, backups, saying, hearing>>

Stage(p, l) ==
  /\ LongEnough(l)
  /\ Stages(p, l, 1)

\* An ordinary key is taken, for whatever is to be said next.
Reserve(p) ==
  /\ Cur(p) >= 0
  /\ hand[p] = {}
  /\ Ordinary(p, next[p][3])
  /\ Takes(p)

\* A resync: the ordinary keys are gone, and a message of the refill is due, which will bring more.
ReserveForResync(p) ==
  /\ Cur(p) >= 0
  /\ hand[p] = {}
  /\ ~Ordinary(p, next[p][3])
  /\ RefillDue(p)
  /\ Takes(p)

\* A message of the exchange, or of anything else that needs authentication.
SendData(p) ==
  /\ Cur(p) >= 0
  /\ MayTalk(p)
  /\ \A i \in hand[p] : Ordinary(p, i)
  /\ Sends(p, DataKind, 0, 0)

\* The last message again, for want of an answer.
Resend(p) ==
  /\ \E m \in last[p] :
       /\ MayRepeat(m)
       /\ Repeated(m) \notin net
       /\ net' = net \cup {Repeated(m)}
  /\ UNCHANGED <<durable, next, hand, last, drops, crashes, meeting, backups, saying, hearing>>

AcceptData(p, b, i) ==
  \E m \in Sent(p, b, i, "DATA") :
    /\ Accepts(p, m)
    /\ HearsAndCommits(p, m)

\* The parties meet, because p has come up: each tells where it stands, before anything else is
\* said.
\* What either has in hand or might repeat it gives up, for the other accepts nothing from before
\* any more. If they are not in step, both stay as they are. That the peer compares at the same time
\* is no loss: before it has, it has said nothing that p can hear.
Rejoin(p) ==
  LET met == {p} \cup {q \in Party : joined[q]} IN
  /\ ~joined[p]
  /\ InStep
  /\ hand' = [q \in Party |-> IF q \in met THEN {} ELSE hand[q]]
  /\ last' = [q \in Party |-> IF q \in met THEN {} ELSE last[q]]
  /\ joined' = [joined EXCEPT ![p] = TRUE]
  /\ floor' = [q \in Party |-> IF q \in met THEN FloorAfterMeeting(q) ELSE floor[q]]
  /\ net' = net \ UNION {Forgotten(q, floor'[q]) : q \in Party}
  /\ UNCHANGED <<durable, next, drops, crashes, backups, saying, hearing>>

-----------------------------------------------------------------------------
(* Alice, who coordinates.                                                 *)

SendPrepare ==
  /\ PrepareDue
  /\ Sends("alice", "PREPARE", Newest("alice"), content["alice"][Newest("alice")])

AcceptAck(b, i) ==
  \E m \in Sent("alice", b, i, "ACK") :
    /\ Accepts("alice", m)
    /\ m.about = Newest("alice")
    /\ st["alice"][m.about] = "staged"
    /\ Notes("alice", m)
    /\ st' = [st EXCEPT !["alice"][m.about] = "prepared"]
    /\ store' = [store EXCEPT !["alice"] = @ \ WipedOnAccept("alice", m)]
    /\ UNCHANGED <<content, length, hwm, exported, next, hand, last>>

AcceptNak(b, i) ==
  \E m \in Sent("alice", b, i, "NAK") :
    /\ Accepts("alice", m)
    /\ m.about = Newest("alice")
    /\ st["alice"][m.about] = "staged"
    /\ Notes("alice", m)
    /\ Kills("alice", m.about, WipedOnAccept("alice", m))
    /\ last' = [last EXCEPT !["alice"] = {}]
    /\ UNCHANGED <<hwm, exported, next, hand>>

Commit ==
  \E b \in {Newest("alice")} :
    /\ MayUse("alice")
    /\ b > Cur("alice")
    /\ PeerReady("alice", b)
    /\ Commits("alice", b, {})
    /\ UNCHANGED <<epoch, heard, asked, tries, net, drops, crashes, meeting, backups, saying,
         hearing>>

SendCommit ==
  /\ CommitDue
  /\ Sends("alice", "COMMIT", Cur("alice"), 0)

AcceptDone(b, i) ==
  \E m \in Sent("alice", b, i, "DONE") :
    /\ Accepts("alice", m)
    /\ Hears("alice", m)
    /\ UNCHANGED last

-----------------------------------------------------------------------------
(* Bob.                                                                    *)

\* Bob's block differs from Alice's: verification missed an error, or something broke.
StageMismatched ==
  /\ LongEnough(Full)
  /\ Stages("bob", Full, 2)

\* Bob crashed between the exchange and Stage; that Alice has staged he learns when they meet. (If
\* Alice loses a block that Bob has, her next block takes the number, and they do not match.)
StageLost ==
  LET b == Newest("bob") + 1 IN
  /\ Cur("bob") >= 0
  /\ b \in Blocks
  /\ st["bob"][b - 1] \in {"committed", "dead"}
  /\ epoch["alice"] = epoch["bob"]
  /\ MayGiveUp(b)
  /\ st' = [st EXCEPT !["bob"][b] = "dead"]
  /\ UNCHANGED <<epoch, content, length, store, hwm, heard, asked, tries, exported, next, hand,
       last, net, drops, crashes, meeting, backups, saying, hearing>>

\* Bob compares. A question that was asked before is asked anew after Alice has crashed; then it is
\* answered anew.
AcceptPrepare(b, i) ==
  \E m \in Sent("bob", b, i, "PREPARE") :
    /\ Accepts("bob", m)
    /\ st["bob"][b] = "committed"
    /\ m.about <= Newest("bob")
    /\ m.about > b
    /\ Notes("bob", m)
    /\ last' = [last EXCEPT !["bob"] = {}]
    /\ (IF st["bob"][m.about] # "staged"
        THEN /\ store' = [store EXCEPT !["bob"] = @ \ WipedOnAccept("bob", m)]
             /\ UNCHANGED <<st, content, length>>
        ELSE IF Matches("bob", m)
        THEN /\ st' = [st EXCEPT !["bob"][m.about] = "prepared"]
             /\ store' = [store EXCEPT !["bob"] = @ \ WipedOnAccept("bob", m)]
             /\ UNCHANGED <<content, length>>
        ELSE Kills("bob", m.about, WipedOnAccept("bob", m)))
    /\ UNCHANGED <<hwm, exported, next, hand>>

SendAnswer ==
  LET b == AskedAbout IN
  /\ AnswerDue
  /\ Sends("bob", IF st["bob"][b] = "prepared" THEN "ACK" ELSE "NAK", b, 0)

AcceptCommit(b, i) ==
  \E m \in Sent("bob", b, i, "COMMIT") :
    /\ Accepts("bob", m)
    /\ HearsAndCommits("bob", m)

SendDone ==
  /\ DoneDue
  /\ Sends("bob", "DONE", Cur("bob"), 0)

-----------------------------------------------------------------------------
(* Environment.                                                            *)

\* p crashes and comes up again: what was volatile is gone.
Crash(p) ==
  /\ crashes < MaxCrashes
  /\ crashes' = crashes + 1
  /\ hwm' = [hwm EXCEPT ![p] = RestartMark(p)]
  /\ next' = [next EXCEPT ![p] = RestartNext(p)]
  /\ st' = [st EXCEPT ![p] = RestartState(p)]
  /\ tries' = [tries EXCEPT ![p] = RestartTries(p)]
  /\ hand' = [hand EXCEPT ![p] = {}]
  /\ last' = [last EXCEPT ![p] = {}]
  /\ joined' = [joined EXCEPT ![p] = FALSE]
  /\ floor' = [floor EXCEPT ![p] = NoFloor]
  /\ UNCHANGED <<epoch, content, length, store, heard, asked, exported, net, drops, backups,
       saying, hearing>>

\* Of a party's durable state all that a backup holds: what applications were given is elsewhere.
Durable(p) ==
  [epoch |-> epoch[p], st |-> st[p], content |-> content[p], length |-> length[p],
   store |-> store[p], hwm |-> hwm[p], heard |-> heard[p], asked |-> asked[p], tries |-> tries[p]]

\* A backup is made of p's store, and of the counter that guards it.
Backup(p) ==
  /\ Cardinality(image["alice"] \cup image["bob"]) < MaxBackups
  /\ image[p] = {}
  /\ \A q \in Party : ~restored[q]
  /\ image' = [image EXCEPT ![p] = {Durable(p)}]
  /\ UNCHANGED <<durable, next, hand, last, net, drops, crashes, meeting, restored, enrolled,
       saying, hearing>>

\* The peer can bear witness: it was not put back itself, and if p has said anything since the
\* backup was made, something of it was heard. What was said and never heard no peer can know of.
Witnessed(p, i) ==
  /\ ~restored[Peer(p)]
  /\ Before(i.hwm, used[p]) => Before(i.hwm, heard[Peer(p)])

\* p is put back to where it stood when the backup was made, and comes up again.
Restore(p) ==
  /\ \E i \in image[p] :
       /\ Witnessed(p, i)
       /\ i # Durable(p)
       /\ epoch' = [epoch EXCEPT ![p] = i.epoch]
       /\ st' = [st EXCEPT ![p] = i.st]
       /\ content' = [content EXCEPT ![p] = i.content]
       /\ length' = [length EXCEPT ![p] = i.length]
       /\ store' = [store EXCEPT ![p] = i.store]
       /\ hwm' = [hwm EXCEPT ![p] = i.hwm]
       /\ heard' = [heard EXCEPT ![p] = i.heard]
       /\ asked' = [asked EXCEPT ![p] = i.asked]
       /\ tries' = [tries EXCEPT ![p] = i.tries]
       /\ next' = [next EXCEPT ![p] = i.hwm]
  /\ hand' = [hand EXCEPT ![p] = {}]
  /\ last' = [last EXCEPT ![p] = {}]
  /\ joined' = [joined EXCEPT ![p] = FALSE]
  /\ floor' = [floor EXCEPT ![p] = NoFloor]
  /\ image' = [image EXCEPT ![p] = {}]
  /\ restored' = [restored EXCEPT ![p] = TRUE]
  /\ UNCHANGED <<exported, net, drops, crashes, enrolled, saying, hearing>>

\* The network loses the message to p under this key.
Drop(p, b, i) ==
  /\ drops < MaxDrops
  /\ \E m \in net :
       /\ m.from = Peer(p) /\ m.epoch = epoch[p] /\ m.block = b /\ m.index = i
       /\ net' = net \ {m}
  /\ drops' = drops + 1
  /\ UNCHANGED <<durable, next, hand, last, crashes, meeting, backups, saying, hearing>>

\* The latest epoch that anybody knows of, the operator included.
Latest == MaxOf({epoch[p] : p \in Party} \cup {enrolled[p] : p \in Party})

\* An operator brings p a new credential, for this or a later epoch. Both parties get the same one
\* for the same epoch.
ReBootstrap(p, e) ==
  /\ MayEnrol(p)
  /\ e >= IF Cur(p) = -1 THEN epoch[p] ELSE epoch[p] + 1
  /\ e <= Latest + 1
  /\ NotYetGiven(p, e)
  /\ StartsEpoch(p, e, "committed")
  /\ enrolled' = [enrolled EXCEPT ![p] = e]

-----------------------------------------------------------------------------
(* Eve.                                                                    *)

\* Eve shows p a message of her own making that names this key. It fails, and is counted.
Forge(p, b, i) ==
  LET pos == <<epoch[p], b, i>>
      n == Tries(p, pos) + 1 IN
  /\ MayUse(p)
  /\ CanRx(p, b)
  /\ ~Before(pos, heard[p])
  /\ ~IsPast(p, pos)
  /\ Holds(p, Key(Peer(p), pos))
  /\ tries' = [tries EXCEPT ![p] = {t \in @ : t[1] # pos} \cup {<<pos, n>>}]
  /\ store' = [store EXCEPT ![p] = IF BurnNow(n) THEN @ \ {Key(Peer(p), pos)} ELSE @]
  /\ UNCHANGED <<epoch, st, content, length, hwm, heard, asked, exported, next, hand, last, net,
       drops, crashes, meeting, backups, saying, hearing>>

\* The store as it was on the day of enrolment.
FirstDay(p) ==
  /\ epoch[p] = 0
  /\ \A b \in Blocks : (st[p][b] # "none") = (b = 0)
  /\ hwm[p] = <<0, 0, 0>>
  /\ heard[p] = <<0, 0, 0>>
  /\ tries[p] = {}

\* Eve puts an old copy of p's store in place of it; p restarts, sees that it is old, throws it
\* away, and waits for the operator. What the copy holds does not matter, so which one it is does
\* not either; on the first day there is no older one.
Rollback(p) ==
  /\ ~FirstDay(p)
  /\ StartsEpoch(p, EpochAfterRollback(p), "none")
  /\ UNCHANGED enrolled

-----------------------------------------------------------------------------

Init ==
  /\ epoch = [p \in Party |-> 0]
  /\ st = [p \in Party |-> [b \in Blocks |-> IF b = 0 THEN "committed" ELSE "none"]]
  /\ content = [p \in Party |-> [b \in Blocks |-> IF b = 0 THEN 1 ELSE 0]]
  /\ length = [p \in Party |-> [b \in Blocks |-> IF b = 0 THEN Full ELSE 0]]
  /\ store = [p \in Party |-> AuthKeys(0, 0, Full)]
  /\ hwm = [p \in Party |-> <<0, 0, 0>>]
  /\ heard = [p \in Party |-> <<0, 0, 0>>]
  /\ asked = [p \in Party |-> ""]
  /\ tries = [p \in Party |-> {}]
  /\ exported = [p \in Party |-> {}]
  /\ next = [p \in Party |-> <<0, 0, 0>>]
  /\ hand = [p \in Party |-> {}]
  /\ last = [p \in Party |-> {}]
  /\ joined = [p \in Party |-> TRUE]
  /\ floor = [p \in Party |-> NoFloor]
  /\ net = {}
  /\ drops = 0
  /\ crashes = 0
  /\ image = [p \in Party |-> {}]
  /\ restored = [p \in Party |-> FALSE]
  /\ enrolled = [p \in Party |-> 0]
  /\ used = [p \in Party |-> <<0, 0, 0>>]
  /\ reused = FALSE
  /\ accepted = [p \in Party |-> <<0, 0, 0>>]
  /\ replayed = FALSE

NextHonest ==
  \/ \E p \in Party, l \in Lengths : Stage(p, l)
  \/ \E p \in Party : Reserve(p)
  \/ \E p \in Party : ReserveForResync(p)
  \/ \E p \in Party : SendData(p)
  \/ \E p \in Party : Resend(p)
  \/ \E p \in Party : Rejoin(p)
  \/ \E p \in Party, b \in Blocks, i \in Index : AcceptData(p, b, i)
  \/ SendPrepare
  \/ \E b \in Blocks, i \in Index : AcceptAck(b, i)
  \/ \E b \in Blocks, i \in Index : AcceptNak(b, i)
  \/ Commit
  \/ SendCommit
  \/ \E b \in Blocks, i \in Index : AcceptDone(b, i)
  \/ \E b \in Blocks, i \in Index : AcceptPrepare(b, i)
  \/ SendAnswer
  \/ \E b \in Blocks, i \in Index : AcceptCommit(b, i)
  \/ SendDone

NextFaulty ==
  \/ StageMismatched
  \/ StageLost
  \/ \E p \in Party : Crash(p)
  \/ \E p \in Party : Backup(p)
  \/ \E p \in Party : Restore(p)
  \/ \E p \in Party, b \in Blocks, i \in Index : Drop(p, b, i)
  \/ \E p \in Party, e \in 0..MaxEpoch : ReBootstrap(p, e)

NextAdversary ==
  \/ \E p \in Party, b \in Blocks, i \in Index : Forge(p, b, i)
  \/ \E p \in Party : Rollback(p)

Next == NextHonest \/ NextFaulty \/ NextAdversary

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Fairness: what is due is done in the end, and what is not lost arrives. *)
(* Faults and Eve need not act, and DATA need not be sent. Bob need not    *)
(* stage: he may have lost the key, but then he says so.                   *)

TakesWhatIsDue(p) == RefillDue(p) /\ (Reserve(p) \/ ReserveForResync(p))
SaysWhatIsDue(p) ==
  IF p = "alice" THEN SendPrepare \/ SendCommit ELSE SendAnswer \/ SendDone
\* (Of all keys, those that a message was sent under: nothing is accepted under another.)
HearsPeer(p) ==
  \E m \in net :
    LET b == m.block i == m.index IN
    /\ m.from = Peer(p) /\ b \in Blocks /\ i \in Index
    /\ \/ AcceptData(p, b, i)
       \/ p = "alice" /\ (AcceptAck(b, i) \/ AcceptNak(b, i) \/ AcceptDone(b, i))
       \/ p = "bob" /\ (AcceptPrepare(b, i) \/ AcceptCommit(b, i))

Fairness ==
  /\ WF_vars(Commit)
  /\ WF_vars(Stage("alice", Full))
  /\ WF_vars(StageLost)
  /\ \A p \in Party :
       /\ WF_vars(Rejoin(p))
       /\ WF_vars(TakesWhatIsDue(p))
       /\ WF_vars(SaysWhatIsDue(p))
       /\ WF_vars(HearsPeer(p))
       /\ WF_vars(Resend(p))

FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(* Properties, from weak to strong.                                        *)

Roles == Party \cup {"app"}
IsKey(k) == k[1] \in Roles /\ k[2] \in Nat /\ k[3] \in Blocks /\ k[4] \in Nat
IsPosition(x) == x[1] \in Nat /\ x[2] \in Blocks /\ x[3] \in Nat
IsMessage(m) ==
  /\ m.from \in Party /\ m.kind \in Kinds
  /\ m.epoch \in Nat /\ m.block \in Blocks /\ m.index \in Nat /\ m.about \in Blocks
  /\ m.sum \in 0..2 /\ m.seed \in 0..Full /\ m.key \in 0..2

TypeOK ==
  /\ \A p \in Party :
       /\ epoch[p] \in Nat
       /\ \A b \in Blocks :
            st[p][b] \in States /\ content[p][b] \in 0..2 /\ length[p][b] \in {0} \cup Lengths
       /\ \A k \in store[p] : IsKey(k)
       /\ IsPosition(hwm[p]) /\ IsPosition(heard[p]) /\ IsPosition(next[p])
       /\ asked[p] \in {""} \cup Kinds
       /\ \A t \in tries[p] : IsPosition(t[1]) /\ t[2] \in Nat \ {0}
       /\ Cardinality(hand[p]) <= 1 /\ hand[p] \subseteq Nat
       /\ Cardinality(last[p]) <= 1
       /\ joined[p] \in BOOLEAN /\ restored[p] \in BOOLEAN
       /\ IsPosition(floor[p]) /\ IsPosition(used[p]) /\ IsPosition(accepted[p])
       /\ Cardinality(image[p]) <= 1 /\ enrolled[p] \in Nat
  /\ \A m \in net : IsMessage(m)
  /\ drops \in 0..MaxDrops /\ crashes \in 0..MaxCrashes
  /\ reused \in BOOLEAN /\ replayed \in BOOLEAN

\* p's store is an old copy, and the peer can tell. What is said of stores below is not said of such
\* a one; what is said of messages is said of all that were ever sent.
IsOld(p) == restored[p] /\ ~joined[p] /\ ~InStep

\* H1: no two different messages ever go out under one key, nor is a key used after a later one; nor
\* are two hashes of a block masked by its one pad.
NoPadReuse ==
  /\ ~reused
  /\ Cardinality({PadOf(m) : m \in net}) = Cardinality(net)
  /\ \A m \in net : m.kind = "PREPARE" =>
       \A n \in net :
         n.kind = "PREPARE" /\ m.epoch = n.epoch /\ m.about = n.about => m.seed = n.seed

\* H2: a block that Alice has committed and that Bob may use is the same at both ends.
CommitAgreement ==
  \A b \in Blocks :
    epoch["alice"] = epoch["bob"] /\ st["alice"][b] = "committed" /\ CanRx("bob", b)
      => content["alice"][b] = content["bob"][b]

\* Alice committed block b too early: Bob, in the same epoch, cannot use it.
CommittedTooEarly(b) == st["alice"][b] = "committed" /\ ~CanRx("bob", b)

\* H3: Alice commits a block only after Bob has prepared it, and Bob only after Alice.
CommitImpliesPeerReady ==
  /\ epoch["alice"] = epoch["bob"] /\ Cur("alice") >= 0 /\ Cur("bob") >= 0
  /\ ~IsOld("alice") /\ ~IsOld("bob")
  =>
    \A b \in Blocks \ {0} :
      /\ ~CommittedTooEarly(b)
      /\ st["bob"][b] = "committed" => b <= Cur("alice")

\* H4: every DATA message of the parties' epoch can be verified by its receiver, unless a later one
\* has been accepted, or the parties have met since, or the receiver's store is an old copy, or Eve
\* has got its key burnt, or a block was committed too early (which H3 forbids).
TxOnlyVerifiable ==
  \A m \in net :
    LET p == Peer(m.from) IN
    m.kind = "DATA" /\ m.epoch = epoch[m.from] /\ m.epoch = epoch[p] /\ Cur(p) >= 0 =>
      \/ CanRx(p, m.block) /\ Holds(p, PadOf(m))
      \/ Before(Position(m), heard[p])
      \/ Before(Position(m), floor[p])
      \/ IsOld(p)
      \/ Burnt(p, Position(m))
      \/ \E b \in Blocks \ {0} : CommittedTooEarly(b)

\* H5: nothing is accepted twice: what is accepted comes later than all that was accepted before.
NoReplayAccept == ~replayed

\* H6: the running process never is ahead of the durable mark.
DurableAhead == \A p \in Party : ~Before(hwm[p], next[p])

\* H7: once a party has committed a block, nothing of the bootstrap block is left with it.
BootErased ==
  \A p \in Party : Cur(p) > 0 =>
    st[p][0] = "dead" /\ content[p][0] = 0 /\ KeysOfBlock(p, 0) = {}

\* In this step an old copy is put in place of p's store.
PutBack(p) == restored'[p] /\ image'[p] # image[p]

\* H8: within an epoch, a dead block stays dead, but for what an old copy says.
NoResurrect ==
  [][\A p \in Party : epoch'[p] = epoch[p] /\ ~PutBack(p) =>
       \A b \in Blocks : st[p][b] = "dead" => st'[p][b] = "dead"]_vars

\* H9: the durable mark never goes back, but to the one of an old copy; that no key is used again
\* even then, H1 says.
CounterMonotone == [][\A p \in Party : ~Before(hwm'[p], hwm[p]) \/ PutBack(p)]_vars

\* H10: the epoch never goes back, but to the one of an old copy; the operator's book never does.
EpochMonotone ==
  [][\A p \in Party :
       /\ epoch'[p] >= epoch[p] \/ PutBack(p)
       /\ enrolled'[p] >= enrolled[p]]_vars

\* H11: DATA never uses a key of the reserve.
ReserveFloor ==
  \A m \in net :
    m.kind = "DATA" /\ m.epoch = epoch[m.from] /\ length[m.from][m.block] > 0
      => m.index < length[m.from][m.block] - Spare

\* H12: a committed block brings more keys in each direction than its refill took.
NetGrowth ==
  \A p \in Party, b \in Blocks : st[p][b] = "committed" => length[p][b] > RefillCost

\* H13: nothing that an application was given has a part in authentication.
RoleSplit == \A p \in Party : \A k \in exported[p] : k[1] \notin Party

\* H14: no key that was used, given up or superseded is in the store, nor anything of a dead block,
\* nor what an application was given.
\* (An old copy has keys that were used since and does not know it: it is found to be old before it
\* uses any, H1.)
Zeroised ==
  \A p \in Party :
    /\ \A k \in store[p] :
         /\ k[1] = p /\ k[3] = hwm[p][2] => k[4] >= hwm[p][3]
         /\ k[1] = Peer(p) /\ k[3] = heard[p][2] => k[4] >= heard[p][3]
         /\ st[p][k[3]] \notin {"none", "dead"}
    /\ \A m \in net :
         m.from = p /\ Before(Position(m), hwm[p]) => PadOf(m) \notin store[p]
    /\ \A b \in Blocks : st[p][b] = "dead" => content[p][b] = 0
    /\ ~restored[p] => \A k \in exported[p] : k[1] = "app" => k \notin store[p]

\* No key is tried more often than allowed: each attempt has probability epsilon for Eve. What
\* names a key of another epoch is no attempt.
BoundedAttempts ==
  \A p \in Party : \A t \in tries[p] : t[2] <= MaxAttempts /\ t[1][1] = epoch[p]

\* What was tried is not forgotten while the key is there, but by an old copy.
AttemptsKept ==
  [][\A p \in Party :
       epoch'[p] = epoch[p] /\ heard'[p] = heard[p] /\ ~PutBack(p) =>
         \A t \in tries[p] : \E u \in tries'[p] : u[1] = t[1] /\ u[2] >= t[2]]_vars

\* A party without keys says nothing new, and bootstrap keys come with a new epoch only.
ExhaustionStops ==
  [][\A p \in Party :
       /\ Exhausted(p) => {m \in net' : m.from = p} \subseteq net \cup last[p]
       /\ Exhausted(p) => hand'[p] = {}
       /\ (\E k \in store'[p] \ store[p] : k[3] = 0) =>
            epoch'[p] > epoch[p] \/ Cur(p) = -1 \/ PutBack(p)]_vars

\* H15: a party that has come up takes no key, says nothing and accepts nothing before it has met
\* its peer.
ApartIsSilent ==
  [][\A p \in Party : ~joined[p] =>
       /\ hand'[p] = {}
       /\ {m \in net' : m.from = p} \subseteq net
       /\ accepted'[p] = accepted[p] \/ epoch'[p] # epoch[p]]_vars

\* H16: what was said before the parties met counts no more: nothing of it is accepted, and neither
\* has a key in hand or a message to repeat.
MeetingForgets ==
  [][\A p \in Party : epoch'[p] = epoch[p] =>
       /\ accepted'[p] # accepted[p] => ~Before(accepted'[p], After(floor[p]))
       /\ joined'[p] /\ ~joined[p] /\ Cur(p) >= 0 =>
            \A q \in Party : joined'[q] => hand'[q] = {} /\ last'[q] = {}]_vars

\* L3: a staged block is settled in the end, unless a party has run out of keys.
Settles ==
  \A b \in Blocks :
    st["alice"][b] = "staged"
      ~> st["alice"][b] \in {"committed", "dead"} \/ Exhausted("alice") \/ Exhausted("bob")

\* L4: what Alice has committed, Bob commits.
BothSettle ==
  \A b \in Blocks : st["alice"][b] = "committed" ~> st["bob"][b] = "committed"

-----------------------------------------------------------------------------
(* What is not claimed.                                                    *)
(* - That a good tag proves its key: forging is symbolic here. Its price,  *)
(*   epsilon for each attempt and at most MaxAttempts attempts a key, is   *)
(*   counted elsewhere.                                                    *)
(* - That hashes of different blocks differ: PREPARE carries the block's   *)
(*   hash, and (L+1)/2^127 is the chance that a difference is missed.      *)
(* - Availability: Eve can burn keys by forging and starve the link, which *)
(*   ends in exhaustion and an operator's visit, never in reuse.           *)
(* - Anything once the bootstrap credential is known to Eve while in use,  *)
(*   or an endpoint is hers: the composed specification treats these.      *)
(* - Anything if a store is put back together with the counter that guards *)
(*   it, and the peer cannot bear witness (Witnessed): because what was    *)
(*   said since was never heard, because the peer was put back as well, or *)
(*   because Eve tells lies of where the peer stands. The counter is out   *)
(*   of reach of backups for that reason.                                  *)
=============================================================================
