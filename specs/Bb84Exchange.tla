---------------------------- MODULE Bb84Exchange ----------------------------
(***************************************************************************)
(* The BB84 exchange between Alice and Bob, from the first pulse to a key  *)
(* that both hold, session after session, with Eve on both channels.       *)
(*                                                                         *)
(* Alice sends pulses, one per slot. Then they talk in strict              *)
(* alternation; message number k of a session is Bob's when k is odd and   *)
(* Alice's when k is even:                                                 *)
(*   DETECTIONS, SIFTING, SAMPLE, PARITIES, (QUERIES, PARITIES)*,          *)
(*   CORRECTED, VERIFICATION, VERIFIED, AMPLIFICATION, CONFIRM, DONE.      *)
(* Either may send ABORT instead: Alice until she has accepted CONFIRM,    *)
(* Bob until he has sent CONFIRM. After that he is in doubt and waits for  *)
(* DONE or for Alice's ABORT; each resends its last message when lost.     *)
(*                                                                         *)
(* Every new message takes the next one-time key (pad) of its direction.   *)
(* Eve reads everything and keeps it; she replays, reorders, reflects and  *)
(* drops messages, forges them, measures and resends pulses or removes     *)
(* them, and may learn a pad at any moment. She can make a good tag only   *)
(* under a pad that she knows.                                             *)
(*                                                                         *)
(* Source: Bennett and Brassard 1984; the order of the steps and the       *)
(* property numbers B1-B19 and L1 from the project's theory, 1, 9, 10.1,   *)
(* 10.5. Probabilities are kept out: tags cannot be guessed, unequal bits  *)
(* have unequal hashes, and the sample bounds what Eve knows (see the      *)
(* closing comment for the price of each).                                 *)
(*                                                                         *)
(* Weak pulses with decoys are not told apart from single photons. That a  *)
(* pulse of several photons gives Eve its bit without a trace is in        *)
(* EveKnows <= Margin, the premise of SecretLen, as all that the sample    *)
(* has to bound; how the intensities bound it is counting, and left to the *)
(* length formula. Alice's choice of intensity is shown in SIFTING beside  *)
(* the basis and is as secret until then: BasisAfterQuantum is about both. *)
(*                                                                         *)
(* The length of a key follows what was counted, or it is fixed before the *)
(* first pulse (LeastKept), and a session outside its limits gives none.   *)
(* That the sample, or what the decoys show, is within its own limits is   *)
(* left to UnderThreshold and to the premise of SecretLen.                 *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Session,           \* the sessions, 1 .. n, one after the other
  Pulses,            \* number of pulses (slots) in a session
  AliceBits,         \* the bits that Alice may prepare, a subset of {"0", "1"}
  AliceBases,        \* the bases that Alice may prepare, a subset of {"Z", "X"}
  BobBases,          \* the bases in which Bob may measure, a subset of {"Z", "X"}
  TestBasis,         \* the basis that tests and makes no key, or "-": any basis does both
  SampleSize,        \* number of positions disclosed to estimate the error rate, if any basis does
  ThresholdPercent,  \* largest error rate accepted in the sample, in percent
  MaxRounds,         \* most PARITIES messages in a session
  ParityBits,        \* how many parities (bits) a PARITIES message may disclose, a set
  HashBits,          \* how many bits a VERIFICATION message discloses
  Margin,            \* bits taken off for what Eve may know of the key when the sample passes
  LeastKept,         \* least bits from which a key of a fixed length is made; 0: no length is fixed
  MostLeak,          \* most bits that may have been disclosed of a key of a fixed length
  MaxSeq,            \* largest message number of a session
  EvesPads,          \* the pads that Eve tries to learn and to forge under
  MaxLosses,         \* most pulses that do not arrive in a session
  MaxTouches,        \* most pulses that Eve intercepts in a session
  MaxLeaks,          \* most pads that Eve learns
  MaxDrops,          \* most messages dropped
  MaxTimeouts        \* most times that a party gives up waiting

Party == {"alice", "bob"}
Basis == {"Z", "X"}
Bit == {"0", "1"}
Pulse == 1 .. Pulses
Seq == 1 .. MaxSeq

ASSUME SessionsCount == Session # {} /\ Session = 1 .. Cardinality(Session)
ASSUME SomePulses == Pulses \in Nat \ {0}
ASSUME AlicePrepares == AliceBits \in SUBSET Bit \ {{}} /\ AliceBases \in SUBSET Basis \ {{}}
ASSUME BobMeasures == BobBases \in SUBSET Basis \ {{}}
ASSUME TestsInBasis == TestBasis \in Basis \cup {"-"}
ASSUME SampleNotEmpty == SampleSize \in Nat \ {0}
ASSUME ThresholdIsRate == ThresholdPercent \in 0 .. 100
ASSUME SomeRound == MaxRounds \in Nat \ {0}
ASSUME ParitiesDisclose == ParityBits \subseteq Nat /\ ParityBits # {}
ASSUME HashDiscloses == HashBits \in Nat \ {0}
ASSUME MarginIsSize == Margin \in Nat
ASSUME LimitsAreCounts == {LeastKept, MostLeak} \subseteq Nat
ASSUME RoomForMessages == MaxSeq \in Nat /\ MaxSeq >= 10 + 2 * MaxRounds
ASSUME PadsCount == EvesPads \subseteq Nat \ {0}
ASSUME BoundsAreCounts == {MaxLosses, MaxTouches, MaxLeaks, MaxDrops, MaxTimeouts} \subseteq Nat

VARIABLES
  session,    \* the current session
  slot,       \* the number of slots of this session that are over
  fibre,      \* the pulse under way: its basis and bit, or Dark
  eve,        \* eve[i]: the basis in which Eve measured and resent pulse i, or "-"
  basis,      \* basis[p][i]: Alice's of pulse i; Bob's if he detected it; else "-"
  raw,        \* raw[p][i]: the bit that p holds for pulse i, or "-" (none, or erased);
              \*   Bob's are corrected in place
  kept,       \* kept[p]: the positions whose bits make p's key
  sample,     \* sample[p]: the disclosed positions, as p knows them
  errors,     \* errors[p]: how many errors p has counted in the sample
  leak,       \* leak[p]: how many bits of the key p has counted as disclosed
  hashes,     \* the hash that Bob was sent equals that of his own key
  length,     \* length[p]: the length of the secret that p has computed, in bits
  secret,     \* secret[p]: the secret of p: "none", "s" (what Alice computed), "t" (another)
  stage,      \* stage[p]: where p is in the protocol
  said,       \* said[p]: the number of the last message p sent in this session, 0 if none
  expect,     \* expect[p]: the number of the next message that p accepts
  heard,      \* heard[p]: the last message that p accepted in this session, or Nothing
  lost,       \* lost[p]: the last message of p has been dropped and not sent again
  sent,       \* all messages ever sent; Eve has them all
  nextPad,    \* nextPad[p]: the next pad of p's direction; over all sessions
  floor,      \* floor[p]: the highest pad under which p has accepted; over all sessions
  leaked,     \* leaked[p]: the pads of p's direction that Eve knows
  drops,      \* how many messages have been dropped
  timeouts,   \* how many times a party has given up
  early,      \* ghost: early[p]: those of leaked[p] that were learnt while still fresh
  deceived    \* ghost: in this session a party accepted what its peer did not mean for it then

quantumVars == <<slot, fibre, eve, basis>>
dataVars == <<kept, sample, errors, leak, hashes, length>>
holdVars == <<raw, secret>>
talkVars == <<stage, said, expect, heard, lost, sent, nextPad, floor, deceived>>
budgetVars == <<drops, timeouts>>
eveVars == <<leaked, early>>
vars == <<session, quantumVars, dataVars, holdVars, talkVars, budgetVars, eveVars>>

Peer(p) == IF p = "alice" THEN "bob" ELSE "alice"
Dark == [basis |-> "-", bit |-> "-"]
NoBits == [i \in Pulse |-> "-"]
Both(x) == [p \in Party |-> x]

AliceTypes == {"SIFTING", "PARITIES", "VERIFICATION", "AMPLIFICATION", "DONE", "ABORT"}
BobTypes == {"DETECTIONS", "SAMPLE", "QUERIES", "CORRECTED", "VERIFIED", "CONFIRM", "ABORT"}
MessageType == AliceTypes \cup BobTypes

(* A message as sent. amount is the number of key bits that it discloses   *)
(* (PARITIES, VERIFICATION), the secret length (AMPLIFICATION), or 0.      *)
(* As received it carries one more field: genuine, whether the peer made   *)
(* exactly this message (FALSE: Eve did).                                  *)
Message(s, p, k, t, j, n) ==
  [session |-> s, from |-> p, seq |-> k, type |-> t, pad |-> j, amount |-> n]
Received(m, g) ==
  [session |-> m.session, from |-> m.from, seq |-> m.seq, type |-> m.type,
   pad |-> m.pad, amount |-> m.amount, genuine |-> g]
Nothing == Received(Message(0, "nobody", 0, "NONE", 0, 0), TRUE)

AliceStages == {"emitting", "sifting", "awaitSample", "estimating", "awaitCorrection",
  "answering", "hashing", "awaitVerified", "seeding", "awaitConfirm", "releasing",
  "key", "aborted"}
BobStages == {"measuring", "awaitSifting", "sampling", "awaitParities", "asking", "correcting",
  "awaitVerification", "verifying", "awaitAmplification", "amplifying", "inDoubt",
  "key", "aborted"}

IsMessage(m) ==
  /\ m.session \in Session
  /\ m.from \in Party
  /\ m.seq \in Seq
  /\ m.type \in MessageType
  /\ m.pad \in Nat \ {0}
  /\ m.amount \in Nat

TypeOK ==
  /\ session \in Session
  /\ slot \in 0 .. Pulses
  /\ fibre \in {Dark} \cup [basis : Basis, bit : Bit]
  /\ eve \in [Pulse -> Basis \cup {"-"}]
  /\ basis \in [Party -> [Pulse -> Basis \cup {"-"}]]
  /\ raw \in [Party -> [Pulse -> Bit \cup {"-"}]]
  /\ kept \in [Party -> SUBSET Pulse]
  /\ sample \in [Party -> SUBSET Pulse]
  /\ errors \in [Party -> 0 .. Pulses]
  /\ leak \in [Party -> Nat]
  /\ hashes \in BOOLEAN
  /\ length \in [Party -> Int]
  /\ secret \in [Party -> {"none", "s", "t"}]
  /\ stage["alice"] \in AliceStages
  /\ stage["bob"] \in BobStages
  /\ DOMAIN stage = Party
  /\ said \in [Party -> Seq \cup {0}]
  /\ expect \in [Party -> 1 .. MaxSeq + 2]
  /\ \A p \in Party : heard[p] = Nothing \/ IsMessage(heard[p])
  /\ lost \in [Party -> BOOLEAN]
  /\ \A m \in sent : IsMessage(m)
  /\ nextPad \in [Party -> Nat \ {0}]
  /\ floor \in [Party -> Nat]
  /\ leaked \in [Party -> SUBSET EvesPads]
  /\ drops \in 0 .. MaxDrops
  /\ timeouts \in 0 .. MaxTimeouts
  /\ early \in [Party -> SUBSET EvesPads]
  /\ deceived \in BOOLEAN

-----------------------------------------------------------------------------
(* Defences. Each is one operator, so that a red twin can remove just it.  *)

\* A tag is good when the peer made the message or Eve knows the pad that it names.
GoodTag(c) == c.genuine \/ c.pad \in leaked[c.from]

TagVerifies(p, c) == c.type # "ABORT" => GoodTag(c)
AbortAuthentic(p, c) == c.type = "ABORT" => GoodTag(c)
SameSession(p, c) == c.session = session
FromPeer(p, c) == c.from = Peer(p)
\* An abort ends the session, whatever else was still under way.
InSequence(p, c) == IF c.type = "ABORT" THEN c.seq >= expect[p] ELSE c.seq = expect[p]
PadFresh(p, c) == c.pad > floor[p]

\* The pad after this one.
AdvancePad(j) == j + 1

\* Bob reports only when every slot is over; Alice reveals only after his report.
MeasurementsOver == slot = Pulses
BasesAfterDetection == stage["alice"] = "sifting"

\* What is known of the sample before the detections are reported: nothing.
SampleAtStart == {}
\* The positions of K at which p chose the basis that tests.
InTestBasis(p, K) == {i \in K : basis[p][i] = TestBasis}

\* Which positions may be the sample. Eve cannot foresee it: it is drawn when she can touch no
\* pulse any more; or it is all that one basis has, and the bases are secret until then.
SampleChoices(p, K) ==
  IF TestBasis = "-" THEN {S \in SUBSET K : Cardinality(S) = SampleSize} ELSE {InTestBasis(p, K)}
SampleDiscarded(K, S) == K \ S
EnoughSifted(p, K) ==
  IF TestBasis = "-" THEN Cardinality(K) > SampleSize ELSE InTestBasis(p, K) \notin {{}, K}

UnderThreshold(p) == 100 * errors[p] <= ThresholdPercent * Cardinality(sample[p])
LeakCounted(n) == n
VerificationPasses == hashes
SeedAfterVerification == stage["alice"] = "seeding"
InsideLimits(p) == Cardinality(kept[p]) >= LeastKept /\ leak[p] <= MostLeak
SecretLength(p) ==
  IF LeastKept = 0 THEN Cardinality(kept[p]) - leak[p] - Margin
  ELSE IF InsideLimits(p) THEN LeastKept - MostLeak - Margin ELSE 0
PositiveLength(p) == SecretLength(p) > 0
LengthAgrees == heard["bob"].amount = SecretLength("bob")

\* What is left of p's bits after an abort: nothing.
EraseOnAbort(p) ==
  /\ raw' = [raw EXCEPT ![p] = NoBits]
  /\ secret' = [secret EXCEPT ![p] = "none"]

\* Bob, once he has confirmed, and Alice, once she has heard it, may not back out.
Committed(p) == stage[p] \in {"inDoubt", "releasing"}

-----------------------------------------------------------------------------
(* Helpers.                                                                *)

Decided(p) == stage[p] \in {"key", "aborted"}
NextSeq(p) == IF said[p] # 0 THEN said[p] + 2 ELSE IF p = "bob" THEN 1 ELSE 2
AllEmitted == \A i \in Pulse : basis["alice"][i] # "-"
Detected == {i \in Pulse : basis["bob"][i] # "-"}
Agreed == {i \in Detected : basis["alice"][i] = basis["bob"][i]}
Differ(K) == {i \in K : raw["alice"][i] # raw["bob"][i]}
Rounds == (expect["bob"] - 4) \div 2      \* PARITIES messages that Bob has accepted
Answered == (expect["alice"] - 3) \div 2   \* PARITIES messages that Alice has sent, while she waits
Flip(b) == IF b = "0" THEN "1" ELSE "0"

Awaits(p) ==
  CASE stage[p] = "emitting" -> IF AllEmitted THEN {"DETECTIONS"} ELSE {}
    [] stage[p] = "awaitSifting" -> {"SIFTING"}
    [] stage[p] = "awaitSample" -> {"SAMPLE"}
    [] stage[p] = "awaitParities" -> {"PARITIES"}
    [] stage[p] = "awaitCorrection" ->
         IF Answered < MaxRounds THEN {"QUERIES", "CORRECTED"} ELSE {"CORRECTED"}
    [] stage[p] = "awaitVerification" -> {"VERIFICATION"}
    [] stage[p] = "awaitVerified" -> {"VERIFIED"}
    [] stage[p] = "awaitAmplification" -> {"AMPLIFICATION"}
    [] stage[p] = "awaitConfirm" -> {"CONFIRM"}
    [] stage[p] = "inDoubt" -> {"DONE"}
    [] OTHER -> {}

LegalHere(p, c) ==
  \/ c.type \in Awaits(p)
  \/ c.type = "ABORT" /\ ~Decided(p) /\ stage[p] # "releasing"

Acceptable(p, c) ==
  /\ SameSession(p, c)
  /\ FromPeer(p, c)
  /\ InSequence(p, c)
  /\ LegalHere(p, c)
  /\ PadFresh(p, c)
  /\ TagVerifies(p, c)
  /\ AbortAuthentic(p, c)

\* Ghost: what the peer meant for p at this point.
Rightful(p, c) ==
  /\ c.genuine
  /\ c.session = session
  /\ c.from = Peer(p)
  /\ IF c.type = "ABORT" THEN c.seq >= expect[p] ELSE c.seq = expect[p]

(* A check that failed: the party must abort.                              *)
CheckFailed(p) ==
  CASE stage[p] = "sifting" -> ~EnoughSifted(p, kept[p])
    [] stage[p] \in {"sampling", "estimating"} -> ~UnderThreshold(p)
    [] stage[p] = "verifying" -> ~VerificationPasses
    [] stage[p] = "seeding" -> ~PositiveLength(p)
    [] stage[p] = "amplifying" -> ~PositiveLength(p) \/ ~LengthAgrees
    [] OTHER -> FALSE

(* The outcomes of measuring light of basis a and bit x in basis b.        *)
Outcomes(a, x, b) == IF a = b THEN {x} ELSE Bit

(* Which of the positions K the parities may make Bob flip: rightly or     *)
(* wrongly, all errors or some.                                            *)
Corrections(K) == SUBSET K

(* The common part of sending a message of type t that carries n.          *)
Send(p, t, n, next) ==
  /\ sent' = sent \cup {Message(session, p, NextSeq(p), t, nextPad[p], n)}
  /\ nextPad' = [nextPad EXCEPT ![p] = AdvancePad(@)]
  /\ said' = [said EXCEPT ![p] = NextSeq(p)]
  /\ lost' = [lost EXCEPT ![p] = FALSE]
  /\ stage' = [stage EXCEPT ![p] = next]
  /\ UNCHANGED <<session, quantumVars, expect, heard, floor, deceived, eveVars>>

SendAbort(p) ==
  /\ Send(p, "ABORT", 0, "aborted")
  /\ EraseOnAbort(p)
  /\ UNCHANGED dataVars

-----------------------------------------------------------------------------
(* Initially, and at the start of each session: nothing sent or measured.  *)

FirstStage == [p \in Party |-> IF p = "alice" THEN "emitting" ELSE "measuring"]
FirstExpected == [p \in Party |-> IF p = "alice" THEN 1 ELSE 2]

Init ==
  /\ session = 1
  /\ slot = 0
  /\ fibre = Dark
  /\ eve = NoBits
  /\ basis = Both(NoBits)
  /\ raw = Both(NoBits)
  /\ kept = Both({})
  /\ sample = Both(SampleAtStart)
  /\ errors = Both(0)
  /\ leak = Both(0)
  /\ hashes = FALSE
  /\ length = Both(0)
  /\ secret = Both("none")
  /\ stage = FirstStage
  /\ said = Both(0)
  /\ expect = FirstExpected
  /\ heard = Both(Nothing)
  /\ lost = Both(FALSE)
  /\ deceived = FALSE
  /\ sent = {}
  /\ nextPad = Both(1)
  /\ floor = Both(0)
  /\ leaked = Both({})
  /\ early = Both({})
  /\ drops = 0
  /\ timeouts = 0

-----------------------------------------------------------------------------
(* Both parties.                                                           *)

\* The next session begins when both have settled the last one. Pads are never set back.
StartSession(s) ==
  /\ s = session + 1
  /\ \A p \in Party : Decided(p)
  /\ session' = s
  /\ slot' = 0
  /\ fibre' = Dark
  /\ eve' = NoBits
  /\ basis' = Both(NoBits)
  /\ raw' = Both(NoBits)
  /\ kept' = Both({})
  /\ sample' = Both(SampleAtStart)
  /\ errors' = Both(0)
  /\ leak' = Both(0)
  /\ hashes' = FALSE
  /\ length' = Both(0)
  /\ secret' = Both("none")
  /\ stage' = FirstStage
  /\ said' = Both(0)
  /\ expect' = FirstExpected
  /\ heard' = Both(Nothing)
  /\ lost' = Both(FALSE)
  /\ deceived' = FALSE
  /\ UNCHANGED <<sent, nextPad, floor, leaked, early, drops, timeouts>>

\* A party whose check failed aborts.
Abort(p) ==
  /\ CheckFailed(p)
  /\ SendAbort(p)
  /\ UNCHANGED budgetVars

\* A party sends its last message again, byte by byte the same, under the same pad.
Resend(p) ==
  /\ lost[p]
  /\ lost' = [lost EXCEPT ![p] = FALSE]
  /\ UNCHANGED <<session, quantumVars, dataVars, holdVars, stage, said, expect, heard, sent,
       nextPad, floor, deceived, budgetVars, eveVars>>

-----------------------------------------------------------------------------
(* Alice sends.                                                            *)

\* Alice prepares pulse i in a random basis with a random bit.
Emit(i) ==
  /\ stage["alice"] = "emitting"
  /\ i = slot + 1
  /\ basis["alice"][i] = "-"
  /\ \E b \in AliceBits, a \in AliceBases :
       /\ fibre' = [basis |-> a, bit |-> b]
       /\ basis' = [basis EXCEPT !["alice"][i] = a]
       /\ raw' = [raw EXCEPT !["alice"][i] = b]
  /\ UNCHANGED <<session, slot, eve, dataVars, secret, talkVars, budgetVars, eveVars>>

\* Alice reveals her bases, draws the sample now, and discloses her bits of it.
SendSifting ==
  /\ BasesAfterDetection
  /\ EnoughSifted("alice", kept["alice"])
  /\ \E S \in SampleChoices("alice", kept["alice"]) :
       /\ sample' = [sample EXCEPT !["alice"] = S]
       /\ kept' = [kept EXCEPT !["alice"] = SampleDiscarded(@, S)]
  /\ Send("alice", "SIFTING", 0, "awaitSample")
  /\ UNCHANGED <<errors, leak, hashes, length, holdVars, budgetVars>>

\* Alice discloses parities, at first on her own, then as queried.
SendParities ==
  /\ \/ stage["alice"] = "estimating" /\ UnderThreshold("alice")
     \/ stage["alice"] = "answering"
  /\ \E n \in ParityBits :
       /\ leak' = [leak EXCEPT !["alice"] = @ + LeakCounted(n)]
       /\ Send("alice", "PARITIES", n, "awaitCorrection")
  /\ UNCHANGED <<kept, sample, errors, hashes, length, holdVars, budgetVars>>

\* Alice discloses a hash of her key under a seed drawn now.
SendVerification ==
  /\ stage["alice"] = "hashing"
  /\ leak' = [leak EXCEPT !["alice"] = @ + LeakCounted(HashBits)]
  /\ Send("alice", "VERIFICATION", HashBits, "awaitVerified")
  /\ UNCHANGED <<kept, sample, errors, hashes, length, holdVars, budgetVars>>

\* Alice draws the seed of privacy amplification, computes the secret, and sends its length.
SendAmplification ==
  /\ SeedAfterVerification
  /\ PositiveLength("alice")
  /\ length' = [length EXCEPT !["alice"] = SecretLength("alice")]
  /\ secret' = [secret EXCEPT !["alice"] = "s"]
  /\ Send("alice", "AMPLIFICATION", IF SecretLength("alice") > 0 THEN SecretLength("alice") ELSE 0,
       "awaitConfirm")
  /\ UNCHANGED <<kept, sample, errors, leak, hashes, raw, budgetVars>>

\* Alice, who knows now that Bob holds the secret, releases the key.
SendDone ==
  /\ stage["alice"] = "releasing"
  /\ raw' = [raw EXCEPT !["alice"] = NoBits]
  /\ Send("alice", "DONE", 0, "key")
  /\ UNCHANGED <<dataVars, secret, budgetVars>>

-----------------------------------------------------------------------------
(* Bob measures and sends.                                                 *)

\* Bob measures pulse i in a random basis. The outcome is the bit of the pulse if the bases
\* agree, and any bit if not.
Measure(i) ==
  /\ stage["bob"] = "measuring"
  /\ i = slot + 1
  /\ fibre # Dark
  /\ slot' = i
  /\ fibre' = Dark
  /\ \E b \in BobBases : \E x \in Outcomes(fibre.basis, fibre.bit, b) :
       /\ basis' = [basis EXCEPT !["bob"][i] = b]
       /\ raw' = [raw EXCEPT !["bob"][i] = x]
  /\ UNCHANGED <<session, eve, dataVars, secret, talkVars, budgetVars, eveVars>>

\* Bob tells which pulses he detected and in which bases, and that he measures no more.
SendDetections ==
  /\ stage["bob"] = "measuring"
  /\ MeasurementsOver
  /\ Send("bob", "DETECTIONS", 0, "awaitSifting")
  /\ UNCHANGED <<dataVars, holdVars, budgetVars>>

\* Bob discloses his bits of the sample.
SendSample ==
  /\ stage["bob"] = "sampling"
  /\ UnderThreshold("bob")
  /\ Send("bob", "SAMPLE", 0, "awaitParities")
  /\ UNCHANGED <<dataVars, holdVars, budgetVars>>

\* Bob asks for more parities.
SendQueries ==
  /\ stage["bob"] = "asking"
  /\ Send("bob", "QUERIES", 0, "awaitParities")
  /\ UNCHANGED <<dataVars, holdVars, budgetVars>>

\* Bob says that he has corrected what he could find.
SendCorrected ==
  /\ stage["bob"] = "correcting"
  /\ Send("bob", "CORRECTED", 0, "awaitVerification")
  /\ UNCHANGED <<dataVars, holdVars, budgetVars>>

\* Bob says that the hashes agree.
SendVerified ==
  /\ stage["bob"] = "verifying"
  /\ VerificationPasses
  /\ Send("bob", "VERIFIED", 0, "awaitAmplification")
  /\ UNCHANGED <<dataVars, holdVars, budgetVars>>

\* Bob computes the secret and says that he holds it. Different bits or a different seed give
\* a different secret, or by accident the same.
SendConfirm ==
  /\ stage["bob"] = "amplifying"
  /\ PositiveLength("bob")
  /\ LengthAgrees
  /\ length' = [length EXCEPT !["bob"] = SecretLength("bob")]
  /\ \E v \in IF /\ ~deceived
                 /\ stage["alice"] # "aborted" => Differ(kept["bob"]) = {}
              THEN {"s"} ELSE {"s", "t"} :
       secret' = [secret EXCEPT !["bob"] = v]
  /\ Send("bob", "CONFIRM", 0, "inDoubt")
  /\ UNCHANGED <<kept, sample, errors, leak, hashes, raw, budgetVars>>

-----------------------------------------------------------------------------
(* Accepting a message: what p makes of its content. The content of a      *)
(* message that is not rightful is Eve's; then the outcome is open. So it  *)
(* is when the peer has erased its bits since: such a session gives no key.*)

Open(p, c) == ~Rightful(p, c) \/ deceived \/ stage[Peer(p)] = "aborted"

ErrorCounts(p, c, S) ==
  IF Open(p, c) THEN 0 .. Cardinality(S) ELSE {Cardinality(Differ(S))}

\* The positions that Bob is said to have detected in Alice's basis.
SiftingClaims == SUBSET Pulse

MakeOfDetections(c) ==
  /\ \E K \in IF Rightful("alice", c) THEN {Agreed} ELSE SiftingClaims :
       kept' = [kept EXCEPT !["alice"] = K]
  /\ stage' = [stage EXCEPT !["alice"] = "sifting"]
  /\ UNCHANGED <<sample, errors, leak, hashes, length, holdVars>>

\* The positions where Bob, if deceived, may take the bases to agree.
SiftingReadings == {K \in SUBSET Detected : EnoughSifted("bob", K)}

MakeOfSifting(c) ==
  /\ \E K \in IF Rightful("bob", c) /\ ~deceived THEN {Agreed} ELSE SiftingReadings :
     \E S \in IF Rightful("bob", c) /\ ~deceived THEN {sample["alice"]} ELSE SampleChoices("bob", K) :
       /\ sample' = [sample EXCEPT !["bob"] = S]
       /\ kept' = [kept EXCEPT !["bob"] = SampleDiscarded(K, S)]
       /\ \E n \in ErrorCounts("bob", c, S) : errors' = [errors EXCEPT !["bob"] = n]
  /\ stage' = [stage EXCEPT !["bob"] = "sampling"]
  /\ UNCHANGED <<leak, hashes, length, holdVars>>

MakeOfSample(c) ==
  /\ \E n \in ErrorCounts("alice", c, sample["alice"]) :
       errors' = [errors EXCEPT !["alice"] = n]
  /\ stage' = [stage EXCEPT !["alice"] = "estimating"]
  /\ UNCHANGED <<kept, sample, leak, hashes, length, holdVars>>

\* Bob flips what the parities make him flip, and knows then whether he wants more of them.
MakeOfParities(c) ==
  /\ \E F \in Corrections(kept["bob"]) :
       raw' = [raw EXCEPT !["bob"] = [i \in Pulse |-> IF i \in F THEN Flip(@[i]) ELSE @[i]]]
  /\ leak' = [leak EXCEPT !["bob"] = @ + LeakCounted(c.amount)]
  /\ \E more \in IF Rounds + 1 < MaxRounds THEN BOOLEAN ELSE {FALSE} :
       stage' = [stage EXCEPT !["bob"] = IF more THEN "asking" ELSE "correcting"]
  /\ UNCHANGED <<kept, sample, errors, hashes, length, secret>>

MakeOfVerification(c) ==
  /\ \E h \in IF Open("bob", c) THEN BOOLEAN ELSE {Differ(kept["bob"]) = {}} : hashes' = h
  /\ leak' = [leak EXCEPT !["bob"] = @ + LeakCounted(c.amount)]
  /\ stage' = [stage EXCEPT !["bob"] = "verifying"]
  /\ UNCHANGED <<kept, sample, errors, length, holdVars>>

\* Messages that only say "go on".
Onward(p, next) ==
  /\ stage' = [stage EXCEPT ![p] = next]
  /\ UNCHANGED <<dataVars, holdVars>>

MakeOfDone(c) ==
  /\ stage' = [stage EXCEPT !["bob"] = "key"]
  /\ raw' = [raw EXCEPT !["bob"] = NoBits]
  /\ UNCHANGED <<dataVars, secret>>

MakeOfAbort(p, c) ==
  /\ stage' = [stage EXCEPT ![p] = "aborted"]
  /\ EraseOnAbort(p)
  /\ UNCHANGED dataVars

MakeOf(p, c) ==
  CASE c.type = "DETECTIONS" -> MakeOfDetections(c)
    [] c.type = "SIFTING" -> MakeOfSifting(c)
    [] c.type = "SAMPLE" -> MakeOfSample(c)
    [] c.type = "PARITIES" -> MakeOfParities(c)
    [] c.type = "QUERIES" -> Onward(p, "answering")
    [] c.type = "CORRECTED" -> Onward(p, "hashing")
    [] c.type = "VERIFICATION" -> MakeOfVerification(c)
    [] c.type = "VERIFIED" -> Onward(p, "seeding")
    [] c.type = "AMPLIFICATION" -> Onward(p, "amplifying")
    [] c.type = "CONFIRM" -> Onward(p, "releasing")
    [] c.type = "DONE" -> MakeOfDone(c)
    [] c.type = "ABORT" -> MakeOfAbort(p, c)

Accept(p, c) ==
  /\ Acceptable(p, c)
  /\ MakeOf(p, c)
  /\ heard' = [heard EXCEPT ![p] = c]
  /\ expect' = [expect EXCEPT ![p] = @ + 2]
  /\ floor' = [floor EXCEPT ![p] = IF c.pad > @ THEN c.pad ELSE @]
  /\ deceived' = (deceived \/ ~Rightful(p, c))
  /\ UNCHANGED <<session, quantumVars, said, lost, sent, nextPad, budgetVars, eveVars>>

\* The message that the network still carries, or that Eve kept: all but a dropped last one.
Carried(m) == ~(lost[m.from] /\ m.session = session /\ m.seq = said[m.from])

\* Message k of session s reaches p: in its turn, or late, early, again, in another session, or
\* back at its own sender. All but the first are refused, which changes nothing. Where Eve has
\* deceived a party, content may fail to fit what the other knows: then it is refused as well.
Receive(p, s, k) ==
  \E m \in sent :
    /\ m.session = s
    /\ m.seq = k
    /\ Carried(m)
    /\ \/ Accept(p, Received(m, TRUE))
       \/ deceived /\ Acceptable(p, Received(m, TRUE)) /\ UNCHANGED vars

-----------------------------------------------------------------------------
(* The environment.                                                        *)

\* Pulse i does not arrive, or Bob's detector misses it. (Eve can do the same.)
Lose(i) ==
  /\ stage["bob"] = "measuring"
  /\ i = slot + 1
  /\ fibre # Dark
  /\ slot - Cardinality(Detected) < MaxLosses
  /\ slot' = i
  /\ fibre' = Dark
  /\ UNCHANGED <<session, eve, basis, dataVars, holdVars, talkVars, budgetVars, eveVars>>

\* A party gives up waiting. Who is committed may not.
Timeout(p) ==
  /\ timeouts < MaxTimeouts
  /\ ~Decided(p)
  /\ ~Committed(p)
  /\ SendAbort(p)
  /\ timeouts' = timeouts + 1
  /\ UNCHANGED drops

\* The last message of p is dropped before its peer has accepted it.
Drop(p) ==
  /\ drops < MaxDrops
  /\ said[p] >= expect[Peer(p)]
  /\ ~lost[p]
  /\ ~Decided(Peer(p))
  /\ lost' = [lost EXCEPT ![p] = TRUE]
  /\ drops' = drops + 1
  /\ UNCHANGED <<session, quantumVars, dataVars, holdVars, stage, said, expect, heard, sent,
       nextPad, floor, deceived, timeouts, eveVars>>

-----------------------------------------------------------------------------
(* Eve. (She also chooses what Receive delivers, Lose and Drop.)           *)

\* Eve measures pulse i in basis b and resends what she saw. She knows Alice's bit if b is
\* Alice's basis.
Intercept(i, b) ==
  /\ i = slot + 1
  /\ fibre # Dark
  /\ eve[i] = "-"
  /\ Cardinality({j \in Pulse : eve[j] # "-"}) < MaxTouches
  /\ eve' = [eve EXCEPT ![i] = b]
  /\ \E x \in Outcomes(fibre.basis, fibre.bit, b) :
       fibre' = [basis |-> b, bit |-> x]
  /\ UNCHANGED <<session, slot, basis, dataVars, holdVars, talkVars, budgetVars, eveVars>>

\* Eve learns pad j of p's direction. It is early while p's peer would still accept it.
LearnPad(p, j) ==
  /\ j \notin leaked[p]
  /\ Cardinality(leaked["alice"]) + Cardinality(leaked["bob"]) < MaxLeaks
  /\ leaked' = [leaked EXCEPT ![p] = @ \cup {j}]
  /\ early' = [early EXCEPT ![p] = IF j > floor[Peer(p)] THEN @ \cup {j} ELSE @]
  /\ UNCHANGED <<session, quantumVars, dataVars, holdVars, talkVars, budgetVars>>

\* What Eve writes into the amount of a forged message.
ForgedAmounts(p, t) ==
  CASE t = "PARITIES" -> ParityBits
    [] t = "VERIFICATION" -> {HashBits}
    [] t = "AMPLIFICATION" -> IF SecretLength(p) > 0 THEN {SecretLength(p), SecretLength(p) + 1}
                              ELSE {1}
    [] OTHER -> {0}

\* Eve sends p just what it waits for, with content of her own, naming pad j.
Forge(p, j) ==
  \E t \in Awaits(p) : \E n \in ForgedAmounts(p, t) :
    Accept(p, Received(Message(session, Peer(p), expect[p], t, j, n), FALSE))

\* Eve sends p an abort, naming pad j.
ForgeAbort(p, j) ==
  /\ Accept(p, Received(Message(session, Peer(p), expect[p], "ABORT", j, 0), FALSE))

-----------------------------------------------------------------------------
(* The whole.                                                              *)

NextHonest ==
  \/ \E i \in Pulse : Emit(i)
  \/ \E i \in Pulse : Measure(i)
  \/ SendDetections \/ SendSifting \/ SendSample \/ SendParities \/ SendQueries
  \/ SendCorrected \/ SendVerification \/ SendVerified \/ SendAmplification
  \/ SendConfirm \/ SendDone
  \/ \E p \in Party, s \in Session, k \in Seq : Receive(p, s, k)
  \/ \E p \in Party : Abort(p)
  \/ \E p \in Party : Resend(p)
  \/ \E s \in Session : StartSession(s)

NextFaulty ==
  \/ \E i \in Pulse : Lose(i)
  \/ \E p \in Party : Timeout(p)
  \/ \E p \in Party : Drop(p)

NextAdversary ==
  \/ \E i \in Pulse, b \in Basis : Intercept(i, b)
  \/ \E p \in Party, j \in EvesPads : LearnPad(p, j)
  \/ \E p \in Party, j \in EvesPads : Forge(p, j)
  \/ \E p \in Party, j \in EvesPads : ForgeAbort(p, j)

Next == NextHonest \/ NextFaulty \/ NextAdversary

(* Each honest step happens in the end when it stays possible.             *)
Fairness ==
  /\ WF_vars(SendDetections)
  /\ WF_vars(SendSifting)
  /\ WF_vars(SendSample)
  /\ WF_vars(SendParities)
  /\ WF_vars(SendQueries)
  /\ WF_vars(SendCorrected)
  /\ WF_vars(SendVerification)
  /\ WF_vars(SendVerified)
  /\ WF_vars(SendAmplification)
  /\ WF_vars(SendConfirm)
  /\ WF_vars(SendDone)
  /\ \A p \in Party :
       /\ WF_vars(\E k \in Seq : Receive(p, session, k))
       /\ WF_vars(Abort(p))
       /\ WF_vars(Resend(p))

Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ Fairness

-----------------------------------------------------------------------------
(* Properties: what is accepted. None of them uses a defence's operator.   *)

MadeByPeer(c) ==
  c.genuine /\ Message(c.session, c.from, c.seq, c.type, c.pad, c.amount) \in sent

\* B1: what a party accepted was made by its peer, or under a pad that Eve knew.
AcceptAuthentic ==
  \A p \in Party : LET c == heard[p] IN
    c # Nothing /\ c.type # "ABORT" => MadeByPeer(c) \/ c.pad \in leaked[c.from]

\* B11: so it is for an abort.
AbortAuth ==
  \A p \in Party : LET c == heard[p] IN
    c.type = "ABORT" => MadeByPeer(c) \/ c.pad \in leaked[c.from]

\* B1: a pad that Eve learns after its use helps her to nothing.
LateLeakHarmless ==
  \A p \in Party : LET c == heard[p] IN
    ~c.genuine /\ c.pad \in leaked[c.from] => c.pad \in early[c.from]

\* B2: no message of another session is accepted.
NoCrossSession == \A p \in Party : heard[p] # Nothing => heard[p].session = session

\* B4: nobody accepts a message of its own.
NoReflection == \A p \in Party : heard[p].from # p

\* B3: the peer's messages are accepted in the order in which they were sent.
InOrder ==
  [][\A p \in Party : LET c == heard'[p] IN
       session' = session /\ expect'[p] # expect[p] /\ c.from = Peer(p)
         => IF c.type = "ABORT" THEN c.seq >= expect[p] ELSE c.seq = expect[p]]_vars

\* B9: a pad authenticates one message ever.
PadOnce ==
  \A m, n \in sent : m.from = n.from /\ m.pad = n.pad => m = n

-----------------------------------------------------------------------------
(* Properties: what is revealed, and when. Where Eve knew a pad in time    *)
(* she may have deceived a party, and then nothing is promised.            *)

Revealed(t) == \E m \in sent : m.session = session /\ m.type = t

\* B8: Alice's bases are revealed only when no pulse can be touched any more.
BasisAfterQuantum == Revealed("SIFTING") /\ ~deceived => slot = Pulses

\* B14: the sample is drawn only when no pulse can be touched any more.
SubsetAfterQuantum == sample["alice"] # {} /\ ~deceived => slot = Pulses

\* B12: the seed of privacy amplification is revealed only after Bob has verified his key.
SeedAfterCorrection == Revealed("AMPLIFICATION") /\ ~deceived => Revealed("VERIFIED")

\* B13: what was disclosed as the sample is no part of the key.
TestBitsDiscarded ==
  Revealed("SIFTING") => \A p \in Party : sample[p] \cap kept[p] = {}

\* B18: where one basis tests, all of the sample is in it, and nothing of the key.
TestBasisApart ==
  TestBasis # "-" /\ Revealed("SIFTING") /\ ~deceived =>
    \A p \in Party : sample[p] # {} =>
      /\ \A i \in sample[p] : basis["alice"][i] = TestBasis
      /\ \A i \in kept[p] : basis["alice"][i] # TestBasis

RECURSIVE Total(_)
Total(S) == IF S = {} THEN 0 ELSE LET m == CHOOSE m \in S : TRUE IN m.amount + Total(S \ {m})

Disclosing == {m \in sent : m.session = session /\ m.type \in {"PARITIES", "VERIFICATION"}}

\* B15: both count as disclosed what was on the wire; Bob as far as he has heard, until he hears of
\* an abort.
LeakExact ==
  ~deceived =>
    /\ leak["alice"] = Total(Disclosing)
    /\ \/ leak["bob"] = Total({m \in Disclosing : m.seq < expect["bob"]})
       \/ heard["bob"].type = "ABORT"

-----------------------------------------------------------------------------
(* Properties: the key.                                                    *)

\* B5: over the threshold no party accepts a key.
ThresholdGate ==
  \A p \in Party : stage[p] = "key" =>
    sample[p] # {} /\ 100 * errors[p] <= ThresholdPercent * Cardinality(sample[p])

\* B6: when a party has a key, its peer, unless it has aborted, holds the same.
Correct ==
  \A p \in Party : stage[p] = "key" /\ stage[Peer(p)] # "aborted" /\ ~deceived =>
    secret["alice"] # "none" /\ secret["alice"] = secret["bob"]

EveKnows(p) == Cardinality({i \in kept[p] : eve[i] = basis["alice"][i]})

\* B7: if the sample did not lie about Eve, the key is as short as what she may know demands.
SecretLen ==
  \A p \in Party : stage[p] = "key" /\ ~deceived /\ EveKnows(p) <= Margin =>
    length[p] <= Cardinality(kept[p]) - leak[p] - EveKnows(p)

\* B19: where a length is fixed, every key has it, whatever was counted.
LengthFixed ==
  LeastKept # 0 /\ ~deceived =>
    \A p \in Party : stage[p] = "key" => length[p] = LeastKept - MostLeak - Margin

\* B17: a key has at least one bit.
KeyNeedsPositiveLength == \A p \in Party : stage[p] = "key" => length[p] > 0

\* B10: when both have decided, they have decided the same.
VerdictAgree == Decided("alice") /\ Decided("bob") /\ ~deceived => stage["alice"] = stage["bob"]

\* B16: who has aborted holds no bit of the session any more.
AbortReleasesNothing ==
  \A p \in Party : stage[p] = "aborted" => raw[p] = NoBits /\ secret[p] = "none"

\* What a party has decided it does not take back.
VerdictStands ==
  [][\A p \in Party : session' = session /\ Decided(p) => stage'[p] = stage[p]]_vars

-----------------------------------------------------------------------------
(* Liveness, under FairSpec.                                               *)

\* L1: once the pulses are through, Alice and Bob decide.
Terminates == slot = Pulses ~> Decided("alice") /\ Decided("bob")

(***************************************************************************)
(* What is not claimed. That tags cannot be guessed (each costs an epsilon *)
(* of the authentication code), that unequal keys have unequal hashes      *)
(* (2^-HashBits or so), that the sample tells the truth about Eve (the     *)
(* finite-key bound: the premise EveKnows <= Margin of SecretLen), that    *)
(* the seeds are random, that the devices are what they should be. If Eve  *)
(* knew a pad before its use, only that what follows is confined to the    *)
(* session. Nothing is said about when a new session begins.               *)
(***************************************************************************)
=============================================================================
