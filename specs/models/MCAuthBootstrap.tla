-------------------------- MODULE MCAuthBootstrap --------------------------
(***************************************************************************)
(* Finite instances of AuthBootstrap, and what must be reachable in them.  *)
(*                                                                         *)
(* Why the bounds suffice.  Two runs for each party: a replay needs an old *)
(* run and a new one, and no check compares more than two runs.  Two       *)
(* sessions: the first rests on the credential, the second on the chain,   *)
(* and session i looks at session i - 1 only.  Two methods: a weaker and a *)
(* stronger one are what a downgrade needs.  Three instants: before,       *)
(* within and after validity.  One nonce of Eve's own: parties never       *)
(* compare nonces of hers with each other.                                 *)
(* Not every dimension is in every model: the models with two runs have a  *)
(* single method and a single instant (whatever is compared, is compared   *)
(* within one proof, and credentials are checked at the start of each run  *)
(* separately), those with one run have the rest.  PKI and web of trust    *)
(* differ in the rule of trust alone, so the latter needs one run.         *)
(***************************************************************************)
EXTENDS AuthBootstrap

NoKey == {}
Sound == {[full |-> 1, marginal |-> 0]}
SoundOrNot == {[full |-> 1, marginal |-> 0], [full |-> 0, marginal |-> 0]}
Introduced == {[full |-> 1, marginal |-> 0], [full |-> 0, marginal |-> 3],
               [full |-> 0, marginal |-> 2]}

\* Alice's whole offer, and what a downgrade makes of it: so that chains of random actions do not
\* spend most of their Hellos on offers that nobody made.
WholeOrWeak == {{1, 2}, {1}}

\* Both parties are done with each other and see the same run.
MutuallyDone ==
  /\ \A p \in Party : st[p].ph = "done" /\ st[p].peer = Other(p)
  /\ SameView

ReachMutualByCertificates == Anchor = "pki" /\ MutuallyDone
ReachMutualByIntroduction == Anchor = "wot" /\ MutuallyDone
ReachMutualByPresharedKey == Anchor = "psk" /\ MutuallyDone

\* Web of trust: three marginal introducers were enough on both sides.
ReachIntroducedByThree ==
  MutuallyDone /\ \A k \in HonestKey : cred[k].full = 0 /\ cred[k].marginal = 3

\* Eve, under her own name, is an honest peer of either party.
ReachHonestWithEve == \A p \in Party : st[p].ph = "done" /\ st[p].peer = "eve"

\* The credential was stolen in time: Eve has the keys of both sessions.
ReachTheftBefore ==
  sess[1].known /\ sess[2].known /\ sess[1].bad /\ ~broken

\* The primitive broke in time: the same.
ReachBreakBefore ==
  sess[1].known /\ sess[2].known /\ sess[1].bad /\ stolen = {}

\* Credential stolen and primitive broken after session 1: Eve has nothing.
ReachTheftAfter ==
  /\ sess[2].ph = "done" /\ ~sess[1].bad /\ stolen # {} /\ broken
  /\ ~sess[1].known /\ ~sess[2].known

\* Eve stole in time, but was not there when session 1 ran: she has nothing either.
ReachUnusedTheft ==
  /\ sess[2].ph = "done" /\ sess[1].bad /\ ~sess[1].known /\ ~sess[2].known

\* Expiry and revocation after session 1 do not disturb session 2.
ReachOutlivesCredential ==
  /\ sess[2].ph = "done" /\ clock > ValidTo /\ \E p \in Party : revoked[p]

\* A revocation was heard of in the middle of the run, which stopped.
ReachRevocationStopsRun ==
  \E p \in Party : late[p] /\ st[p].ph = "failed" /\ sess[1].ph = "none"

\* A revocation was heard of during session 1, which stopped.
ReachRevocationStopsSession == sess[1].ph = "aborted"

\* All is well but for one thing, and for that a call is refused.
Calls == ENABLED Call("bob")
Checks(trust, use, valid, heard) ==
  /\ st["alice"].ph = "idle"
  /\ TrustedUnder(Anchor, CredentialOf(KeyOf("bob", "alice"))) = trust
  /\ (CredentialOf(KeyOf("bob", "alice")).use = "authentication") = use
  /\ (ValidFrom <= clock /\ clock <= ValidTo) = valid
  /\ revoked["alice"] = heard
ReachUntrustedRefused == Checks(FALSE, TRUE, TRUE, FALSE) /\ ~Calls
ReachWrongUseRefused == Checks(TRUE, FALSE, TRUE, FALSE) /\ ~Calls
ReachEarlyRefused == Checks(TRUE, TRUE, FALSE, FALSE) /\ clock < ValidFrom /\ ~Calls
ReachExpiredRefused == Checks(TRUE, TRUE, FALSE, FALSE) /\ clock > ValidTo /\ ~Calls
ReachRevokedRefused == Checks(TRUE, TRUE, TRUE, TRUE) /\ ~Calls

\* Eve cut the strong method out of Alice's offer; Bob's answer is no use to her.
ReachDowngradeRefused ==
  /\ st["alice"].ph = "called" /\ st["alice"].peer = "bob"
  /\ st["bob"].ph = "challenged" /\ st["bob"].peer = "alice"
  /\ st["bob"].na = st["alice"].na
  /\ st["bob"].choice < Max(AliceMethods \cap BobMethods)
  /\ ~ \E nb \in Nonce, choice \in Method : ENABLED TakeChallenge(nb, choice)

\* Alice's proof of an old run is in Eve's hands, and no use to her in a new one.
ReachReplayRefused ==
  /\ st["bob"].ph = "challenged" /\ st["bob"].peer = "alice" /\ runs["bob"] = 2
  /\ \E a \in accepted : a.at = "bob" /\ a.peer = "alice"
  /\ ~ ENABLED TakeProof

\* Eve called Bob in Alice's name; his own proof, sent back to him, is no use to her.
ReachReflectionRefused ==
  /\ st["bob"].ph = "challenged" /\ st["bob"].peer = "alice" /\ st["bob"].na = 0
  /\ runs["alice"] = 0
  /\ ~ ENABLED TakeProof

\* Alice has proved to Eve who she is, for the very nonces that Bob waits for; he refuses.
ReachKeyShareRefused ==
  /\ st["alice"].ph = "proved" /\ st["alice"].peer = "eve"
  /\ st["bob"].ph = "challenged" /\ st["bob"].peer = "alice"
  /\ SameView
  /\ ~ ENABLED TakeProof
=============================================================================
