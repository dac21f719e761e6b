-------------------------- MODULE EndpointCompromise --------------------------
(***************************************************************************)
(* What is lost when Eve reads all that a device holds, once.              *)
(*                                                                         *)
(* Quantum key distribution protects the way between two devices, not the  *)
(* devices. So the same compromise is applied to links whose keys come     *)
(* from quantum key distribution, from Diffie-Hellman and from ML-KEM:     *)
(* what a device has destroyed together with all that it was made from     *)
(* stays unknown, what is live is lost, and neither differs from one       *)
(* exchange to the other.                                                  *)
(*                                                                         *)
(* A link end lives thus: it is provisioned with a credential, which gives *)
(* the first block of one-time authentication keys; an exchange has        *)
(* secrets of its own while it runs (the raw bits, or a private key) and   *)
(* gives a key, whose parts are a block of one-time keys and a key for the *)
(* application; the new block is committed, and the old one and a spent    *)
(* credential are destroyed; the application takes its key away; a         *)
(* one-time key is destroyed when it is used.                              *)
(*                                                                         *)
(* Eve has recorded all traffic. From a credential she derives the first   *)
(* block, from the secrets of an exchange what the exchange gave.          *)
(*                                                                         *)
(* Sources: forward secrecy as in Guenther 1989 and Canetti and Krawczyk   *)
(* 2001; deletion after use as in ITU-T Y.3803.                            *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Links,        \* links, each a pair <<device, device>>
  Exchanges,    \* ways to establish keys
  Rounds,       \* rounds that a link runs
  Pads,         \* one-time keys in a block
  MaxRead       \* devices that Eve reads at most

ASSUME LinksJoinTwo == \A l \in Links : l[1] # l[2]
ASSUME SomeRound == Rounds \in Nat \ {0}
ASSUME SomeRead == MaxRead \in Nat
ASSUME SomePad == Pads \in Nat \ {0}

Devices == UNION {{l[1], l[2]} : l \in Links}
Ends == UNION {{<<l[1], l>>, <<l[2], l>>} : l \in Links}
DeviceOf(e) == e[1]
LinkOf(e) == e[2]

Phases == {"provisioned", "standing", "exchanging", "agreed"}
Progress == [phase : Phases, round : 0..Rounds, used : 0..Pads, waiting : SUBSET (1..Rounds)]

\* A secret is named <<link, kind, round, index>>.
Credential(l) == <<l, "credential", 0, 0>>
Ephemeral(l, r) == <<l, "ephemeral", r, 0>>
Pad(l, r, i) == <<l, "pad", r, i>>
Application(l, r) == <<l, "application", r, 0>>
Block(l, r) == {Pad(l, r, i) : i \in 1..Pads}

SecretsOf(l) ==
  {Credential(l)} \cup UNION {Block(l, r) : r \in 0..Rounds}
    \cup {Ephemeral(l, r) : r \in 1..Rounds} \cup {Application(l, r) : r \in 1..Rounds}
Secrets == UNION {SecretsOf(l) : l \in Links}

VARIABLES
  progress,     \* how far each end of each link is
  held,         \* what each end holds, for each exchange
  compromised,  \* the devices that Eve has read
  loot          \* what she has from each end, for each exchange

vars == <<progress, held, compromised, loot>>

-----------------------------------------------------------------------------
(* What an end should hold, from how far it is.                            *)

\* The last round whose exchange was begun, or has given its key.
BegunRound(p) == IF p.phase \in {"exchanging", "agreed"} THEN p.round + 1 ELSE p.round
AgreedRound(p) == IF p.phase = "agreed" THEN p.round + 1 ELSE p.round

Had(l, p) ==
  {Credential(l)}
    \cup (IF p.phase = "provisioned" THEN {} ELSE UNION {Block(l, r) : r \in 0..AgreedRound(p)})
    \cup {Ephemeral(l, r) : r \in 1..BegunRound(p)}
    \cup {Application(l, r) : r \in 1..AgreedRound(p)}

SpentCredential(l, p) == IF p.round > 0 THEN {Credential(l)} ELSE {}
OverExchanges(l, p) == {Ephemeral(l, r) : r \in 1..AgreedRound(p)}
UsedPads(l, p) == {Pad(l, p.round, i) : i \in 1..p.used}
OldBlocks(l, p) == UNION {Block(l, r) : r \in 0..(p.round - 1)}
Delivered(l, p) == {Application(l, r) : r \in (1..p.round) \ p.waiting}

DoneWith(l, p) ==
  SpentCredential(l, p) \cup OverExchanges(l, p) \cup UsedPads(l, p) \cup OldBlocks(l, p)
    \cup Delivered(l, p)
Live(l, p) == Had(l, p) \ DoneWith(l, p)

-----------------------------------------------------------------------------
(* Defences: which of the things that it is done with an end destroys.     *)

DestroysCredential(x, l, p) == SpentCredential(l, p)
DestroysEphemeral(x, l, p) == OverExchanges(l, p)
DestroysUsed(x, l, p) == UsedPads(l, p)
DestroysBlocks(x, l, p) == OldBlocks(l, p)
DestroysDelivered(x, l, p) == Delivered(l, p)

Destroys(x, l, p) ==
  DestroysCredential(x, l, p) \cup DestroysEphemeral(x, l, p) \cup DestroysUsed(x, l, p)
    \cup DestroysBlocks(x, l, p) \cup DestroysDelivered(x, l, p)

\* The links that the credential of a link serves: each has its own.
Serves(l) == {l}

\* What Eve, who has recorded all traffic, makes of some secrets.
Derive(S) ==
  S \cup UNION {UNION {Block(l, 0) : l \in Serves(s[1])} : s \in {t \in S : t[2] = "credential"}}
    \cup UNION {Block(s[1], s[3]) \cup {Application(s[1], s[3])} :
                  s \in {t \in S : t[2] = "ephemeral"}}

\* She reads whatever an end holds.
Reads(x, e) == Derive(held[x][e])

\* An end holds what is live and nothing else: what code is compared with.
HoldsExactlyWhatIsLive ==
  \A x \in Exchanges, e \in Ends : held[x][e] = Live(LinkOf(e), progress[e])

\* Destroyed, and so is all that it could be made from again.
Gone(l, p) == DoneWith(l, p) \ Derive(Live(l, p))

-----------------------------------------------------------------------------
(* Actions.                                                                *)

TypeOK ==
  /\ progress \in [Ends -> Progress]
  /\ held \in [Exchanges -> [Ends -> SUBSET Secrets]]
  /\ compromised \in SUBSET Devices
  /\ loot \in [Exchanges -> [Ends -> SUBSET Secrets]]

Start == [phase |-> "provisioned", round |-> 0, used |-> 0, waiting |-> {}]

Init ==
  /\ progress = [e \in Ends |-> Start]
  /\ held = [x \in Exchanges |-> [e \in Ends |-> {Credential(LinkOf(e))}]]
  /\ compromised = {}
  /\ loot = [x \in Exchanges |-> [e \in Ends |-> {}]]

\* The end comes to p: it makes what is new and destroys what it is done with.
Become(e, p) ==
  /\ compromised = {}
  /\ progress' = [progress EXCEPT ![e] = p]
  /\ held' = [x \in Exchanges |-> [held[x] EXCEPT ![e] =
       (@ \cup (Had(LinkOf(e), p) \ Had(LinkOf(e), progress[e]))) \ Destroys(x, LinkOf(e), p)]]
  /\ UNCHANGED <<compromised, loot>>

