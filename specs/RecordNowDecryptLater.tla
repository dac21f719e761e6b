----------------------- MODULE RecordNowDecryptLater ------------------------
(***************************************************************************)
(* What becomes of a payload key when something leaks: before, during or   *)
(* after the bootstrap, or after the handover.                             *)
(*                                                                         *)
(* Eve records everything that travels.  Once, at a moment of her choice,  *)
(* any set of secrets becomes hers: keys of the devices, of those who      *)
(* vouch for them, of the courier, keys of the MAC; and the breaks of the  *)
(* primitives, which are secrets too: whoever breaks Diffie-Hellman knows  *)
(* the shared secret of every such exchange, recorded or present.  Then    *)
(* she does what she can: she stands in the middle wherever she can make,  *)
(* at that very moment, the proofs or tags that are asked for, and in the  *)
(* end she decrypts what she has recorded.                                 *)
(*                                                                         *)
(* The parties go the way of a link: a bootstrap (mutual entity            *)
(* authentication with a key exchange, X25519 and ML-KEM-768 together,     *)
(* that gives the first MAC keys, or a seed from a pre-shared key), a      *)
(* session under these, which makes payload key 1; the handover to MAC     *)
(* keys that session 1 made; session 2, payload key 2; perhaps a           *)
(* comparison of fingerprints out of band; perhaps a second bootstrap that *)
(* somebody forced, with payload key 3.  A payload key is made by          *)
(* Diffie-Hellman, by ML-KEM, by the hybrid of both, by quantum key        *)
(* distribution, or by QKD and the hybrid together.                        *)
(*                                                                         *)
(* A cell of the matrix is a way of establishing payload keys, an anchor,  *)
(* the moment of the leak, what leaked, whether fingerprints are compared  *)
(* when the sessions of a bootstrap are over, and the number of a payload  *)
(* key (for key 3 every leak comes before its bootstrap).  Its verdict is  *)
(* a statement about the reachable states of the cell in which the         *)
(* sessions are over: step = "over" if nobody compares, else "compared".   *)
(*    broken    in some of them Eve has the payload key that one of the    *)
(*              parties has (it is in won), and no comparison exposes her: *)
(*              there was none, or it passed                               *)
(*    detected  she has it in some of them, and in each of these the       *)
(*              comparison raised the alarm                                *)
(*    safe      she has it in none: her attempts end with a refused proof, *)
(*              a refused tag or an aborted session, and what she recorded *)
(*              gives her nothing                                          *)
(* Nothing here says which cell has which verdict: they are read off the   *)
(* reachable states, from the variables exchange, anchor, leak, step,      *)
(* check and won.  The properties say what the matrix must show.           *)
(*                                                                         *)
(* Sources: the article that this project answers; Mosca, Stebila and      *)
(* Ustaoglu 2013, and Unruh 2013 (security after a late break); theory,    *)
(* sections 5.4, 6, 8.4 and 9 (A22 to A26).                                *)
(***************************************************************************)
EXTENDS Naturals, FiniteSets

CONSTANTS
  Exchanges,    \* ways of establishing payload keys that are looked at
  Anchors,      \* what trust in a credential rests on: "pki", "wot", "psk"
  Leaks         \* kinds of secrets that may become Eve's

Party == {"alice", "bob"}
Peer(p) == IF p = "alice" THEN "bob" ELSE "alice"
Round == {1, 2, 3}          \* payload keys; 3 is the one after the second bootstrap

(***************************************************************************)
(* Kinds of leaks.  "end-entity": the signing keys of both devices.        *)
(* "authority": the key of a certification authority that both trust.      *)
(* "introducers": keys of as many introducers as make a key valid.  "psk": *)
(* the key that the courier brought for the first bootstrap.  "mac": all   *)
(* MAC keys that exist at the moment of the leak.  "dh", "ml-kem",         *)
(* "signature", "hash": the primitive gives no security any more, so that  *)
(* Eve computes shared secrets, signs under any public key, makes what     *)
(* HMAC and HKDF make.                                                     *)
(***************************************************************************)
Kind ==
  {"end-entity", "authority", "introducers", "psk", "mac", "dh", "ml-kem", "signature", "hash"}
