----------------------- MODULE MCRecordNowDecryptLater ----------------------
(***************************************************************************)
(* One leak of any set of secrets at one of five moments, two sessions     *)
(* after the first bootstrap and one after the second: a third session     *)
(* after the first would stand to the second as that does to the first     *)
(* handover; a third bootstrap would be like the second. The complete      *)
(* model has all exchanges, anchors and leaks: the matrix is read off its  *)
(* states. The small one has what the twins and goals need: of the two     *)
(* asymmetric anchors one, of the secrets of a credential one each.        *)
(***************************************************************************)
EXTENDS RecordNowDecryptLater

\* Everything leaks and breaks when all is over, and keys made by QKD stay secret.
ReachEverythingLeaksLate ==
  /\ IsQuantum(exchange) /\ leak = [at |-> "later", what |-> Leaks \cap Own(anchor)]
  /\ step = "compared" /\ won = {}
  /\ \A r \in {1, 2}, p \in Party : key[r][p] = "peer"

\* ML-KEM breaks when all is over, and both recorded keys are Eve's.
ReachDecryptedLater ==
  exchange = "ml-kem" /\ leak = [at |-> "later", what |-> {"ml-kem"}] /\ won = {1, 2} /\ check = "none"

\* Nobody can see that from a fingerprint.
ReachDecryptedUnseen == won = {1, 2} /\ check = "passed"

\* Eve, who was in the middle of the bootstrap, still is when the credential has long been replaced.
ReachPersistentMitm ==
  \A p \in Party : partner[p] = "eve" /\ auth[p] = "block" /\ key[2][p] = "eve"

\* The comparison exposes her, also if she made the keys of both ends equal,
ReachMitmExposed == check = "raised" /\ \A p \in Party : key[2][p] = "eve"
ReachSteeredKeysExposed == check = "raised" /\ \A p \in Party : key[2][p] = "steered"

\* and also if she left after that.
ReachExposedAfterLeaving ==
  /\ check = "raised"
  /\ \A p \in Party : key[1][p] = "steered" /\ key[2][p] = "peer"

\* Eve tries without a secret, and is refused.
ReachRefused == \A p \in Party : step = "authenticated" /\ partner[p] = "none"

\* MAC keys that leak while they are in use let her in: to the next payload key, not to the last.
ReachEntersWithMacKeys ==
  /\ IsQuantum(exchange) /\ leak = [at |-> "handover", what |-> {"mac"}]
  /\ step = "over" /\ won = {2}

\* A credential that leaked too late for the first bootstrap is in time for the second.
ReachNewWindow == IsQuantum(exchange) /\ leak.what = {"end-entity"} /\ epoch = 2 /\ won = {3}

=============================================================================
