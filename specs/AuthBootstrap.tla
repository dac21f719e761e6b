--------------------------- MODULE AuthBootstrap ---------------------------
(***************************************************************************)
(* How two devices that want to make keys come to know each other.        *)
(*                                                                         *)
(* Quantum key distribution needs an authentic classical channel.  For the *)
(* first session that channel rests on a bootstrap credential: a           *)
(* certificate under a common authority (PKI), a key vouched for by        *)
(* introducers (web of trust), or a key that a courier brought to both     *)
(* (PSK).  The three differ in the rule by which a credential is trusted;  *)
(* what they guarantee is the same, and this module states it once.        *)
(*                                                                         *)
(* The protocol, from Alice (who calls) to Bob (who answers):              *)
(*    Hello      A -> B  names, Alice's nonce, methods offered             *)
(*    Challenge  B -> A  Bob's nonce, method chosen, Bob's proof           *)
(*    Proof      A -> B  Alice's proof                                     *)
(*    Accept     B -> A  Bob's proof that he has accepted hers             *)
(* A proof is a signature or a MAC over the kind of message and the whole  *)
(* transcript: both names, both nonces, the offer as seen, the choice.     *)
(* Under PKI and the web of trust each party also shows its certificate,   *)
(* and a key exchange gives the first authentication keys: its public      *)
(* shares travel beside the nonces and are covered by the same proofs, so  *)
(* that here a nonce stands for nonce and share together.                  *)
(* Session 1 makes its keys under what the bootstrap established; session  *)
(* i > 1 is authenticated by keys that session i - 1 made, never again by  *)
(* the credential.  (PskHandover has the details of that; here it is one   *)
(* step.)                                                                  *)
(*                                                                         *)
(* Eve reads everything, drops, delays, replays, reflects and alters at    *)
(* will; she has an identity of her own under which she may run honest     *)
(* sessions with either party; she may steal a credential, and break the   *)
(* computational primitive behind the proofs, at any moment.  The point of *)
(* the module: if neither happens before session 1 ends, nothing that      *)
(* happens afterwards gives her any key.                                   *)
(*                                                                         *)
(* Sources: RFC 5280 section 6 (path validation); RFC 4880 section 5.2.3   *)
(* (introducers); ISO/IEC 9798-2 and 9798-4 (mutual authentication, role   *)
(* and name in the proof); Lowe 1997 (injective agreement); Mosca, Stebila *)
(* and Ustaoglu 2013 (security after late compromise).                     *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Anchor,       \* "pki", "wot" or "psk": what trust in a credential rests on
  Run,          \* numbers of the runs that one party may start: 1..n, or Nat \ {0}
  Session,      \* numbers of the sessions: 1..n, or Nat \ {0}
  Time,         \* instants of the common clock (days, say): an interval of Nat
  ValidFrom,    \* first instant at which credentials are valid
  ValidTo,      \* last such instant
  Vouching,     \* how a credential can be vouched for: records [full, marginal]
  Method,       \* authentication methods, by strength: positive numbers
  AliceMethods, \* methods that Alice is configured to allow
  BobMethods,   \* methods that Bob is configured to allow
  Stealable,    \* keys that Eve may steal
  Breakable,    \* whether the primitive behind the proofs may break
  Revocable     \* parties that may be told that their peer's credential is revoked

ASSUME KnownAnchor == Anchor \in {"pki", "wot", "psk"}
ASSUME RunsCountFromOne == 1 \in Run /\ Run \subseteq Nat \ {0}
ASSUME SessionsCountFromOne == 1 \in Session /\ Session \subseteq Nat \ {0}
ASSUME TimeIsNatural == Time # {} /\ Time \subseteq Nat
ASSUME ValidityIsAnInterval == ValidFrom \in Nat /\ ValidTo \in Nat /\ ValidFrom <= ValidTo
ASSUME MethodsAreConfigured ==
  /\ Method \subseteq Nat \ {0}
  /\ AliceMethods \subseteq Method /\ BobMethods \subseteq Method
  /\ AliceMethods \cap BobMethods # {}
ASSUME BreakableIsBoolean == Breakable \in BOOLEAN
ASSUME RevocableAreParties == Revocable \subseteq {"alice", "bob"}

Party == {"alice", "bob"}
Name == Party \cup {"eve"}
Nonce == {0} \cup Run                \* 0 stands for any nonce that Eve made up
Offer == (SUBSET Method) \ {{}}
Use == {"authentication", "other"}   \* what a credential was issued for
MessageKind == {"challenge", "proof", "accept"}

Other(p) == IF p = "alice" THEN "bob" ELSE "alice"
Max(S) == CHOOSE x \in S : \A y \in S : y <= x
Min(S) == CHOOSE x \in S : \A y \in S : x <= y

(***************************************************************************)
(* Keys.  Under PKI and the web of trust each name has one signing key,    *)
(* called by that name; a pre-shared key belongs to a pair of names.       *)
(***************************************************************************)
PairKey(p, q) == CASE {p, q} = {"alice", "bob"} -> "alice-bob"
                   [] {p, q} = {"alice", "eve"} -> "alice-eve"
                   [] {p, q} = {"bob", "eve"}   -> "bob-eve"

\* The key by which prover shows verifier who it is.
KeyOf(prover, verifier) == IF Anchor = "psk" THEN PairKey(prover, verifier) ELSE prover

HonestKey == {KeyOf("alice", "bob"), KeyOf("bob", "alice")}
OwnKey == {KeyOf("eve", "alice"), KeyOf("eve", "bob")}        \* Eve's, legitimately
Key == HonestKey \cup OwnKey

\* Whether p has what it takes to check a proof made with key k at all.
CanCheck(p, k) == Anchor # "psk" \/ \E q \in Name \ {p} : k = PairKey(p, q)

ASSUME OnlyKeysAreStolen == Stealable \subseteq HonestKey
ASSUME VouchingIsCounted == \A v \in Vouching : v.full \in Nat /\ v.marginal \in Nat

(***************************************************************************)
(* Credentials.  full counts what vouches for a key by itself: under PKI   *)
(* the configured authorities in which its certificate chain ends, in the  *)
(* web of trust the fully trusted introducers, for a PSK the courier who   *)
(* brought it (0: a factory default).  marginal counts marginally trusted  *)
(* introducers.                                                            *)
(***************************************************************************)
NoCredential == [full |-> 0, marginal |-> 0, use |-> "none"]
EvesCredential == [full |-> 1, marginal |-> 0, use |-> "authentication"]

TrustedUnder(anchor, c) ==
  CASE anchor = "pki" -> c.full >= 1
    [] anchor = "wot" -> c.full >= 1 \/ c.marginal >= 3
    [] anchor = "psk" -> c.full >= 1

VARIABLES
  clock,    \* the time, as both parties see it
  cred,     \* cred[k]: what is registered for key k of an honest party
  revoked,  \* revoked[p]: p has been told that its honest peer's credential is revoked
  runs,     \* runs[p]: how many runs p has started
  st,       \* st[p]: what p is doing
  net,      \* every proof that an honest party ever sent; Eve can send each again
  stolen,   \* keys of honest parties that Eve has stolen
  broken,   \* whether the primitive behind the proofs is broken
  sess,     \* sess[i]: the i-th session, and what Eve has of it
  \* Ghosts: written for the properties, read by no guard.
  began,    \* on what facts each run was begun
  accepted, \* each proof that was accepted: by whom, in which run, and the proof
  late      \* late[p]: p was told of a revocation before the end of what it was doing

vars == <<clock, cred, revoked, runs, st, net, stolen, broken, sess, began, accepted, late>>
ghosts == <<began, accepted, late>>

CredentialOf(k) == IF k \in HonestKey THEN cred[k] ELSE EvesCredential

(***************************************************************************)
(* A party's run: ph is                                                    *)
(*   "idle"       no run yet                                               *)
(*   "called"     (Alice) Hello is out                                     *)
(*   "challenged" (Bob) Challenge is out                                   *)
(*   "proved"     (Alice) Proof is out                                     *)
(*   "done"       the peer is authenticated                                *)
(*   "failed"     the run was given up                                     *)
(* peer is whom the run is with; na, nb Alice's and Bob's nonce; offer and *)
(* choice the methods, all as this party has seen them (0, {}: not yet).   *)
(***************************************************************************)
Resting(ph) ==
  [ph |-> ph, peer |-> "none", na |-> 0, nb |-> 0, offer |-> {}, choice |-> 0]
NoSession ==
  [ph |-> "none", auth |-> "none", source |-> {}, mitm |-> FALSE, known |-> FALSE, bad |-> FALSE]
MidRun == {"called", "challenged", "proved"}

\* Runs can be begun only until session 1 has begun: then the bootstrap is over.
Bootstrapping == sess[1].ph = "none"
MayBegin(p) == Bootstrapping /\ st[p].ph \notin MidRun /\ runs[p] + 1 \in Run

\* Whether a party holds its peer's credential before the peer shows it: a pre-shared key it does,
\* a certificate comes with the peer's first message.
HoldsBefore == Anchor = "psk"

\* What Eve can make proofs with.
EvesKeys == OwnKey \cup stolen \cup (IF broken THEN Key ELSE {})
EveHasCredential == EvesKeys \cap HonestKey # {}

(***************************************************************************)
(* Defences: each is one operator, so that one of them can be taken away.  *)
(***************************************************************************)
\* Checks on the peer's credential, made when a run begins.
TrustChecked(p, q) == TrustedUnder(Anchor, CredentialOf(KeyOf(q, p)))
UseChecked(p, q) == CredentialOf(KeyOf(q, p)).use = "authentication"
ValidityChecked(p, q) == ValidFrom <= clock /\ clock <= ValidTo
RevocationChecked(p, q) == q \in Party => ~revoked[p]
CredentialAccepted(p, q) ==
  /\ TrustChecked(p, q)
  /\ UseChecked(p, q)
  /\ ValidityChecked(p, q)
  /\ RevocationChecked(p, q)

\* A nonce is used in one run only.
FreshNonce(p) == runs[p] + 1

\* Checks on a proof m that is received by p, for transcript t of p's run.
TagVerifies(p, m) == m.good /\ CanCheck(p, m.key)
SubjectMatches(p, m, q) == m.key = KeyOf(q, p)
KindMatches(m, t) == m.kind = t.kind
NamesMatch(m, t) == m.caller = t.caller /\ m.callee = t.callee
NoncesMatch(m, t) == m.na = t.na /\ m.nb = t.nb
MethodsMatch(m, t) == m.offer = t.offer /\ m.choice = t.choice
ProofAccepted(p, m, t) ==
  /\ TagVerifies(p, m)
  /\ SubjectMatches(p, m, t.peer)
  /\ KindMatches(m, t)
  /\ NamesMatch(m, t)
  /\ NoncesMatch(m, t)
  /\ MethodsMatch(m, t)

\* Alice is not done before Bob has said that he is.
AfterChallenge == "proved"

\* What becomes of a party's run, and of session 1, when a revocation is heard of.
StopsRun(p) == st[p].peer \in Party
StopsSession == sess[1].ph = "run"

\* Sessions: what authenticates one, what later authentication keys are made from, and
\* what the key that a session delivers is made from.
AuthenticationOf(i) == IF i = 1 THEN "credential" ELSE "chain"
PoolSource(i) == {"session"}
KeySource(i) == {"quantum"}

(***************************************************************************)
(* Proofs on the wire.                                                     *)
(***************************************************************************)
\* The transcript of a run of p with q, as a proof of that kind must state it.
Transcript(p, q, kind, na, nb, offer, choice) ==
  [peer |-> q, kind |-> kind,
   caller |-> IF p = "alice" THEN "alice" ELSE q,
   callee |-> IF p = "alice" THEN q ELSE "bob",
   na |-> na, nb |-> nb, offer |-> offer, choice |-> choice]

\* by and run say who made the proof, and in which run: ghosts, which no guard reads.
MakeProof(by, run, key, good, t) ==
  [kind |-> t.kind, key |-> key, caller |-> t.caller, callee |-> t.callee, na |-> t.na,
   nb |-> t.nb, offer |-> t.offer, choice |-> t.choice, good |-> good, by |-> by, run |-> run]

\* The proof that p itself makes in a run: under its key towards its peer.
OwnProof(p, run, t) == MakeProof(p, run, KeyOf(p, t.peer), TRUE, t)

\* All that can arrive where a proof for transcript t is awaited: whatever was ever sent, and
\* what Eve makes: right under the keys she has, wrong (a guess) under all others.  A proof of
\* hers that equals one that was sent is that one.
Arriving(t) ==
  net \cup { m \in { MakeProof("eve", 0, k, k \in EvesKeys, t) : k \in Key } :
               ~ \E n \in net : [n EXCEPT !.by = "eve", !.run = 0] = m }

\* p accepts m in its run for transcript t.
Note(p, m, t) ==
  accepted' = accepted \cup
    { [at |-> p, run |-> runs[p], peer |-> t.peer, kind |-> t.kind,
       na |-> t.na, nb |-> t.nb, offer |-> t.offer, choice |-> t.choice, proof |-> m] }

\* p begins a run with q on these facts.
NoteBegin(p, q) ==
  began' = began \cup
    { [at |-> p, peer |-> q, time |-> clock, cred |-> CredentialOf(KeyOf(q, p)),
       revoked |-> q \in Party /\ revoked[p]] }

Init ==
  /\ clock = Min(Time)
  /\ cred = [k \in HonestKey |-> NoCredential]
  /\ revoked = [p \in Party |-> FALSE]
  /\ runs = [p \in Party |-> 0]
  /\ st = [p \in Party |-> Resting("idle")]
  /\ net = {}
  /\ stolen = {}
  /\ broken = FALSE
  /\ sess = [i \in Session |-> NoSession]
  /\ began = {}
  /\ accepted = {}
  /\ late = [p \in Party |-> FALSE]

----------------------------------------------------------------------------
(* Alice and Bob *)

\* Alice calls q.
Call(q) ==
  /\ MayBegin("alice")
  /\ HoldsBefore => CredentialAccepted("alice", q)
  /\ runs' = [runs EXCEPT !["alice"] = @ + 1]
  /\ st' = [st EXCEPT !["alice"] =
       [ph |-> "called", peer |-> q, na |-> FreshNonce("alice"), nb |-> 0,
        offer |-> AliceMethods, choice |-> 0]]
  /\ IF HoldsBefore THEN NoteBegin("alice", q) ELSE UNCHANGED began
  /\ late' = [late EXCEPT !["alice"] = FALSE]
  /\ UNCHANGED <<clock, cred, revoked, net, stolen, broken, sess, accepted>>

\* Bob receives a Hello that names q as caller, with nonce na and that offer, and answers with
\* his Challenge.  Nothing in a Hello is authentic yet.
Answer(q, na, offer) ==
  /\ MayBegin("bob")
  /\ na <= runs["alice"]
  /\ offer \cap BobMethods # {}
  /\ CredentialAccepted("bob", q)
  /\ runs' = [runs EXCEPT !["bob"] = @ + 1]
  /\ LET nb == FreshNonce("bob")
         choice == Max(offer \cap BobMethods)
     IN  /\ st' = [st EXCEPT !["bob"] =
              [ph |-> "challenged", peer |-> q, na |-> na, nb |-> nb,
               offer |-> offer, choice |-> choice]]
         /\ net' = net \cup
              {OwnProof("bob", runs["bob"] + 1,
                        Transcript("bob", q, "challenge", na, nb, offer, choice))}
  /\ NoteBegin("bob", q)
  /\ late' = [late EXCEPT !["bob"] = FALSE]
  /\ UNCHANGED <<clock, cred, revoked, stolen, broken, sess, accepted>>

\* The Hello is the one that Alice waits for an answer to.
IsHers(q, na, offer) ==
  LET a == st["alice"]
  IN  a.ph = "called" /\ a.peer = "bob" /\ <<q, na, offer>> = <<"alice", a.na, a.offer>>
TakeHello ==
  /\ IsHers("alice", st["alice"].na, st["alice"].offer)
  /\ Answer("alice", st["alice"].na, st["alice"].offer)

\* Or it is another one: old, altered, made up, or Eve's own.
TakeForgedHello(q, na, offer) ==
  /\ ~IsHers(q, na, offer)
  /\ Answer(q, na, offer)

\* A share of Bob's fits only the method that he chose when he made it: with another one it is no
\* answer at all.
ShareFits(nb, choice) ==
  \/ HoldsBefore \/ nb = 0
  \/ \E m \in net : m.kind = "challenge" /\ m.nb = nb /\ m.choice = choice

\* Alice receives a Challenge with nonce nb and that choice, accepts its proof, and sends hers.  If
\* she sees the credential only now, she judges it now.
TakeChallenge(nb, choice) ==
  /\ st["alice"].ph = "called"
  /\ ~HoldsBefore => CredentialAccepted("alice", st["alice"].peer)
  /\ nb <= runs["bob"]
  /\ choice \in st["alice"].offer
  /\ ShareFits(nb, choice)
  /\ LET a == st["alice"]
         t == Transcript("alice", a.peer, "challenge", a.na, nb, a.offer, choice)
     IN  /\ \E m \in Arriving(t) : ProofAccepted("alice", m, t) /\ Note("alice", m, t)
         /\ st' = [st EXCEPT !["alice"] =
              [a EXCEPT !.ph = AfterChallenge, !.nb = nb, !.choice = choice]]
         /\ net' = net \cup
              {OwnProof("alice", runs["alice"], [t EXCEPT !.kind = "proof"])}
  /\ IF HoldsBefore THEN UNCHANGED began ELSE NoteBegin("alice", st["alice"].peer)
  /\ UNCHANGED <<clock, cred, revoked, runs, stolen, broken, sess, late>>

\* Bob receives a Proof, accepts it, is done, and says so in his Accept.
TakeProof ==
  /\ st["bob"].ph = "challenged"
  /\ LET b == st["bob"]
         t == Transcript("bob", b.peer, "proof", b.na, b.nb, b.offer, b.choice)
     IN  /\ \E m \in Arriving(t) : ProofAccepted("bob", m, t) /\ Note("bob", m, t)
         /\ st' = [st EXCEPT !["bob"].ph = "done"]
         /\ net' = net \cup
              {OwnProof("bob", runs["bob"], [t EXCEPT !.kind = "accept"])}
  /\ UNCHANGED <<clock, cred, revoked, runs, stolen, broken, sess, began, late>>

\* Alice receives an Accept, accepts its proof and is done.
TakeAccept ==
  /\ st["alice"].ph = "proved"
  /\ LET a == st["alice"]
         t == Transcript("alice", a.peer, "accept", a.na, a.nb, a.offer, a.choice)
     IN  \E m \in Arriving(t) : ProofAccepted("alice", m, t) /\ Note("alice", m, t)
  /\ st' = [st EXCEPT !["alice"].ph = "done"]
  /\ UNCHANGED <<clock, cred, revoked, runs, net, stolen, broken, sess, began, late>>

\* p has waited long enough.
GiveUp(p) ==
  /\ st[p].ph \in MidRun
  /\ st' = [st EXCEPT ![p] = Resting("failed")]
  /\ UNCHANGED <<clock, cred, revoked, runs, net, stolen, broken, sess, ghosts>>

\* Session i begins: the first when both parties are done with each other, a later one when its
\* predecessor has made keys.  The first messages of session 1 pass only if both parties have the
\* same view of the bootstrap, or Eve can translate between two views.  If Eve was in the middle
\* of a session, each party shares its keys with her and not with the other, so that the next one
\* can only go through her again.
SameView ==
  \A f \in {"na", "nb", "offer", "choice"} : st["alice"][f] = st["bob"][f]

\* Eve has the keys with which p's side of session 1 is authenticated.  From a pre-shared key they
\* are derived.  Otherwise the key exchange gives them, to Eve if the share that p received was her
\* own, or if she can break the exchange; the signing keys do not help her any more.
HasFirstKeys(p) ==
  IF HoldsBefore
  THEN EveHasCredential
  ELSE broken \/ (IF p = "alice" THEN st[p].nb = 0 ELSE st[p].na = 0)

BeginSession(i) ==
  /\ sess[i].ph = "none"
  /\ IF i = 1
     THEN /\ \A p \in Party : st[p].ph = "done" /\ st[p].peer = Other(p)
          /\ SameView \/ \A p \in Party : HasFirstKeys(p)
     ELSE sess[i - 1].ph = "done"
  /\ sess' = [sess EXCEPT ![i] =
       [ph |-> "run", auth |-> AuthenticationOf(i), source |-> {},
        mitm |-> IF i = 1 THEN ~SameView ELSE sess[i - 1].mitm,
        known |-> FALSE, bad |-> FALSE]]
  /\ UNCHANGED <<clock, cred, revoked, runs, st, net, stolen, broken, ghosts>>

\* Session i ends with a key; if Eve was in the middle, it is hers too.
FinishSession(i) ==
  /\ sess[i].ph = "run"
  /\ sess' = [sess EXCEPT ![i] =
       [@ EXCEPT !.ph = "done", !.source = KeySource(i), !.known = sess[i].mitm,
                 !.bad = stolen # {} \/ broken]]
  /\ UNCHANGED <<clock, cred, revoked, runs, st, net, stolen, broken, ghosts>>

----------------------------------------------------------------------------
(* The world around them *)

\* Registration: a credential for key k is issued (or a PSK installed), once.  A certificate is not
\* issued to a party in the middle of a run, in which it has shown what it had.
Register(k, v, u) ==
  /\ cred[k] = NoCredential
  /\ k \in Party => st[k].ph \notin MidRun
  /\ cred' = [cred EXCEPT ![k] = [full |-> v.full, marginal |-> v.marginal, use |-> u]]
  /\ UNCHANGED <<clock, revoked, runs, st, net, stolen, broken, sess, ghosts>>

Tick ==
  /\ clock + 1 \in Time
  /\ clock' = clock + 1
  /\ UNCHANGED <<cred, revoked, runs, st, net, stolen, broken, sess, ghosts>>

\* p learns that its honest peer's credential is revoked.  Before the end of session 1 that
\* stops the run; afterwards it changes nothing.
RevocationNotice(p) ==
  /\ p \in Revocable
  /\ ~revoked[p]
  /\ revoked' = [revoked EXCEPT ![p] = TRUE]
  /\ LET busy == /\ sess[1].ph # "done"
                 /\ st[p].ph \in MidRun \cup {"done"}
                 /\ st[p].ph # "called" \/ HoldsBefore    \* else nothing rests on it yet
                 /\ st[p].peer \in Party
     IN  /\ late' = [late EXCEPT ![p] = busy]
         /\ st' = IF busy /\ StopsRun(p) THEN [st EXCEPT ![p] = Resting("failed")] ELSE st
         /\ sess' = IF StopsSession THEN [sess EXCEPT ![1].ph = "aborted"] ELSE sess
  /\ UNCHANGED <<clock, cred, runs, net, stolen, broken, began, accepted>>

----------------------------------------------------------------------------
(* Eve; besides this she replays, reflects, alters, withholds and takes     *)
(* part under her own name in all of Take...: they judge what is Arriving.  *)

StealCredential(k) ==
  /\ k \in Stealable \ stolen
  /\ cred[k] # NoCredential
  /\ stolen' = stolen \cup {k}
  /\ UNCHANGED <<clock, cred, revoked, runs, st, net, broken, sess, ghosts>>

BreakPrimitive ==
  /\ Breakable /\ ~broken
  /\ broken' = TRUE
  /\ UNCHANGED <<clock, cred, revoked, runs, st, net, stolen, sess, ghosts>>

\* Eve has the keys that authenticate session i.
HasKeysOf(i) ==
  IF i = 1
  THEN \A p \in Party : HasFirstKeys(p)
  ELSE IF sess[i].auth = "credential" \/ "credential" \in PoolSource(i)
       THEN EveHasCredential
       ELSE sess[i - 1].known

\* Eve steps into the middle of session i while it runs.
Intrude(i) ==
  /\ sess[i].ph = "run" /\ ~sess[i].mitm
  /\ HasKeysOf(i)
  /\ sess' = [sess EXCEPT ![i].mitm = TRUE]
  /\ UNCHANGED <<clock, cred, revoked, runs, st, net, stolen, broken, ghosts>>

\* Eve tries to work the key of a finished session out of what she recorded and knows by now.
\* She succeeds if she can get all that it was made from.  Nobody can record a quantum state now
\* and measure it later, so that a quantum source is never within her reach.
WithinReach(x) ==
  \/ x = "exchange" /\ broken
  \/ x = "credential" /\ stolen # {}
Reconstruct(i) ==
  /\ sess[i].ph = "done" /\ ~sess[i].known
  /\ sess' = [sess EXCEPT ![i].known = \A x \in sess[i].source : WithinReach(x)]
  /\ UNCHANGED <<clock, cred, revoked, runs, st, net, stolen, broken, ghosts>>

----------------------------------------------------------------------------
NextHonest ==
  \/ \E q \in Name \ {"alice"} : Call(q)
  \/ TakeHello
  \/ \E nb \in Nonce, choice \in Method : TakeChallenge(nb, choice)
  \/ TakeProof
  \/ TakeAccept
  \/ \E p \in Party : GiveUp(p)
  \/ \E i \in Session : BeginSession(i)
  \/ \E i \in Session : FinishSession(i)
  \/ \E k \in HonestKey, v \in Vouching, u \in Use : Register(k, v, u)

NextFaulty ==
  \/ Tick
  \/ \E p \in Party : RevocationNotice(p)

NextAdversary ==
  \/ \E q \in Name \ {"bob"}, na \in Nonce, offer \in Offer : TakeForgedHello(q, na, offer)
  \/ \E k \in HonestKey : StealCredential(k)
  \/ BreakPrimitive
  \/ \E i \in Session : Intrude(i)
  \/ \E i \in Session : Reconstruct(i)

Next == NextHonest \/ NextFaulty \/ NextAdversary

\* Parties do not wait for ever, and a session that has begun comes to its end.
PatienceEnds == \A p \in Party : WF_vars(GiveUp(p))
SessionsEnd == \A i \in Session : WF_vars(FinishSession(i))
Fairness == PatienceEnds /\ SessionsEnd

Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ Fairness

----------------------------------------------------------------------------
(* Properties *)

Credential == [full : Nat, marginal : Nat, use : Use \cup {"none"}]
Proof ==
  [kind : MessageKind, key : Key, caller : Name, callee : Name, na : Nonce, nb : Nonce,
   offer : Offer, choice : Method, good : BOOLEAN, by : Name, run : Nonce]

\* Every variable holds what its comment says.
TypeOK ==
  /\ clock \in Time
  /\ DOMAIN cred = HonestKey /\ \A k \in HonestKey : cred[k] \in Credential
  /\ revoked \in [Party -> BOOLEAN]
  /\ runs \in [Party -> Nonce]
  /\ DOMAIN st = Party
  /\ \A p \in Party :
       /\ st[p].ph \in {"idle", "called", "challenged", "proved", "done", "failed"}
       /\ st[p].peer \in (Name \ {p}) \cup {"none"}
       /\ st[p].na \in Nonce /\ st[p].nb \in Nonce
       /\ st[p].offer \subseteq Method /\ st[p].choice \in Method \cup {0}
  /\ net \subseteq Proof
  /\ stolen \subseteq Stealable
  /\ broken \in BOOLEAN
  /\ DOMAIN sess = Session
  /\ \A i \in Session :
       sess[i] \in [ph : {"none", "run", "done", "aborted"},
                    auth : {"none", "credential", "chain"},
                    source : SUBSET {"quantum", "exchange", "credential"},
                    mitm : BOOLEAN, known : BOOLEAN, bad : BOOLEAN]
  /\ \A b \in began : b.at \in Party /\ b.peer \in Name /\ b.time \in Time /\ b.cred \in Credential
  /\ \A a \in accepted : a.at \in Party /\ a.peer \in Name /\ a.proof \in Proof
  /\ late \in [Party -> BOOLEAN]

\* S3: a run begins only while credentials are valid.
NoExpired == \A b \in began : ValidFrom <= b.time /\ b.time <= ValidTo

\* S4: no run begins on a credential that the party knows to be revoked.
NoRevoked == \A b \in began : ~b.revoked

\* S5: a run begins only on a credential that the anchor's rule trusts.
TrustRule == \A b \in began : TrustedUnder(Anchor, b.cred)

\* S10: a run begins only on a credential that was issued for authentication.
KeyUsage == \A b \in began : b.cred.use = "authentication"

\* S12: a revocation heard of before the end of the run, or of session 1, stops it for good.
RevokeDuringRun ==
  \A p \in Party : late[p] => st[p].ph = "failed" /\ sess[1].ph \notin {"run", "done"}

\* A party is done only if it accepted its peer's last proof in this very run.
MutualAuthentication ==
  \A p \in Party : st[p].ph = "done" =>
    \E a \in accepted : /\ a.at = p /\ a.run = runs[p]
                        /\ a.kind = (IF p = "alice" THEN "accept" ELSE "proof")

\* Nobody accepts a proof of its own making.
NoReflection == \A a \in accepted : a.proof.by # a.at

\* An accepted proof that an honest peer made was made for this run (the same two nonces), and no
\* run of the peer is accepted in two runs.
InjectiveAgreement ==
  \A a \in accepted : a.proof.by = Other(a.at) =>
    /\ a.proof.na = a.na /\ a.proof.nb = a.nb
    /\ \A b \in accepted :
         (b.at = a.at /\ b.kind = a.kind /\ b.proof.by = a.proof.by /\ b.proof.run = a.proof.run)
           => b.run = a.run

\* An accepted proof that an honest party made was made for the one who accepts it: whoever
\* believes to share a session shares it with the one who believes the same.
NoUnknownKeyShare ==
  \A a \in accepted : a.proof.by = Other(a.at) =>
    {a.proof.caller, a.proof.callee} = {a.at, a.peer}

\* S8: the identity that was authenticated is the identity that the run is with.
ChannelBinding == \A a \in accepted : a.proof.key = KeyOf(a.peer, a.at)

\* S9: honest peers use the strongest method that both are configured to allow.
NoDowngrade ==
  \A a \in accepted : (a.proof.by = Other(a.at) /\ a.peer = Other(a.at)) =>
    a.choice = Max(AliceMethods \cap BobMethods)

\* S2: the bootstrap credential authenticates session 1 only.
WindowOnly == \A i \in Session : sess[i].auth = "credential" => i = 1

\* S6: Eve passes for an honest party, or stands in the middle, only after a theft or a break.
\* (That she passes under her own credential is excluded by ChannelBinding.)
MitmNeedsSecret ==
  \/ stolen # {} \/ broken
  \/ ~ChannelBinding
  \/ /\ \A a \in accepted : a.peer \in Party => a.proof.by # "eve"
     /\ \A i \in Session : ~sess[i].mitm

\* S7: who is in the middle of a session that the chain authenticates had the one before.
PersistentMitm ==
  \A i \in Session : (i > 1 /\ sess[i].mitm /\ sess[i].auth = "chain") =>
    sess[i - 1].mitm \/ sess[i - 1].known

\* S11: no delivered key is a function of the bootstrap secret.
SecretIndependence == \A i \in Session : "credential" \notin sess[i].source

\* S1: Eve has the key of a finished session only if a credential was stolen, or the primitive
\* broken, before the end of session 1.  (That she enters a later session is excluded by
\* WindowOnly and PersistentMitm, that she passes under her own credential by ChannelBinding.)
EntersLate(i) == i > 1 /\ sess[i].mitm /\ ~sess[i - 1].mitm /\ ~sess[i - 1].known
Everlasting ==
  (ChannelBinding /\ \A i \in Session : ~EntersLate(i)) =>
    \A i \in Session : sess[i].ph = "done" /\ sess[i].known => sess[1].bad

\* L2: every run that begins ends, and every session that begins ends.
Completes ==
  /\ \A p \in Party : st[p].ph \in MidRun ~> st[p].ph \notin MidRun
  /\ \A i \in Session : sess[i].ph = "run" ~> sess[i].ph # "run"

(***************************************************************************)
(* What is not claimed.                                                    *)
(* - That a bootstrap which Eve subverted inside its window is noticed     *)
(*   later by the protocol: it is not (PersistentMitm says how it goes     *)
(*   on).  Comparing a fingerprint out of band is part of QkdSystem.       *)
(* - Availability: Eve can make every run fail.                            *)
(* - Secrecy of the courier, honesty of authorities and introducers until  *)
(*   session 1 ends, a common clock: these are assumptions.                *)
(* - Probabilities: guessing a proof or a nonce is impossible here; in the *)
(*   code it has probability about 2^-128 each time.                       *)
(* - What later sessions do in detail: see PskHandover.                    *)
(***************************************************************************)
=============================================================================