CredentialOf(anchor) ==
  CASE anchor = "pki" -> {"end-entity", "authority"}
    [] anchor = "wot" -> {"end-entity", "introducers"}
    [] anchor = "psk" -> {"psk"}
Foreign(anchor) == {"end-entity", "authority", "introducers", "psk"} \ CredentialOf(anchor)
Own(anchor) == Kind \ Foreign(anchor)

\* What may leak together: any set of what concerns the anchor; and each key that does not concern
\* it, alone and beside each that does.
LeakSets(anchor) ==
  SUBSET (Leaks \cap Own(anchor))
  \cup {{f} \cup s : f \in Leaks \cap Foreign(anchor),
                     s \in {{}} \cup {{k} : k \in Leaks \cap Own(anchor)}}

ASSUME LeaksAreKnown == Leaks \subseteq Kind
ASSUME AnchorsAreKnown == Anchors \subseteq {"pki", "wot", "psk"}
ASSUME ExchangesAreKnown == Exchanges \subseteq {"dh", "ml-kem", "hybrid", "qkd", "qkd+hybrid"}

\* What a payload key is made from.
Parts(x) ==
  CASE x = "hybrid" -> {"dh", "ml-kem"}
    [] x = "qkd+hybrid" -> {"dh", "ml-kem", "qkd"}
    [] OTHER -> {x}
IsQuantum(x) == "qkd" \in Parts(x)

VARIABLES
  exchange,     \* how payload keys are established
  anchor,       \* what trust rests on
  epoch,        \* 1, or 2 after the second bootstrap
  step,         \* how far the parties are
  leak,         \* at: the moment at which Eve got what; "never": she has got nothing yet
  replaced,     \* Eve put her own first messages in the place of the parties'
  partner,      \* partner[p]: who p's bootstrap was with: "none", "peer", "eve"
  auth,         \* auth[p]: what authenticates p's session: "none", "first" or "block" keys
  key,          \* key[r][p]: how p came to its payload key r; see Origin
  stolen,       \* the MAC keys that leaked: "first", "block"
  check,        \* the comparison of fingerprints in this epoch: "none", "passed", "raised"
  won           \* when the sessions are over: the payload keys of which Eve has what a party has

vars ==
  <<exchange, anchor, epoch, step, leak, replaced, partner, auth, key, stolen, check, won>>

\* The steps of an epoch, in order: "start", "greeted", "authenticated", "keyed", "handed over",
\* "over", "compared"; in the second there is no handover. The moments of a leak: before the
\* bootstrap, while it goes on, after it, after the handover, when all sessions are over. The
\* first chance of each moment is looked at: what Eve gets she keeps.
Moment ==
  [s \in {"start", "greeted", "authenticated", "handed over", "over"} |->
     CASE s = "start" -> "before"
       [] s = "greeted" -> "during"
       [] s = "authenticated" -> "after"
       [] s = "handed over" -> "handover"
       [] s = "over" -> "later"]

