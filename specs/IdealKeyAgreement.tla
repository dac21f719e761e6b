------------------------- MODULE IdealKeyAgreement --------------------------
(***************************************************************************)
(* What any key agreement must look like from outside, on one page.        *)
(*                                                                         *)
(* The parties ask for keys by an identifier and are given values. Under   *)
(* one identifier both are given the same value, that value is given under *)
(* no other identifier, and nobody else knows it. A party may wait for     *)
(* ever: nothing is promised about availability.                           *)
(*                                                                         *)
(* The promise may be withdrawn for identifiers that are still open (its   *)
(* premise failed: the root of trust was in Eve's hands while the parties  *)
(* authenticated, or she read the memory of a party). It can never be      *)
(* withdrawn once the value is in the hands of both: nobody can go back in *)
(* time. This is what quantum key distribution adds to key agreement.      *)
(*                                                                         *)
(* Source: the ideal functionality of key exchange in the composability    *)
(* literature (Canetti and Krawczyk 2001), with everlasting secrecy as in  *)
(* Mosca, Stebila and Ustaoglu 2013; theory of this project, section 5.4.  *)
(***************************************************************************)
CONSTANTS
  Party,        \* who are given keys
  Id,           \* identifiers of keys
  Value,        \* values of keys
  None          \* no value yet

ASSUME NoneIsNoValue == None \notin Value

VARIABLES
  given,        \* given[p][i]: the value that party p was given under i, or None
  known,        \* the values that Eve knows
  lost          \* the identifiers for which the promise has been withdrawn

vars == <<given, known, lost>>

TypeOK ==
  /\ given \in [Party -> [Id -> Value \cup {None}]]
  /\ known \in SUBSET Value
  /\ lost \in SUBSET Id

-----------------------------------------------------------------------------
(* Helpers: each is one clause of the promise.                             *)

SameForAll(i, v) == \A p \in Party : given[p][i] \in {None, v}
NotUsedBefore(i, v) == \A p \in Party, j \in Id \ {i} : given[p][j] # v
Secret(v) == v \notin known
Settled(i) == \A p \in Party : given[p][i] # None

\* Eve may learn a value only if it is given under no identifier that is still promised.
MayLeak(v) == \A p \in Party, i \in Id : given[p][i] = v => i \in lost'

\* The promise may be withdrawn only while some party has yet to be given the key.
MayBeLost(i) == ~Settled(i)

-----------------------------------------------------------------------------
(* Actions.                                                                *)

Init ==
  /\ given = [p \in Party |-> [i \in Id |-> None]]
  /\ known = {}
  /\ lost = {}

\* Party p is given the key with identifier i, once.
Deliver(p, i) ==
  /\ given[p][i] = None
  /\ UNCHANGED <<known, lost>>
  /\ \E v \in Value :
       /\ i \notin lost => SameForAll(i, v)
       /\ i \notin lost => NotUsedBefore(i, v)
       /\ i \notin lost => Secret(v)
       /\ given' = [given EXCEPT ![p][i] = v]

\* A premise fails: the promise is withdrawn for some open identifiers, and Eve learns some values.
Breach ==
  /\ UNCHANGED given
  /\ lost' \in SUBSET Id
  /\ lost \subseteq lost'
  /\ \A i \in lost' \ lost : MayBeLost(i)
  /\ known' \in SUBSET Value
  /\ known \subseteq known'
  /\ \A v \in known' \ known : MayLeak(v)

Next ==
  \/ \E p \in Party, i \in Id : Deliver(p, i)
  \/ Breach

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Properties.                                                             *)

\* Parties that were given a promised key were given the same.
Agreement ==
  \A i \in Id \ lost : \A p, q \in Party :
    given[p][i] # None /\ given[q][i] # None => given[p][i] = given[q][i]

\* Eve knows no promised key that was given to anybody.
Secrecy ==
  \A i \in Id \ lost : \A p \in Party : given[p][i] \notin known

\* A value is given under one promised identifier only.
FreshForEach ==
  \A i, j \in Id \ lost : \A p, q \in Party :
    i # j /\ given[p][i] # None => given[p][i] # given[q][j]

\* What a party was given never changes.
GivenOnce ==
  [][\A p \in Party, i \in Id : given[p][i] # None => given'[p][i] = given[p][i]]_vars

\* The promise for a key that both have been given is never withdrawn.
Everlasting ==
  [][\A i \in Id : i \notin lost /\ Settled(i) => i \notin lost']_vars

(***************************************************************************)
(* What is not claimed: that a key is ever given (liveness belongs to the  *)
(* protocols), how long it is, and anything about a lost identifier.       *)
(***************************************************************************)
=============================================================================
