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

\* Twin KeepsCredential: the credential and old one-time keys are not destroyed at the handover.
KeepAfterCommit(p) == store[p]

\* Twin NobodyLooks: the two people confirm a fingerprint without looking at it.
NobodyLooks == TRUE

\* Twin DecisionOnce: Alice's decision is sent once; if it is lost, Bob is in doubt for ever.
DecisionOnce == TRUE

\* Twin HandoverOnce: messages of the handover are sent once.
HandoverOnce == TRUE

=============================================================================