(***************************************************************************)
(* How a party came to a payload key:                                      *)
(*   "none"    it has none                                                 *)
(*   "peer"    the parties made it with each other, or believe so: tags    *)
(*             were right, and nobody was in between                       *)
(*   "tapped"  so too, but Eve took the light, and nobody noticed that     *)
(*             Bob measured other light: she has Alice's key, he another   *)
(*   "eve"     it made the key with Eve                                    *)
(*   "steered" both made one with Eve, who saw to it that they are equal   *)
(***************************************************************************)
Origin == {"none", "peer", "tapped", "eve", "steered"}
WithEve(o) == o \in {"eve", "steered"}
EveMade(o) == WithEve(o) \/ o = "tapped"              \* so that Eve has it at once

RoundsOf(e) == IF e = 1 THEN {1, 2} ELSE {3}
Current == IF epoch = 2 THEN 3 ELSE IF step = "authenticated" THEN 1 ELSE 2

Has == leak.what                                     \* what Eve has got
Leaked == leak.at # "never"

-----------------------------------------------------------------------------
(* Defences: each is one operator, so that one of them can be taken away.  *)

\* Which credential secrets make proofs that pass under an anchor; a pre-shared key serves one
\* bootstrap, and the courier brings another for the second.
ProofsOf(a) == CredentialOf(a)
SpentCredentials == IF epoch = 2 THEN {"psk"} ELSE {}

\* A party judges its peer's proof.
Judges(p) == TRUE

\* What authenticates session 2: keys that session 1 made.
LaterAuthentication == "block"

\* A party takes messages only with right tags, under the MAC keys that it has.
TagsChecked == TRUE

\* A round in which Eve took the light is aborted: there are too many errors.
TappedRound == "none"

\* What has to be known for a recorded key: the secret of its exchange; of the hybrid, both.
\* HKDF makes the key from these, so that a break of hashing gives it away, too.
SingleFalls(x) == x \in Has
HybridFalls == {"dh", "ml-kem"} \subseteq Has
DerivationFalls == "hash" \in Has

\* Light that Bob has measured is in no record: who keeps it to measure it when the bases are known
\* takes it from Bob (Tap). A key made by QKD is hashed by functions that are secure against
\* everybody. QKD and the hybrid are combined by XOR.
QuantumFalls(x) == FALSE

\* The credential is no part of any payload key, and MAC keys are no payload keys.
CredentialFalls == FALSE
ReadWithMacs == {}

\* What two people read to each other: a digest of the newest key and of all that was said since
\* the bootstrap began. (A view is what it covers.)
View(p) == <<partner[p], [r \in RoundsOf(epoch) |-> key[r][p]]>>
EqualViews ==
  /\ View("alice") = View("bob")
  /\ \A p \in Party : partner[p] # "eve" /\ \A r \in RoundsOf(epoch) : ~WithEve(key[r][p])

-----------------------------------------------------------------------------
(* What Eve can do.                                                        *)

\* A key that was made by that exchange, recorded, falls to what she has.
RecordFalls(x) ==
  \/ ~IsQuantum(x) /\ (IF x = "hybrid" THEN HybridFalls ELSE SingleFalls(x))
  \/ ~IsQuantum(x) /\ DerivationFalls
  \/ IsQuantum(x) /\ QuantumFalls(x)
  \/ CredentialFalls

\* She makes proofs that p takes for its peer's: with the credential secrets that count, with a
\* break of signatures where there are signatures, with a break of hashing where proofs are HMACs.
MakesProofsFor(p) ==
  \/ (ProofsOf(anchor) \ SpentCredentials) \cap Has # {}
  \/ (IF anchor = "psk" THEN "hash" ELSE "signature") \in Has
  \/ ~Judges(p)

\* She has the first MAC keys of an honest bootstrap.
HasFirstKeys ==
  \/ (IF anchor = "psk" THEN "psk" \in Has \ SpentCredentials ELSE HybridFalls)
  \/ DerivationFalls
  \/ "first" \in stolen

\* She has the MAC keys that session 1 made with the payload key.
HasBlock(p) == EveMade(key[1][p]) \/ RecordFalls(exchange) \/ "block" \in stolen

\* She makes tags that p accepts now.
MakesTagsFor(p) ==
  CASE auth[p] = "none" -> FALSE
    [] ~TagsChecked -> TRUE
    [] auth[p] = "first" -> partner[p] = "eve" \/ HasFirstKeys
    [] auth[p] = "block" -> HasBlock(p)
    [] auth[p] = "credential" -> MakesProofsFor(p)

\* The parties can talk to each other: their MAC keys are the same.
SameMacKeys ==
  /\ \A p \in Party : auth[p] # "none"
  /\ \/ ~TagsChecked
     \/ auth["alice"] = "first" /\ \A p \in Party : partner[p] = "peer"
     \/ /\ auth["alice"] # "first"
        /\ key[1]["alice"] = key[1]["bob"] /\ key[1]["alice"] \notin {"eve", "tapped"}

\* Who runs QKD with each end separately can choose the public seed of the privacy amplification
\* last, and so make the second key equal to the first. Keys that are hashed with what was said
\* cannot be steered.
CanSteer == IsQuantum(exchange)

\* Eve had a hand in a key that a party has; or has a record of how it was made.
Made(r) == \E p \in Party : EveMade(key[r][p])
Recorded(r) == \E p \in Party : key[r][p] = "peer"

-----------------------------------------------------------------------------
NoKeys == [r \in Round |-> [p \in Party |-> "none"]]
Nobody == [p \in Party |-> "none"]

Init ==
  /\ exchange \in Exchanges
  /\ anchor \in Anchors
  /\ epoch = 1
  /\ step = "start"
  /\ leak = [at |-> "never", what |-> {}]
  /\ replaced = FALSE
  /\ partner = Nobody
  /\ auth = Nobody
  /\ key = NoKeys
  /\ stolen = {}
  /\ check = "none"
  /\ won = {}

(* Alice and Bob, with Eve on the line.                                    *)

\* The first messages: names, nonces, credentials, shares of the key exchange. Nothing in them is
\* authentic yet; Eve may put her own in the place of both.
Greet(replace) ==
  /\ step = "start"
  /\ step' = "greeted"
  /\ replaced' = replace
  /\ UNCHANGED <<exchange, anchor, epoch, leak, partner, auth, key, stolen, check, won>>

\* Each party asks for a proof over all that was said. The peer's own is right only if Eve put
\* nothing in; hers, if she can make one.
Authenticate ==
  /\ step = "greeted"
  /\ step' = "authenticated"
  /\ partner' = [p \in Party |->
       IF ~replaced THEN "peer" ELSE IF MakesProofsFor(p) THEN "eve" ELSE "none"]
  /\ auth' = [p \in Party |-> IF partner'[p] = "none" THEN "none" ELSE "first"]
  /\ replaced' = FALSE
  /\ UNCHANGED <<exchange, anchor, epoch, leak, key, stolen, check, won>>

