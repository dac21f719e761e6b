---------------------------- MODULE RedQkdSystem ----------------------------
(***************************************************************************)
(* Each twin takes away one thing that keeps the whole together.           *)
(***************************************************************************)
EXTENDS MCQkdSystem

\* Twin Rumour: what Eve is said to know is not a secret of the system at all.
Rumour(a) == {[kind |-> "rumour", epoch |-> a.epoch, round |-> a.round, of |-> "both"]}

\* Twin TappedFibre: a round succeeds although Eve tapped the fibre (threshold not enforced, or
\* leak counted short): she knows the application's part of its key, and nobody notices.
TappedKey(a) == {SecretOf("key", a)}

\* Twin NoVerification: residual errors are not looked for; each party ends up with its own key.
AnyKeys(a, b) == TRUE

\* Twin FallBack: the parties go on to authenticate with what the bootstrap gave them, although
\* they have handed over to newer keys.
FallBack(p) == BootKeysOf(p)

\* Twin KeepsFetchedKeys: a copy of each key stays behind when the application has fetched it.
KeepAfterFetch(p, k) == store[p]

\* The oldest keys of p in K, as they leave the key management.
Out(p, K, what, to) ==
  {[key |-> k, what |-> SecretOf(what, k), to |-> to] :
     k \in {i \in K : \A j \in Waiting(p) : i.round <= j.round}}

\* Twin HandsOutAgain: a key that was fetched is handed out again.
HandsOutAgain(p) == Out(p, {k \in made[p] : Running}, "key", p)

\* Twin AnyApplication: at Alice's site, whatever application asks is given the key.
AnyApplication(p) == Out(p, Waiting(p), "key", IF p = "alice" THEN "stranger" ELSE p)

\* Twin DeliversOutside: Alice's key is delivered across the boundary of the site.
DeliversOutside(p) == Out(p, Waiting(p), "key", IF p = "alice" THEN "outside" ELSE p)

\* Twin PartsOverlap: what is delivered is the block of one-time keys.
PartsOverlap(p) == Out(p, Waiting(p), "block", p)

\* Twin KeepsCredential: the credential and old one-time keys are not destroyed at the handover.
KeepAfterCommit(p) == store[p]

\* Twin NobodyLooks: the two people confirm a fingerprint without looking at it.
NobodyLooks == TRUE

\* Twin DecisionOnce: Alice's decision is sent once; if it is lost, Bob is in doubt for ever.
DecisionOnce == TRUE

\* Twin HandoverOnce: messages of the handover are sent once.
HandoverOnce == TRUE

=============================================================================
