-------------------------- MODULE RedAuthBootstrap --------------------------
(***************************************************************************)
(* One defence removed each.  An operator named here replaces the one that *)
(* models/AuthBootstrap.json says, and exactly the named property falls.   *)
(***************************************************************************)
EXTENDS MCAuthBootstrap

\* TypeOK.  Alice enters a phase that the protocol does not have.
UnknownPhase == "unheard-of"

\* NoExpired.  Nobody looks at the dates: Eve waits until an old credential can be used.
AnyTime(p, q) == TRUE

\* NoRevoked.  Nobody asks whether a credential is revoked when a run begins.
RevocationUnasked(p, q) == TRUE

\* TrustRule, PKI.  A chain that ends in no configured authority will do: Eve founds one.
\* TrustRule, PSK.  A key that no courier brought will do: Eve reads the factory default.
AnyAnchor(p, q) == TRUE

\* TrustRule, web of trust.  One marginally trusted introducer will do: Eve befriends one.
OneMarginal(p, q) ==
  CredentialOf(KeyOf(q, p)).full >= 1 \/ CredentialOf(KeyOf(q, p)).marginal >= 1

\* KeyUsage.  A credential issued for anything will do, such as one for a web page.
AnyUse(p, q) == TRUE

\* RevokeDuringRun.  A revocation is noted but does not stop what runs.  Two operators, because
\* a notice can come while the parties authenticate each other and while session 1 runs: with
\* either of them alone the other would still stop the one or the other.
RunGoesOn(p) == FALSE
SessionGoesOn == FALSE

\* MutualAuthentication.  Alice is content with the Challenge and never learns whether Bob
\* accepted her.
DoneAtOnce == "done"

\* NoReflection.  The proof does not say which message it is part of: Eve calls Bob in Alice's
\* name and sends his own proof back to him.
AnyKind(m, t) == TRUE

\* InjectiveAgreement.  The nonces are not part of the proof: Eve replays Alice's old proof.
AnyNonces(m, t) == TRUE

\* InjectiveAgreement.  A party uses one nonce for all its runs: the same.
StaleNonce(p) == 1

\* NoUnknownKeyShare.  The names are not part of the proof: Alice calls Eve, who passes her proof
\* on to Bob; he believes to share a session with Alice, she with Eve.
AnyNames(m, t) == TRUE

\* ChannelBinding.  Any enrolled subject will do: Eve passes for Bob under her own credential.
AnySubject(p, m, q) == TRUE

\* NoDowngrade.  Offer and choice are not part of the proof: Eve cuts the strong method out.
AnyMethods(m, t) == TRUE

\* WindowOnly.  A later session falls back to the bootstrap credential.
FallsBack(i) == "credential"

\* MitmNeedsSecret.  Only Alice verifies; Bob takes any proof: one-sided authentication.
OnlyAliceVerifies(p, m) == p = "bob" \/ (m.good /\ CanCheck(p, m.key))

\* MitmNeedsSecret.  Only Bob verifies.
OnlyBobVerifies(p, m) == p = "alice" \/ (m.good /\ CanCheck(p, m.key))

\* PersistentMitm.  The authentication keys of later sessions are derived from the credential, so
\* that who steals it later can enter later.
PoolFromCredential(i) == {"credential"}

\* SecretIndependence.  The credential is mixed into the delivered keys.
MixesCredential(i) == {"quantum", "credential"}

\* Everlasting.  The key comes from a computational key exchange: Eve records now and breaks later.
ComputationalExchange(i) == {"exchange"}

\* Completes.  A party waits for ever for an answer that Eve withholds.
WaitsForEver == TRUE

\* Completes.  A session that runs need not come to an end.
NeverEnds == TRUE
=============================================================================