InSession == step \in {"authenticated", "handed over"}
AfterSession(made) ==
  /\ key' = [key EXCEPT ![Current] = made]
  /\ step' = IF Current = 1 /\ \E p \in Party : made[p] # "none" THEN "keyed" ELSE "over"
  /\ won' = won \cup (IF \E p \in Party : EveMade(made[p]) THEN {Current} ELSE {})
  /\ UNCHANGED <<exchange, anchor, epoch, leak, replaced, partner, auth, stolen, check>>

\* A session between the parties makes a payload key; Eve records it.
AgreeKey ==
  /\ InSession /\ SameMacKeys
  /\ AfterSession([p \in Party |-> "peer"])

\* Eve takes the light, keeps it until the bases are public, and gives Bob other light.
Tap ==
  /\ InSession /\ SameMacKeys
  /\ IsQuantum(exchange)
  /\ AfterSession([p \in Party |-> TappedRound])

\* Eve runs the session in the peer's place with each party whose tags she can make; the other gets
\* no key. With both ends in her hands she may make their keys equal. (She loses nothing by not
\* leaving out an end; and if she withholds what has to arrive, there is no key at all.)
StandInTheMiddle(steer) ==
  LET middle == {p \in Party : MakesTagsFor(p)}
  IN  /\ InSession
      /\ middle # {}
      /\ steer => middle = Party /\ CanSteer
      /\ AfterSession([p \in Party |->
           IF p \notin middle THEN "none" ELSE IF steer THEN "steered" ELSE "eve"])

\* MAC keys that session 1 made take over; those of the bootstrap, and its credential if it serves
\* once, are destroyed.
HandOver ==
  /\ step = "keyed"
  /\ step' = "handed over"
  /\ auth' = [p \in Party |-> IF key[1][p] = "none" THEN "none" ELSE LaterAuthentication]
  /\ UNCHANGED <<exchange, anchor, epoch, leak, replaced, partner, key, stolen, check, won>>

