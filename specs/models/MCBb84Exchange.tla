-------------------------- MODULE MCBb84Exchange ----------------------------
(***************************************************************************)
(* Finite instances. Why the bounds suffice:                               *)
(* - All bits "0" and all of Alice's bases "Z" (all models but Conform):   *)
(*   flipping both parties' bits at a position, or swapping the two bases  *)
(*   at it, maps behaviours to behaviours and leaves every property as it  *)
(*   is, so one bit and one basis of Alice stand for all.                  *)
(* - The sample is the lowest positions: a permutation of the pulses maps  *)
(*   any sample to these, and Eve's and Bob's choices at the pulses are    *)
(*   all there in every order.                                             *)
(* - Where one basis tests (Biased), Alice sends in both bases, as the two *)
(*   are no longer alike.                                                  *)
(* - Where a length is fixed (Fixed), four pulses of which two may be lost  *)
(*   give a key of as many bits as are demanded, of more, and of fewer, and *)
(*   a leak within its limit and above.                                    *)
(* - Two sessions: what crosses sessions is old messages and pad counters, *)
(*   and any pair of sessions shows how those meet.                        *)
(* - Three pulses give a sample of one and a key of two bits, one of which *)
(*   Eve may know and one of which may be wrong; two rounds of parities    *)
(*   give a message that could be accepted twice.                          *)
(***************************************************************************)
EXTENDS Bb84Exchange

LowestSample(p, K) ==
  {S \in SUBSET K :
    /\ Cardinality(S) = SampleSize
    /\ \A i \in S, j \in K \ S : i < j}

\* Eve, who pretends to be Bob, claims to have detected every pulse in Alice's basis.
AllDetected == {Pulse}

\* Bob, deceived, takes the bases to agree where they do, or everywhere.
FewReadings == {K \in {Agreed, Detected} : EnoughSifted("bob", K)}

\* All errors are corrected, or none, or one bit is flipped that may have been right.
SomeCorrections(K) ==
  {{}, Differ(K)} \cup {{i} : i \in {j \in K : \A k \in K : j <= k}}

-----------------------------------------------------------------------------
(* Reachability goals.                                                     *)

Key(p) == stage[p] = "key"
Aborted(p) == stage[p] = "aborted"
Touched == {i \in Pulse : eve[i] # "-"}

\* Both hold a key.
ReachBothHoldKey == Key("alice") /\ Key("bob") /\ ~deceived

\* Both hold a key of one basis, and the other has tested.
ReachKeyOfOneBasis == TestBasis # "-" /\ ReachBothHoldKey

\* Both hold a key of a fixed length, of more bits than it demands.
ReachKeyOfFixedLength ==
  LeastKept # 0 /\ ReachBothHoldKey /\ Cardinality(kept["alice"]) > LeastKept

\* All is well but for a leak above its limit, and both have aborted.
ReachLeakTooGreat ==
  /\ LeastKept # 0 /\ ~deceived /\ timeouts = 0
  /\ Aborted("alice") /\ Aborted("bob")
  /\ hashes /\ Cardinality(kept["alice"]) >= LeastKept /\ leak["alice"] > MostLeak

\* Eve was there, the sample shows it, and both have aborted.
ReachEveDetected ==
  /\ Touched # {}
  /\ ~deceived
  /\ 100 * errors["bob"] > ThresholdPercent * Cardinality(sample["bob"])
  /\ Aborted("alice") /\ Aborted("bob")

\* A key is accepted although Eve knows a bit of what it was made from.
ReachKeyDespiteEve == ReachBothHoldKey /\ EveKnows("alice") > 0

\* An error survives the correction and the hashes show it.
ReachResidualErrorCaught ==
  /\ stage["bob"] = "verifying"
  /\ ~hashes
  /\ Differ(kept["bob"]) # {}
  /\ ~deceived

\* An error is corrected and a key comes of it.
ReachErrorCorrected ==
  ReachBothHoldKey /\ \E i \in kept["bob"] : eve[i] \notin {"-", basis["alice"][i]}

\* A party has accepted the abort of its peer.
ReachAbortHeard == \E p \in Party : heard[p].type = "ABORT" /\ heard[p].genuine

\* Bob, in doubt, is told that there is no key.
ReachDoubtEndsInAbort ==
  Aborted("bob") /\ length["bob"] > 0 /\ heard["bob"].type = "ABORT"

\* Eve learns a pad when both hold a key made under it, and nothing is lost.
ReachLateLeak == ReachBothHoldKey /\ \E p \in Party : leaked[p] # {} /\ early[p] = {}

\* A message of the first session that was never accepted is there in the second when its number
\* and type are just what is waited for under a fresh pad.
ReachReplayAcrossSessions ==
  \E p \in Party, m \in sent :
    /\ m.session < session
    /\ m.from = Peer(p) /\ m.seq = expect[p] /\ m.type \in Awaits(p) /\ m.pad > floor[p]

\* The last message, DONE, has been dropped and Bob is in doubt.
ReachDoneLost == lost["alice"] /\ Key("alice") /\ stage["bob"] = "inDoubt"

\* A message was dropped, sent again, and both hold a key.
ReachKeyAfterDrop == ReachBothHoldKey /\ drops > 0

\* The second session gives a key.
ReachSecondKey == ReachBothHoldKey /\ session = 2

\* Eve, who knew a pad in time, makes the parties hold different keys.
ReachDeceivedKey ==
  Key("alice") /\ Key("bob") /\ secret["alice"] # secret["bob"] /\ deceived

=============================================================================
