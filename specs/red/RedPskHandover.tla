---------------------------- MODULE RedPskHandover ----------------------------
(***************************************************************************)
(* PskHandover with one defence removed. Each operator below takes the     *)
(* place of one of the specification; the twin must then violate exactly   *)
(* the property that is named with it, and no other.                       *)
(***************************************************************************)
EXTENDS MCPskHandover

\* TypeOK. A message is sent that the protocol has no name for.
NoKind == ""

\* NoPadReuse, A13. A repeated PREPARE is computed anew, with a fresh hash, under the same key: two
\* messages under one pad, and Eve learns the difference of their hashes.
RepeatedAnew(m) == IF m.kind = "PREPARE" THEN [m EXCEPT !.sum = 0] ELSE m

\* NoPadReuse, A13. PREPARE that is said anew, under another key, hashes the block under another seed,
\* and masks it by the same pad of the block: enough of them are equations for all of the block.
SeedDrawnAnew(b) == hwm["alice"][3]

\* NoPadReuse, A15. After a crash the process starts from its first key, and takes keys from a copy
\* of the block that it kept outside of the store.
RewoundNext(p) == <<hwm[p][1], hwm[p][2], 0>>
AvailableInCopy(p, pos) ==
  pos[3] < Full /\ \E k \in store[p] : k[1] = p /\ k[3] = pos[2]

\* NoPadReuse, A15. A restored party takes the peer's word that all is well, or does not ask. (Where
\* the peer has heard all that was said, so that only the keys that are used again are wrong.)
InStepAnyway ==
  \/ /\ epoch["alice"] = epoch["bob"]
     /\ \A p \in Party : Cur(p) >= 0 /\ ~Behind(p)
     /\ BlocksFit
  \/ /\ epoch["alice"] = epoch["bob"]
     /\ \A p \in Party : Cur(p) = 0 /\ used[p] = heard[Peer(p)]

\* NoPadReuse, A15. A restored party gets the credential of an epoch that it had before. (Where it had
\* accepted nothing in that epoch, all that it said was heard, and the peer does not forget that, so
\* that nothing is wrong but that it uses its keys again.)
GivenAgain(p, e) ==
  \/ e > enrolled[p]
  \/ /\ ~Before(<<e, 0, 0>>, accepted[p])
     /\ used[p] = accepted[Peer(p)]
     /\ ~restored[Peer(p)] /\ image[Peer(p)] = {}

\* CommitAgreement, A17. Bob answers ACK without comparing the hashes.
MatchesAnyway(p, m) == TRUE

\* CommitImpliesPeerReady, A18. Alice commits what she has staged without asking Bob.
ReadyUnasked(p, b) ==
  \/ st[p][b] = "prepared"
  \/ st[p][b] = "staged" /\ \A m \in net : m.kind # "PREPARE"

\* CommitImpliesPeerReady, A18. The parties compare their keys and not their blocks: Bob was put back
\* to before he prepared, with the key of the ACK taken already.
AnyBlocksFit == TRUE

\* TxOnlyVerifiable, A18. Bob goes on talking under the old block when he has prepared the new one;
\* Alice commits, erases the old block, and cannot verify what is on its way.
TalksAnyway(p) == TRUE

\* NoReplayAccept, A8. The receiver looks at no sequence, and verifies with a copy of the block that
\* is never wiped. Eve delivers a message a second time.
AnySequence(p, m) == TRUE
HoldsForEver(p, k) == IF k[1] = p THEN k \in store[p] ELSE TRUE

\* NoReplayAccept, A8. A restored party accepts again what it had accepted since the backup.
NoFloorAfterMeeting(p) == NoFloor

\* DurableAhead, A15. The mark is not raised when a key is taken.
MarkLeft(p) == hwm[p]

\* BootErased, A38. The bootstrap block is kept when the first block is committed.
RetiredButBootstrap(p, b) == {c \in Blocks \ {0} : c < b /\ st[p][c] # "none"}

\* NoResurrect, A16. A restart forgets which blocks were given up.
ForgetsTheDead(p) ==
  [b \in Blocks |-> IF b > Cur(p) /\ st[p][b] = "dead" THEN "none" ELSE st[p][b]]

\* CounterMonotone, A15. A restart takes the mark back to the last key that was really used.
UsedMark(p) ==
  LET said == {m.index : m \in {x \in net : x.from = p /\ x.epoch = epoch[p] /\ x.block = Cur(p)}}
  IN IF Cur(p) = -1 THEN hwm[p] ELSE <<epoch[p], Cur(p), MaxOf({-1} \cup said) + 1>>

\* EpochMonotone, A16. A party that is rolled back in its second epoch believes the epoch that the
\* old image names. Nobody comes to enrol it, for in the operator's book it is enrolled; so that
\* nothing else goes wrong.
EpochOfImage(p) == IF epoch[p] = 0 THEN 1 ELSE 0
EnrolsTheEnrolled(p) == Cur(p) >= 0 /\ (Exhausted(p) \/ epoch[Peer(p)] > epoch[p])

\* ReserveFloor, A20. DATA may use the reserve.
AllOrdinary(p, i) == TRUE

\* NetGrowth, A20. A block that is eaten up by its own refill is staged all the same.
AnyLength(l) == TRUE

\* RoleSplit, A36. The part for applications overlaps the keys of Bob.
Overlapping(p, b) ==
  AppPart(epoch[p], b) \cup {Key("bob", <<epoch[p], b, i>>) : i \in {length[p][b] - 1}}

\* Zeroised, A36. The key of an accepted message stays in the store.
NothingWiped(p, m) == {}

\* BoundedAttempts. A key survives one forgery more than is allowed.
BurnLate(n) == n > MaxAttempts

\* ExhaustionStops, A20. When the keys are gone the refill goes on under keys past the block's end.
AvailablePastTheEnd(p, pos) == Key(p, pos) \in store[p] \/ pos[3] = length[p][Cur(p)]

\* BoundedAttempts. Attempts under the keys of an epoch that is over are still on record.
OldTriesKept(p) == tries[p]

\* AttemptsKept. A crash forgets what was tried.
TriesForgotten(p) == {}

\* MeetingForgets. What was said before the meeting is accepted.
NothingIsPast(p, pos) == FALSE
NothingForgotten(p, pos) == {}

\* ApartIsSilent, A15. A party that has come up uses its keys before it has met its peer.
UsesAnyway(p) == TRUE

\* Settles. Bob keeps to himself that he lost a block.
NeverGivesUp(b) == FALSE

\* Settles. Bob gives up blocks that Alice may not have: she asks about one, and he answers about
\* another.
GivesUpUnseen(b) == TRUE

\* Settles. A NAK that was lost is not repeated.
RepeatedButNak(m) == m.kind # "NAK"

\* BothSettle. A COMMIT that was lost is not repeated.
RepeatedButCommit(m) == m.kind # "COMMIT"
=============================================================================