\* Two people compare fingerprints, over a channel that Eve does not control.
Compare ==
  /\ step = "over"
  /\ step' = "compared"
  /\ check' = IF EqualViews THEN "passed" ELSE "raised"
  /\ UNCHANGED <<exchange, anchor, epoch, leak, replaced, partner, auth, key, stolen, won>>

\* The parties have to authenticate each other anew, because Eve starved them of MAC keys, or
\* because of a crash. What was made before is in use or destroyed, and whatever leaked, leaked
\* before this bootstrap.
BootstrapAgain ==
  /\ epoch = 1 /\ step = "over"
  /\ epoch' = 2
  /\ step' = "start"
  /\ leak' = [leak EXCEPT !.at = IF Leaked THEN "before" ELSE "never"]
  /\ partner' = Nobody
  /\ auth' = Nobody
  /\ key' = NoKeys
  /\ stolen' = {}
  /\ won' = {}
  /\ UNCHANGED <<exchange, anchor, replaced, check>>

(* Eve, besides what she does to the messages above.                       *)

\* Once she gets what she gets. MAC keys leak only while they exist: those of the bootstrap until
\* the handover, those of session 1 from then on.
Leak ==
  /\ ~Leaked /\ epoch = 1 /\ step \in DOMAIN Moment
  /\ \E what \in LeakSets(anchor) :
       /\ leak' = [at |-> Moment[step], what |-> what]
       /\ stolen' = IF "mac" \in what
                    THEN {auth[p] : p \in {q \in Party : auth[q] \in {"first", "block"}}}
                    ELSE {}
       /\ won' = won \cup (IF stolen' = {} THEN {} ELSE ReadWithMacs)
  /\ UNCHANGED <<exchange, anchor, epoch, step, replaced, partner, auth, key, check>>

\* And at last she decrypts what she recorded.
DecryptLater ==
  LET falls == {r \in RoundsOf(epoch) : Recorded(r) /\ RecordFalls(exchange)}
  IN  /\ step = "over"
      /\ ~ falls \subseteq won
      /\ won' = won \cup falls
      /\ UNCHANGED <<exchange, anchor, epoch, step, leak, replaced, partner, auth, key, stolen, check>>

-----------------------------------------------------------------------------
NextHonest ==
  \/ \E replace \in BOOLEAN : Greet(replace)
  \/ Authenticate
  \/ AgreeKey
  \/ HandOver
  \/ Compare
  \/ BootstrapAgain

NextAdversary ==
  \/ Leak
  \/ Tap
  \/ \E steer \in BOOLEAN : StandInTheMiddle(steer)
  \/ DecryptLater

Next == NextHonest \/ NextAdversary

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties: what the matrix must show.                                  *)

\* Every variable stays within its type.
TypeOK ==
  /\ exchange \in Exchanges /\ anchor \in Anchors
  /\ epoch \in {1, 2}
  /\ step \in {"start", "greeted", "authenticated", "keyed", "handed over", "over", "compared"}
  /\ leak.at \in {"never", "before", "during", "after", "handover", "later"}
  /\ leak.what \subseteq Leaks
  /\ replaced \in BOOLEAN
  /\ partner \in [Party -> {"none", "peer", "eve"}]
  /\ auth \in [Party -> {"none", "first", "block", "credential"}]
  /\ key \in [Round -> [Party -> Origin]]
  /\ stolen \subseteq {"first", "block"}
  /\ check \in {"none", "passed", "raised"}
  /\ won \subseteq Round

\* The payload keys that were complete when the leak came.
Early ==
  CASE leak.at = "handover" -> {1}
    [] leak.at = "later" -> {1, 2}
    [] OTHER -> {}
Breaks == {"dh", "ml-kem", "signature", "hash"}
FromRecord(r) == r \in won /\ ~Made(r)

\* R1, the article's claim: a payload key that Eve had no hand in making becomes hers only if a
\* computation that hides it is broken, never because of what authenticated its session. (And she
\* has no hand in a key that was complete before the leak: R5.)
LateBreakOfAuthenticationIsHarmless ==
  \A r \in won : ~Made(r) => leak.what \cap {"dh", "ml-kem", "hash"} # {}

