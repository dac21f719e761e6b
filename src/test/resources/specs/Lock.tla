-------------------------------- MODULE Lock --------------------------------
(* A lock that one of several clients may hold, with a queue of requests.   *)
(* It exists to test the bridge: actions with parameters, records,          *)
(* sequences, sets, a function, defined guards and LET.                     *)
EXTENDS Naturals, Sequences, FiniteSets

CONSTANTS
  Clients,   \* names of the clients
  MaxQueue   \* the longest queue

ASSUME MaxQueue \in Nat /\ MaxQueue > 0

VARIABLES
  holder,    \* the client that holds the lock, or "none"
  queue,     \* requests waiting, oldest first
  grants,    \* how often each client got the lock
  log        \* the kinds of event that have happened

vars == <<holder, queue, grants, log>>

Request(c) == [client |-> c, kind |-> "request"]

TypeOK ==
  /\ holder \in Clients \cup {"none"}
  /\ queue \in Seq({Request(c) : c \in Clients})
  /\ grants \in [Clients -> Nat]
  /\ log \subseteq {"ask", "grant", "free"}

Init ==
  /\ holder = "none"
  /\ queue = <<>>
  /\ grants = [c \in Clients |-> 0]
  /\ log = {}

Waiting(c) == \E i \in 1..Len(queue) : queue[i].client = c

HasRoom == Len(queue) < MaxQueue

Ask(c) ==
  /\ ~Waiting(c)
  /\ HasRoom
  /\ holder # c
  /\ queue' = Append(queue, Request(c))
  /\ log' = log \cup {"ask"}
  /\ UNCHANGED <<holder, grants>>

Grant(c, bonus) ==
  /\ holder = "none"
  /\ queue # <<>>
  /\ Head(queue).client = c
  /\ LET more == grants[c] + 1 + bonus
     IN /\ more < 4
        /\ grants' = [grants EXCEPT ![c] = more]
  /\ holder' = c
  /\ queue' = Tail(queue)
  /\ log' = log \cup {"grant"}

Free ==
  /\ holder # "none"
  /\ holder' = "none"
  /\ log' = log \cup {"free"}
  /\ UNCHANGED <<queue, grants>>

\* Drops some request: a choice that is not a parameter.
Lose ==
  /\ \E i \in 1..Len(queue) :
       queue' = SubSeq(queue, 1, i - 1) \o SubSeq(queue, i + 1, Len(queue))
  /\ UNCHANGED <<holder, grants, log>>

Next ==
  \/ \E c \in Clients : Ask(c)
  \/ \E c \in Clients, bonus \in 0..1 : Grant(c, bonus)
  \/ Free
  \/ Lose

Spec == Init /\ [][Next]_vars

(* Properties *)
OneRequestEach ==
  \A i, j \in 1..Len(queue) : i # j => queue[i].client # queue[j].client

HolderWasGranted ==
  \A c \in Clients :
    holder = c => /\ grants[c] > 0
                  /\ "grant" \in log

GrantsGrow == [][\A c \in Clients : grants'[c] >= grants[c]]_vars

LogGrows == [][log \subseteq log']_vars

SomeoneHolds == holder # "none"

QueueFull == Len(queue) = MaxQueue

NotABoolean == Len(queue)

Unevaluable == Head(queue).client = "a"

Always(P) == P
=============================================================================
