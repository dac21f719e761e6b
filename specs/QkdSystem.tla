------------------------------ MODULE QkdSystem ------------------------------
(***************************************************************************)
(* The whole: a bootstrap, rounds of the exchange, and the handover of a   *)
(* part of each key, which authenticates the next round; all of it under   *)
(* Eve. The parts appear by their contracts: AuthenticatedStart of         *)
(* AuthBootstrap, AgreedKey of Bb84Exchange, OneTimeKeySupply of           *)
(* PskHandover, SingleDelivery of KeyDelivery. Each part is checked to keep*)
(* its contract; here it is checked that contracts and glue make an        *)
(* IdealKeyAgreement.                                                      *)
(*                                                                         *)
(* An epoch begins when the operator brings a fresh credential to both     *)
(* ends. The parties authenticate with it (the bootstrap), and make the    *)
(* first keys under what follows from it. A part of each key, its block of *)
(* one-time keys, takes over the authentication; then the credential is    *)
(* destroyed. Until it is, the epoch's window is open: who has the         *)
(* credential in time can be in the middle, and stays there from round to  *)
(* round unnoticed, until somebody compares a fingerprint out of band. Who *)
(* comes later comes too late. When the one-time keys run out (Eve can     *)
(* force that), only the operator can begin a new epoch: a new window.     *)
(*                                                                         *)
(* Source: the article that this project answers; theory, sections 5.4, 9  *)
(* (A20 to A26, A36) and 10.4.                                             *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Epochs,       \* numbers of epochs: 1..n, or Nat \ {0}
  Rounds,       \* numbers of the rounds of an epoch that yield keys: 1..n, or Nat \ {0}
  Stealable,    \* the epochs whose credential Eve may steal
  Corruptible   \* the parties whose memory Eve may read

ASSUME EpochsCountFromOne == 1 \in Epochs /\ Epochs \subseteq Nat \ {0}
ASSUME RoundsCountFromOne == 1 \in Rounds /\ Rounds \subseteq Nat \ {0}
ASSUME StealableAreEpochs == Stealable \subseteq Epochs
ASSUME CorruptibleAreParties == Corruptible \subseteq {"alice", "bob"}

Party == {"alice", "bob"}
Peer(p) == IF p = "alice" THEN "bob" ELSE "alice"

(***************************************************************************)
(* Keys and secrets. A key has the identifier <<epoch, round>>; of says    *)
(* who have it: "both", or that party alone (and Eve, if she put it        *)
(* there). Every secret of the system is a record of the same shape:       *)
(*   "credential"  what the operator brought to both ends for this epoch   *)
(*   "boot"        one-time keys that follow from it and the bootstrap     *)
(*   "key"         the part of a round's key that is for the application   *)
(*   "block"       the part of a round's key that is one-time keys         *)
(***************************************************************************)
Key == [epoch : Epochs, round : Rounds, of : Party \cup {"both"}]
Secret ==
  [kind : {"credential", "boot", "key", "block"}, epoch : Epochs, round : {0} \cup Rounds,
   of : Party \cup {"both"}]

SecretOf(kind, k) == [kind |-> kind, epoch |-> k.epoch, round |-> k.round, of |-> k.of]
Credential(e) == [kind |-> "credential", epoch |-> e, round |-> 0, of |-> "both"]
BootKeys(e, of) == [kind |-> "boot", epoch |-> e, round |-> 0, of |-> of]

VARIABLES
  epoch,        \* the present epoch; 0 before the first
  partner,      \* partner[p]: with whom p started this epoch: "none", "peer" or "eve"
  made,         \* made[p]: the keys that p agreed on in this epoch
  doubt,        \* the key of which Bob does not yet know whether Alice decided for it: {} or {k}
  given,        \* given[p]: the keys that p's application has fetched
  current,      \* current[p]: the block that authenticates p's messages, by its round; 0: the
                \* keys of the bootstrap
  staged,       \* staged[p]: the block of p that waits for its handover, by its round; 0: none
  ready,        \* Bob has acknowledged the block that waits at his end
  dry,          \* dry[p]: p has too few one-time keys left for another round, its own or its peer's
  check,        \* the out-of-band comparison in this epoch: "none", "passed" or "raised"
  store,        \* store[p]: the secrets whose bytes exist at p
  eve,          \* the secrets that Eve has got hold of
  \* Ghosts: written for the properties, read by no guard.
  chain,        \* chain[p]: for each key in made[p], the block that authenticated its round
  handed,       \* what left the sites' key management, and to whom: pairs of receiver and secret
  twice,        \* whether anything left it again for whoever had it before
  lost          \* identifiers of the keys for which a premise failed in time

delivered == <<given, handed, twice>>
vars ==
  <<epoch, partner, made, doubt, delivered, current, staged, ready, dry, check, store, eve, chain,
    lost>>

-----------------------------------------------------------------------------
(* Where things stand.                                                     *)

Ids == Epochs \X Rounds
IdOf(k) == <<k.epoch, k.round>>

\* The number of p's next key, and the key of an earlier round.
NextRound(p) == Cardinality(made[p]) + 1
KeyOfRound(p, n) == CHOOSE k \in made[p] : k.round = n

Bootstrapped(p) == partner[p] # "none"
BootKeysOf(p) == BootKeys(epoch, IF partner[p] = "peer" THEN "both" ELSE p)

\* The newest one-time keys that p has handed over to.
Newest(p) ==
  IF current[p] = 0 THEN BootKeysOf(p) ELSE SecretOf("block", KeyOfRound(p, current[p]))

\* What follows from a credential and the public messages of the bootstrap.
FollowsFrom(s) == IF s.kind = "credential" THEN {BootKeys(s.epoch, "both")} ELSE {}
Eve == INSTANCE Adversary WITH Yields <- FollowsFrom

-----------------------------------------------------------------------------
(* Defences: each is one operator, so that one of them can be taken away.  *)

\* The one-time keys that authenticate p's messages: the newest, never again older ones.
Authenticator(p) == Newest(p)

\* What p still has to keep, given that the rest is destroyed.
AfterFetch(p, k) == store[p] \ {SecretOf("key", k)}
AfterCommit(p) ==
  {s \in store[p] : s.kind = "key" \/ (s.kind = "block" /\ s.round = staged[p])}

\* What fingerprints are for: two people read the same digest of the newest one-time keys.
SameFingerprint == Newest("alice") = Newest("bob")

\* Eve passes for p's peer only if she can authenticate as such.
MayImpersonate(p) == Eve!CanAuthenticate(eve, Credential(epoch))
Open(p) == Bootstrapped(p) /\ Eve!CanAuthenticate(eve, Authenticator(p))

\* The window: somebody has yet to bootstrap, or authenticates by what the credential gave.
WindowOpen ==
  \E p \in Party : ~Bootstrapped(p) \/ Authenticator(p).kind = "boot"

-----------------------------------------------------------------------------
(* The parts, by their contracts.                                          *)

Start == INSTANCE AuthenticatedStart
  WITH compromised <- epoch # 0 /\ Eve!CanAuthenticate(eve, Credential(epoch))

Exchange == INSTANCE AgreedKey
  WITH known <- {[epoch |-> s.epoch, round |-> s.round, of |-> s.of] :
                   s \in {t \in eve : t.kind = "key"}},
       open <- {p \in Party : Open(p)}

\* The blocks that the two parties have of round n are not the same.
Differs(n) == \E a \in made["alice"], b \in made["bob"] : a.round = n /\ b.round = n /\ a # b

\* Bob hears messages under the block that he has acknowledged, too.
EveHasStaged(p) ==
  staged[p] # 0 /\ Eve!CanAuthenticate(eve, SecretOf("block", KeyOfRound(p, staged[p])))
OpenUnderNext(p) == p = "bob" /\ ready /\ EveHasStaged(p)

Supply == INSTANCE OneTimeKeySupply
  WITH differ <- {n \in Rounds : Differs(n)},
       open <- {p \in Party : Open(p) \/ OpenUnderNext(p)}

\* The parties' applications, and any other that is authentic and entitled to nothing.
Applications == Party \cup {"stranger"}

\* Each party's keys are for its application; nothing else is for anybody.
Delivery == INSTANCE SingleDelivery
  WITH due <- UNION {{<<p, SecretOf("key", k)>> : k \in made[p]} : p \in Party}

\* A round that succeeds has equal keys, which Eve does not know (she may have tapped the fibre).
EqualKeys(a, b) == Exchange!Equal(a, b)
LearntInRound(a) == {}

-----------------------------------------------------------------------------
(* What a premise that fails puts at risk.                                 *)

\* Identifiers of this epoch that not both parties have a key for.
Unmade == {i \in Ids : i[1] = epoch /\ \E p \in Party : \A k \in made[p] : IdOf(k) # i}

\* Identifiers of the keys whose bytes exist at p.
StoredIds(p) == {<<s.epoch, s.round>> : s \in {t \in store[p] : t.kind = "key"}}

Running == epoch # 0 /\ check # "raised"

-----------------------------------------------------------------------------
Init ==
  /\ epoch = 0
  /\ Start!Init
  /\ made = [p \in Party |-> {}]
  /\ doubt = {}
  /\ given = [p \in Party |-> {}]
  /\ Delivery!Init
  /\ Supply!Init
  /\ ready = FALSE
  /\ check = "none"
  /\ store = [p \in Party |-> {}]
  /\ eve = {}
  /\ chain = [p \in Party |-> {}]
  /\ lost = {}

(* The operator.                                                           *)

\* A courier brings a fresh credential to both ends; what is left of the last epoch is destroyed.
Provision ==
  /\ epoch + 1 \in Epochs
  /\ epoch' = epoch + 1
  /\ Start!Forget(Party)
  /\ Exchange!Renew
  /\ Supply!Renew(Party)
  /\ ready' = FALSE
  /\ check' = "none"
  /\ store' = [p \in Party |-> {Credential(epoch + 1)}]
  /\ chain' = [p \in Party |-> {}]
  /\ UNCHANGED <<delivered, eve, lost>>

\* Two people compare a digest of the newest block, over a channel that Eve does not control. If
\* it differs, everything is destroyed and stays so until the next epoch.
CompareFingerprints ==
  /\ Running /\ check = "none"
  /\ doubt = {}
  /\ \A p \in Party : current[p] # 0 /\ staged[p] = 0
  /\ IF SameFingerprint
     THEN check' = "passed" /\ UNCHANGED <<store, dry>>
     ELSE /\ check' = "raised"
          /\ store' = [p \in Party |-> {}]
          /\ dry' = [p \in Party |-> TRUE]
  /\ UNCHANGED <<epoch, partner, made, doubt, delivered, current, staged, ready, eve, chain, lost>>

(* Alice and Bob.                                                          *)

\* Both authenticate each other.
Bootstrap ==
  /\ Running
  /\ \A p \in Party : Credential(epoch) \in store[p]
  /\ Start!Meet(Party)
  /\ store' = [p \in Party |-> store[p] \cup {BootKeys(epoch, "both")}]
  /\ UNCHANGED <<epoch, made, doubt, delivered, current, staged, ready, dry, check, eve, chain, lost>>

\* Nothing is in the way of a round of p.
Free(p) == Running /\ Bootstrapped(p) /\ ~dry[p] /\ staged[p] = 0 /\ NextRound(p) \in Rounds

\* The keys that the two parties may end a round with: the same, or each its own.
Outcomes(n) ==
  LET Named(of) == [epoch |-> epoch, round |-> n, of |-> of]
  IN {<<Named("both"), Named("both")>>, <<Named("alice"), Named("bob")>>}

\* p records which block authenticated the round of key k.
Proof(p, k) == {[epoch |-> k.epoch, round |-> k.round, by |-> Authenticator(p).round]}

\* A round succeeds: Alice decides for its key; Bob, who holds it, is in doubt.
Agree ==
  /\ \A p \in Party : Free(p)
  /\ Authenticator("alice") = Authenticator("bob")
  /\ NextRound("alice") = NextRound("bob")
  /\ \E out \in Outcomes(NextRound("alice")) :
       /\ EqualKeys(out[1], out[2])
       /\ Exchange!Agree(out[1], out[2])
       /\ store' =
            [store EXCEPT
               !["alice"] = @ \cup {SecretOf("key", out[1]), SecretOf("block", out[1])},
               !["bob"] = @ \cup {SecretOf("key", out[2]), SecretOf("block", out[2])}]
       /\ eve' = eve \cup LearntInRound(out[1])
       /\ chain' = [chain EXCEPT !["alice"] = @ \cup Proof("alice", out[1])]
  /\ Supply!Stage("alice", NextRound("alice"))
  /\ Supply!Deplete
  /\ UNCHANGED <<epoch, partner, delivered, ready, check, lost>>

\* Bob hears that Alice decided.
Confirm ==
  /\ \E k \in doubt :
       /\ Supply!Stage("bob", k.round)
       /\ chain' = [chain EXCEPT !["bob"] = @ \cup Proof("bob", k)]
  /\ Exchange!Confirm
  /\ UNCHANGED <<epoch, partner, delivered, ready, dry, check, store, eve, lost>>

\* Alice asks, and Bob acknowledges, or Eve does so in his name. Bob follows when he has been asked,
\* and hears from Alice under the new block; or Eve, who has the block, does both in her name.
CommitsWithPeer(p) ==
  IF p = "alice"
  THEN ready' = (ready \/ (staged["bob"] = staged[p] /\ ~Differs(staged[p])))
  ELSE /\ \/ ready /\ Supply!PeerReady(p, staged[p])
          \/ EveHasStaged(p) /\ (ready \/ Open(p))
       /\ ready' = FALSE

\* The block of p's last round comes into use; what it replaces is destroyed, the credential too.
Commit(p) ==
  /\ Running
  /\ staged[p] # 0
  /\ CommitsWithPeer(p)
  /\ Supply!Commit(p)
  /\ store' = [store EXCEPT ![p] = AfterCommit(p)]
  /\ UNCHANGED <<epoch, partner, made, doubt, delivered, check, eve, chain, lost>>

\* The handover of p's last block fails, because the blocks differ or Eve, who can authenticate to
\* p, says so; the block is destroyed. Bob no longer does so when he has acknowledged it.
Discard(p) ==
  /\ Running
  /\ staged[p] # 0
  /\ \/ Differs(staged[p]) /\ Authenticator(p) = Authenticator(Peer(p))
     \/ Open(p)
  /\ p = "bob" => ~ready
  /\ Supply!Discard(p)
  /\ Supply!Deplete
  /\ store' =
       [store EXCEPT ![p] = {s \in @ : s.kind # "block" \/ s.round # staged[p] \/ s.epoch # epoch}]
  /\ UNCHANGED <<epoch, partner, made, doubt, delivered, ready, check, eve, chain, lost>>

\* The keys that wait for p's application.
Waiting(p) == {k \in made[p] \ given[p] : Running}

\* What leaves p's key management next, and to whom: the oldest key, to p's application.
HandOuts(p) ==
  {o \in {[key |-> k, what |-> SecretOf("key", k), to |-> p] : k \in Waiting(p)} :
     /\ Delivery!Right({<<o.to, o.what>>})
     /\ \A j \in Waiting(p) : o.key.round <= j.round}

\* p's application fetches a key; no copy stays behind.
Fetch(p) ==
  /\ \E o \in HandOuts(p) :
       /\ Delivery!HandOut({<<o.to, o.what>>})
       /\ given' = [given EXCEPT ![p] = @ \cup {o.key}]
       /\ store' = [store EXCEPT ![p] = AfterFetch(p, o.key)]
  /\ UNCHANGED <<epoch, partner, made, doubt, current, staged, ready, dry, check, eve, chain, lost>>

(* The environment.                                                        *)

\* A round fails: noise, Eve on the fibre or on the wire. It has used up one-time keys.
FailRound ==
  /\ Running /\ \E p \in Party : Bootstrapped(p)
  /\ Supply!Deplete
  /\ UNCHANGED <<epoch, partner, made, doubt, delivered, current, staged, ready, check, store, eve,
                 chain, lost>>

(* Eve.                                                                    *)

\* Eve gets the credential of epoch e: from the courier, or later from an archive, or because the
\* primitive that used it is broken. It matters if the epoch's window is still open.
Steal(e) ==
  /\ e \in Stealable /\ e <= epoch
  /\ Credential(e) \notin eve
  /\ eve' = Eve!Learn(eve, {Credential(e)})
  /\ lost' = IF e = epoch /\ WindowOpen THEN lost \cup Unmade ELSE lost
  /\ UNCHANGED <<epoch, partner, made, doubt, delivered, current, staged, ready, dry, check, store,
                 chain>>

\* Eve, with the credential, bootstraps with p in its peer's place.
Impersonate(p) ==
  /\ Running
  /\ Credential(epoch) \in store[p]
  /\ MayImpersonate(p)
  /\ Start!Impersonate(p)
  /\ store' = [store EXCEPT ![p] = @ \cup {BootKeys(epoch, p)}]
  /\ eve' = Eve!Learn(eve, {BootKeys(epoch, p)})
  /\ UNCHANGED <<epoch, made, doubt, delivered, current, staged, ready, dry, check, chain, lost>>

\* Eve, with the one-time keys, runs a round with p in its peer's place.
Intrude(p) ==
  /\ Free(p) /\ Open(p)
  /\ LET k == [epoch |-> epoch, round |-> NextRound(p), of |-> p]
         both == {SecretOf("key", k), SecretOf("block", k)}
     IN  /\ Exchange!Intrude(p, k)
         /\ Supply!Stage(p, k.round)
         /\ store' = [store EXCEPT ![p] = @ \cup both]
         /\ eve' = Eve!Learn(eve, both)
         /\ chain' = [chain EXCEPT ![p] = @ \cup Proof(p, k)]
  /\ Supply!Deplete
  /\ UNCHANGED <<epoch, partner, delivered, ready, check, lost>>

\* Eve, with the one-time keys, tells Bob in Alice's name that there is no key.
ForgeAbort ==
  /\ doubt # {} /\ Open("bob")
  /\ Exchange!Drop
  /\ store' =
       [store EXCEPT !["bob"] =
          @ \ UNION {{SecretOf("key", k), SecretOf("block", k)} : k \in doubt}]
  /\ Supply!Deplete
  /\ UNCHANGED <<epoch, partner, delivered, current, staged, ready, check, eve, chain, lost>>

\* Eve reads the memory and the disk of p, once: she learns what exists there.
Corrupt(p) ==
  /\ p \in Corruptible /\ store[p] \ eve # {}
  /\ eve' = Eve!Learn(eve, store[p])
  /\ lost' = lost \cup StoredIds(p) \cup Unmade
  /\ UNCHANGED <<epoch, partner, made, doubt, delivered, current, staged, ready, dry, check, store,
                 chain>>

-----------------------------------------------------------------------------
NextHonest ==
  \/ Provision
  \/ CompareFingerprints
  \/ Bootstrap
  \/ Agree
  \/ Confirm
  \/ \E p \in Party : Commit(p)
  \/ \E p \in Party : Discard(p)
  \/ \E p \in Party : Fetch(p)

NextFaulty == FailRound

NextAdversary ==
  \/ \E e \in Epochs : Steal(e)
  \/ \E p \in Party : Impersonate(p)
  \/ \E p \in Party : Intrude(p)
  \/ ForgeAbort
  \/ \E p \in Party : Corrupt(p)

Next == NextHonest \/ NextFaulty \/ NextAdversary

\* Messages that are resent get through in the end: Alice's decision, and the handover's.
DecisionArrives == WF_vars(Confirm)
HandoverEnds == \A p \in Party : WF_vars(Commit(p)) /\ WF_vars(Discard(p))
Fairness == DecisionArrives /\ HandoverEnds

Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(* Properties.                                                             *)

\* Every variable stays within its type.
TypeOK ==
  /\ epoch \in {0} \cup Epochs
  /\ Start!TypeOK
  /\ made \in [Party -> SUBSET Key]
  /\ doubt \in SUBSET Key
  /\ given \in [Party -> SUBSET Key]
  /\ current \in [Party -> {0} \cup Rounds]
  /\ staged \in [Party -> {0} \cup Rounds]
  /\ ready \in BOOLEAN
  /\ dry \in [Party -> BOOLEAN]
  /\ check \in {"none", "passed", "raised"}
  /\ store \in [Party -> SUBSET Secret]
  /\ eve \in SUBSET Secret
  /\ handed \in SUBSET ((Applications \cup {"outside"}) \X Secret)
  /\ twice \in BOOLEAN
  /\ chain \in [Party -> SUBSET [epoch : Epochs, round : Rounds, by : {0} \cup Rounds]]
  /\ lost \in SUBSET Ids

\* E1: Eve knows a key that was delivered only if the credential was stolen while the epoch's
\* window was open and the key had yet to be made, or if she read the memory of an end that held
\* it, or that was yet to make it.
EndToEndSecrecy ==
  \A p \in Party : \A k \in given[p] : SecretOf("key", k) \in eve => IdOf(k) \in lost

\* E2: keys that both applications fetched under one identifier are equal, with the same proviso.
EndToEndAgreement ==
  \A a \in given["alice"], b \in given["bob"] :
    IdOf(a) = IdOf(b) /\ IdOf(a) \notin lost => a = b

\* E3: each key is handed to each application once.
DeliverOnce == ~twice

\* E4: of the applications, only those that a key is for have it: the party's own that made it.
IdBinding == \A h \in handed : h[1] \in Applications => h[1] \in Party /\ h[2].of \in {"both", h[1]}

\* E5: what leaves the key management stays inside the sites.
KeyStaysInside == \A h \in handed : h[1] \in Applications

\* E6: nothing that authenticates leaves the key management: no block, no credential.
NoAuthKeyDelivered == \A h \in handed : h[2].kind = "key"

\* E7: what authenticates a round is the newest block handed over to, which an earlier round of
\* the same epoch made; the bootstrap's keys do so only until the first handover.
ChainOfTrust ==
  [][\A p \in Party : \A c \in chain'[p] \ chain[p] : c.by = current[p] /\ c.by < c.round]_vars

\* What p should still have: its credential until the first handover, the one-time keys in use
\* and those staged or in doubt, and the keys that wait for the application.
Live(p) ==
  IF ~Running THEN {} ELSE
    (IF current[p] = 0 THEN {Credential(epoch)} ELSE {})
    \cup (IF Bootstrapped(p) THEN {Newest(p)} ELSE {})
    \cup (IF staged[p] # 0 THEN {SecretOf("block", KeyOfRound(p, staged[p]))} ELSE {})
    \cup (IF p = "bob" THEN {SecretOf(kind, k) : kind \in {"key", "block"}, k \in doubt} ELSE {})
    \cup {SecretOf("key", k) : k \in Waiting(p)}

\* E8: who reads the memory of an end learns what is live there, and nothing that was destroyed.
ForwardErasure ==
  [][\A p \in Party : Corrupt(p) => eve' \subseteq eve \cup Live(p)]_vars

\* A24, S7: Eve in the middle goes on unnoticed from round to round, but a comparison of
\* fingerprints passes only if both ends have the same one-time keys.
OutOfBandDetects ==
  [][check = "none" /\ check' = "passed" => Newest("alice") = Newest("bob")]_vars

\* Whoever is in doubt hears of the decision, and every handover ends, one way or the other.
Settles ==
  /\ doubt # {} ~> doubt = {}
  /\ \A p \in Party : staged[p] # 0 ~> staged[p] = 0

-----------------------------------------------------------------------------
(* The whole is an ideal key agreement: what the applications were given   *)
(* under each identifier, what Eve knows, and which keys were lost.        *)

NoKey == [epoch |-> 0, round |-> 0, of |-> "nobody"]
GivenUnder(p, i) ==
  IF \E k \in given[p] : IdOf(k) = i THEN CHOOSE k \in given[p] : IdOf(k) = i ELSE NoKey

Ideal == INSTANCE IdealKeyAgreement
  WITH Id <- Ids, Value <- Key, None <- NoKey,
       given <- [p \in Party |-> [i \in Ids |-> GivenUnder(p, i)]],
       known <- {k \in Key : SecretOf("key", k) \in eve}

\* Ideal!Spec; only what the ideal's variables are made from can change them, so that steps which
\* leave that alone need no second look.
Seen == <<given, eve, lost>>
RefinesIdealKeyAgreement ==
  Ideal!Init /\ [][Seen' # Seen => Ideal!Next \/ UNCHANGED Ideal!vars]_vars

(***************************************************************************)
(* What is not claimed.                                                    *)
(* - That Eve in the middle of a bootstrap is ever noticed by the protocol *)
(*   itself: ReachPersistentMitm shows that she is not.                    *)
(* - More of the delivery than its contract says: that a party's key is one*)
(*   or many, and its application one or many, is KeyDelivery's.           *)
(* - Availability: Eve can make every round fail, and so force epochs.     *)
(* - Secrecy of a key after the application has fetched it.                *)
(***************************************************************************)
=============================================================================
