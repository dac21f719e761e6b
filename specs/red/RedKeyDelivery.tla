---------------------------- MODULE RedKeyDelivery ----------------------------
(***************************************************************************)
(* KeyDelivery with one defence removed. Each operator below takes the     *)
(* place of one of the specification; the twin must then violate exactly   *)
(* the property that is named with it, and no other.                       *)
(***************************************************************************)
EXTENDS MCKeyDelivery

\* TypeOK. A caller is told something that the protocol has no word for.
NoWord == "?"

\* No key is accepted: for twins after which a pad or a key_ID that is repeated and accepted would
\* break more than the property that is named.
NoneAccepted(s, m) == FALSE

\* PadsOnce. A restart forgets what was taken and what is pending: the next key is announced under
\* the same pads.
FreshBeforeTaking(s) == fresh[s] \cup Pieces(pending[s])
NothingPending(s) == {}

\* PadsOnce. A block that the link gives again after a crash is taken in again.
AnyBlock(s, b) == b <= taken[s] + 1

\* PadsOnce. A repeated announcement is judged anew, and answered differently under the same pad.
JudgedAnew(a) == [a EXCEPT !.verdict = "refused"]

\* IdsNeverRepeat. Each site counts its own keys for their key_IDs.
OwnCount(s) == Cardinality({r \in named : r.from = s}) + 1

\* SameKey, A17. The holder reserves the bytes that come next in its own copy of the stream.
NextHere(s, m) ==
  LET N == FreshOf(s, m.from) IN <<m.from, First(N \ {First(N)})>>

\* DeliverOnce, A37. That a slave has fetched a key is not noted.
NotNoted(k, c) == k

\* IdBinding, A35. Any slave of the master gets the key.
AnySlave(c, m, k) == k.master = m /\ c \notin k.fetched

\* IdBinding. Whoever asks may have keys with anybody.
AnyPair(c, S) == TRUE

\* KeyStaysInside, A34. The announcement brings the holder the key itself.
KeyInTheClear(x) == {x}

\* NoAuthKeyDelivered, A36. The key is cut from the front of the piece, where the pads are.
FromTheFront(pads, next) == pads

\* NoAuthKeyDelivered, A36. The stream begins with the hash keys.
WholeHalf(b) == {HashAt(b)} \cup StreamOf(b)

\* OnlyHealthy. What the tests say is not heeded.
AnyBits(b) == TRUE

\* GivenOnlyAfterAccepted. The master is given the key at once.
AtOnce(p) == TRUE

\* Zeroised. The bytes of a spent key stay in the store.
NothingErased(k) == {}

\* WaitsOnlyIfWanted. What is given up is not withdrawn.
GivenUpUnsaid(p) == {}

\* BacklogBounded. Every key is reserved.
AlwaysRoom(s, m) == TRUE

\* BacklogBounded. Places are counted in all, not for each slave.
RoomInAll(s, m) ==
  Cardinality(Places({k \in Backlog(s) : k.id \notin m.withdrawn})) + Cardinality(m.slaves)
    <= MaxBacklog

\* BacklogBounded. A key takes one place, for however many slaves it waits.
RoomForOne(s, m) == Cardinality({k \in Backlog(s) : k.id \notin m.withdrawn}) < MaxBacklog

\* BoundedAttempts. One failure more is borne.
OneMore(t) == t <= MaxAttempts

\* RefusalChangesNothing. The key_ID of a refused key is kept as if it had been here.
KeptAsSpent(m) ==
  IF m.id = 0 THEN {}
  ELSE {[id |-> m.id, bytes |-> <<m.from, m.key>>, master |-> m.master, slaves |-> m.slaves,
         fetched |-> m.slaves]}

\* Settles. An announcement that was lost is not said again.
SaidOnce(m) == FALSE

\* FetchedInTheEnd. The first slave that fetches a key uses it up for the others.
UsedUp(k, c) == [k EXCEPT !.fetched = k.slaves]
=============================================================================
