-------------------------- MODULE RedBb84Exchange ---------------------------
(***************************************************************************)
(* Twins of the BB84 exchange, each with one defence gone.                 *)
(***************************************************************************)
EXTENDS MCBb84Exchange

\* Twin ThirdBit: a flipped bit is no bit. (Replaces Flip.)
NoBit(b) == "2"

\* Twin NoTags: messages are not authenticated, so Eve is whom she likes. (TagVerifies.)
AnyTag(p, c) == TRUE

\* Twin UnauthenticatedAbort: anybody can end a session. (AbortAuthentic.)
AnyAbort(p, c) == TRUE

\* Twin OldPadAccepted: a pad may be named again, so a pad learnt after its use lets Eve forge
\* the messages that are still to come. (PadFresh.)
AnyPad(p, c) == TRUE

\* Twin AnySession: what was sent but never accepted in one session is accepted in the next.
\* (SameSession.)
AcrossSessions(p, c) == TRUE

\* Twin OwnMessageAccepted: a party that has aborted accepts its own abort, reflected. Two
\* operators: a message is legal in one direction only, so the check of the sender alone
\* matters only once the check of the type lets something through. (FromPeer, LegalHere.)
FromAnybody(p, c) == TRUE
LegalOrOwnAbort(p, c) ==
  \/ c.type \in Awaits(p)
  \/ c.type = "ABORT" /\ ~Decided(p) /\ stage[p] # "releasing"
  \/ c.type = "ABORT" /\ stage[p] = "aborted" /\ c.from = p

\* Twin AnyOrder: the parities of the first round are accepted again for those of the second.
\* Two operators: a pad is named only once, which alone keeps old messages out. (InSequence,
\* PadFresh.)
AnyOrder(p, c) == TRUE

\* Twin PadReused: the counter of pads stands still. (AdvancePad.)
SamePad(j) == j

\* Twin BasesTooEarly: Alice reveals her bases while pulses are under way. She then has no
\* sifted positions yet, so she draws no sample. Three operators, to leave the draw of the
\* sample out of it. (BasesAfterDetection, EnoughSifted, SampleChoices.)
BasesAnyTime == stage["alice"] \in {"emitting", "sifting"}
NoneOrEnough(p, K) == K = {} \/ Cardinality(K) > SampleSize
SampleIfSifted(p, K) == IF K = {} THEN {{}} ELSE LowestSample(p, K)

\* Twin SampleKnownEarly: a sample has been drawn before the pulses are sent. (SampleAtStart.)
FirstPulse == {1}

\* Twin SeedTooEarly: the seed is revealed before Bob has verified his key.
\* (SeedAfterVerification.)
SeedAnyTime == stage["alice"] \in {"awaitVerified", "seeding"}

\* Twin SampleKept: the disclosed bits stay in the key. (SampleDiscarded.)
SampleStays(K, S) == K

\* Twin SampleFromBothBases: where one basis should test, a sample of both does, and the rest of
\* both makes the key. (SampleChoices.)
LowestOfAny(p, K) == LowestSample(p, K)

\* Twin LeakForgotten: disclosed bits are not counted. (LeakCounted.)
Uncounted(n) == 0

\* Twin NoThreshold: no error rate is too high. (UnderThreshold.)
AnyRate(p) == TRUE

\* Twin NoVerification: Bob says that the hashes agree without looking. (VerificationPasses.)
AlwaysPasses == TRUE

\* Twin NothingTakenOff: the key is as long as the bits it is made from. (SecretLength.)
FullLength(p) == Cardinality(kept[p])

\* Twin LimitsIgnored: a key of a fixed length is made of whatever there is. (InsideLimits.)
AnyLimits(p) == TRUE

\* Twin FewerBits: of the limits only that of the leak is looked at. (InsideLimits.)
LeakLimitOnly(p) == leak[p] <= MostLeak

\* Twin LengthFollowsCounts: where a length is fixed, a key is as long as the counts allow.
\* (SecretLength.)
CountedLength(p) ==
  IF InsideLimits(p) THEN Cardinality(kept[p]) - leak[p] - Margin ELSE 0

\* Twin EmptyKey: a key of no bits is a key. (PositiveLength.)
AnyLength(p) == TRUE

\* Twin DoubtAborts: Bob gives up waiting after he has confirmed. (Committed.)
OnlyAliceCommitted(p) == stage[p] = "releasing"

\* Twin BitsSurviveAbort: an abort leaves the bits where they are. (EraseOnAbort.)
NothingErased(p) == UNCHANGED holdVars

\* Twin AbortTakenBack: Bob, who has aborted, waits for DONE after all. (Resend.)
ResendOrWait(p) ==
  /\ p = "bob"
  /\ stage[p] = "aborted"
  /\ stage' = [stage EXCEPT ![p] = "inDoubt"]
  /\ UNCHANGED <<session, quantumVars, dataVars, holdVars, said, expect, heard, lost, sent,
       nextPad, floor, deceived, budgetVars, eveVars>>

\* Twin NeverAgain: a dropped message is not sent again. (Resend.)
NeverResend(p) == FALSE /\ UNCHANGED vars

=============================================================================