\* The credential has authenticated the peer and gives the first block.
Authenticate(e) ==
  /\ progress[e].phase = "provisioned"
  /\ Become(e, [progress[e] EXCEPT !.phase = "standing"])

\* The exchange of the next round begins.
Begin(e) ==
  /\ progress[e].phase = "standing" /\ progress[e].round < Rounds
  /\ Become(e, [progress[e] EXCEPT !.phase = "exchanging"])

\* It ends with a key.
Agree(e) ==
  /\ progress[e].phase = "exchanging"
  /\ Become(e, [progress[e] EXCEPT !.phase = "agreed"])

\* The new block takes the place of the old one.
Commit(e) ==
  /\ progress[e].phase = "agreed"
  /\ Become(e, [phase |-> "standing", round |-> progress[e].round + 1, used |-> 0,
                waiting |-> progress[e].waiting \cup {progress[e].round + 1}])

\* A one-time key is used.
Use(e) ==
  /\ progress[e].phase # "provisioned" /\ progress[e].used < Pads
  /\ Become(e, [progress[e] EXCEPT !.used = @ + 1])

\* The application takes its key away.
Deliver(e, r) ==
  /\ r \in progress[e].waiting
  /\ Become(e, [progress[e] EXCEPT !.waiting = @ \ {r}])

\* Eve reads a device, whatever establishes its keys. What comes after is not told here.
Corrupt(d) ==
  /\ d \notin compromised /\ Cardinality(compromised) < MaxRead
  /\ compromised' = compromised \cup {d}
  /\ loot' = [x \in Exchanges |-> [e \in Ends |->
       IF DeviceOf(e) = d THEN Reads(x, e) ELSE loot[x][e]]]
  /\ UNCHANGED <<progress, held>>

Next ==
  \/ \E e \in Ends :
       \/ Authenticate(e) \/ Begin(e) \/ Agree(e) \/ Commit(e) \/ Use(e)
       \/ \E r \in 1..Rounds : Deliver(e, r)
  \/ \E d \in Devices : Corrupt(d)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties.                                                             *)

Read == {e \in Ends : DeviceOf(e) \in compromised}
Known(x) == UNION {loot[x][e] : e \in Ends}

\* What an end had destroyed before the compromise, with all it was made from, it does not give away.
ForwardErasure ==
  \A x \in Exchanges, e \in Read : loot[x][e] \cap Gone(LinkOf(e), progress[e]) = {}

\* What was live at the compromise is lost: the boundary.
LiveIsLost ==
  \A x \in Exchanges, e \in Read : Live(LinkOf(e), progress[e]) \subseteq loot[x][e]

\* One exchange loses what any other loses.
SameLossForEveryExchange ==
  \A x, y \in Exchanges, e \in Ends : loot[x][e] = loot[y][e]

\* A link neither of whose devices was read is not harmed.
OtherLinksUnharmed ==
  \A l \in Links : {l[1], l[2]} \cap compromised = {} =>
    \A x \in Exchanges : Known(x) \cap SecretsOf(l) = {}

(***************************************************************************)
(* What is not claimed: that a device can be kept from being read; that    *)
(* used keys of the first block are safe while the credential is live; that*)
(* what Eve read does not let her act as the device from then on (QkdSystem*)
(* tells how a link heals); that the peer, or the application that took a  *)
(* key, has destroyed its copy too.                                        *)
(***************************************************************************)
=============================================================================