\* R2: a recorded exchange by Diffie-Hellman falls to the break of Diffie-Hellman (or of hashing)
\* and of nothing else; one by ML-KEM likewise.
RecordedExchangeFallsToItsOwnBreakOnly ==
  exchange \in {"dh", "ml-kem"} /\ leak.what \subseteq Breaks =>
    \A r \in Round : FromRecord(r) => leak.what \cap {exchange, "hash"} # {}

\* R3: a recorded hybrid falls only if both of its parts do (or hashing).
HybridNeedsBoth ==
  exchange = "hybrid" /\ leak.what \subseteq Breaks =>
    \A r \in Round : FromRecord(r) => {"dh", "ml-kem"} \subseteq leak.what \/ "hash" \in leak.what

\* R4: a payload key with a quantum part never falls from the record, whatever breaks: QKD with
\* the hybrid is as secret as the better of the two.
QuantumPartIsNeverRecorded ==
  IsQuantum(exchange) /\ leak.what \subseteq Breaks => \A r \in Round : ~FromRecord(r)

\* R5: Eve is a party's partner in a bootstrap only if something leaked before it was over, and in
\* the middle of a session only if something leaked before the session made its key, or if she had
\* the MAC keys from the one before.
MitmNeedsLeakInTime ==
  \A p \in Party :
    /\ partner[p] = "eve" => Leaked /\ (epoch = 1 => leak.at \in {"before", "during"})
    /\ TagsChecked => \A r \in RoundsOf(epoch) :
         WithEve(key[r][p]) => (Leaked /\ r \notin Early) \/ (r = 2 /\ EveMade(key[1][p]))

\* R6: who was in the middle of the bootstrap stays there: a party gets its later keys with her or
\* not at all, unless she makes the keys of both ends equal and leaves of her own will.
MitmPersists ==
  \A p \in Party, r \in RoundsOf(epoch) :
    partner[p] = "eve" => key[r][p] = "none" \/ WithEve(key[r][p]) \/ key[1][p] = "steered"

\* R7: a comparison passes only if Eve made none of the keys since the bootstrap.
ComparisonExposesMitm ==
  check = "passed" => \A r \in RoundsOf(epoch), p \in Party : ~WithEve(key[r][p])

\* R8: after the handover Eve enters a session only with the MAC keys of that session: the window
\* of the bootstrap is closed, and only another bootstrap opens one.
NewWindowOnlyByBootstrap ==
  TagsChecked => \A p \in Party : WithEve(key[2][p]) => HasBlock(p)

\* R9: a leak that has nothing to do with the anchor changes nothing: it makes no proof that anybody
\* takes, and decrypts nothing.
ProofsAreJudged == \A p \in Party : Judges(p)
IrrelevantLeakChangesNothing ==
  leak.what \subseteq Foreign(anchor) /\ ProofsAreJudged =>
    /\ \A p \in Party : partner[p] # "eve"
    /\ \A r \in Round : ~FromRecord(r)

\* R10: a pre-shared key that leaked opens no window but the one of its own bootstrap.
SpentPskOpensNothing ==
  epoch = 2 /\ anchor = "psk" /\ leak.what = {"psk"} /\ ProofsAreJudged =>
    \A p \in Party : partner[p] # "eve"

\* R11: who takes the light gets no key by it.
TappingYieldsNoKey == \A r \in Round, p \in Party : key[r][p] # "tapped"

(***************************************************************************)
(* What is not claimed.                                                    *)
(* - More than one moment of leaking, or a leak after the second bootstrap *)
(*   began: for payload key 3 all moments are before.                      *)
(* - Collisions: a hash function whose collisions give forged signatures   *)
(*   counts as a break of signatures; the digest that two people compare   *)
(*   is taken to be free of collisions that Eve could choose.              *)
(* - Which primitives will break: the matrix says what follows if they do. *)
(* - The memory of a party as a whole (endpoint compromise): see QkdSystem.*)
(***************************************************************************)
=============================================================================
