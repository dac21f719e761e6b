---------------------- MODULE RedRecordNowDecryptLater ----------------------
(***************************************************************************)
(* Each twin takes away one thing that keeps payload keys from Eve.        *)
(***************************************************************************)
EXTENDS MCRecordNowDecryptLater

\* TypeOK. What leaks when all is over leaks at a moment that nobody has heard of.
NoSuchMoment ==
  [s \in {"start", "greeted", "authenticated", "handed over", "over"} |->
     CASE s = "start" -> "before"
       [] s = "greeted" -> "during"
       [] s = "authenticated" -> "after"
       [] s = "handed over" -> "handover"
       [] s = "over" -> "some day"]

\* LateBreakOfAuthenticationIsHarmless. Payload keys are the same bits as the MAC keys: who gets
\* these later has read what was encrypted before.
SameBitsForBoth == {r \in Round : Recorded(r)}

\* LateBreakOfAuthenticationIsHarmless. The payload key is derived from the credential.
DerivedFromCredential == (CredentialOf(anchor) \ SpentCredentials) \cap Has # {}

\* RecordedExchangeFallsToItsOwnBreakOnly. Whatever is configured, Diffie-Hellman is what runs.
AlwaysDiffieHellman(x) == "dh" \in Has

\* HybridNeedsBoth. What is configured as hybrid runs with Diffie-Hellman alone.
RunsWithLess == "dh" \in Has

\* QuantumPartIsNeverRecorded. QKD and the hybrid are combined by a hash function, which breaks.
CombinedByHash(x) == x = "qkd+hybrid" /\ DerivationFalls

\* MitmNeedsLeakInTime. Only Alice asks for a proof: one-sided authentication.
OnlyAliceJudges(p) == p = "alice"

\* MitmPersists. Nobody checks tags: who was in the middle can be passed by, and everybody can come.
TagsUnchecked == FALSE

\* ComparisonExposesMitm. The fingerprint is one of the newest key alone.
Newest(p) == CHOOSE r \in RoundsOf(epoch) \cup {0} :
  /\ r = 0 \/ key[r][p] # "none"
  /\ \A s \in RoundsOf(epoch) : s > r => key[s][p] = "none"
KeyAlone ==
  LET a == Newest("alice") b == Newest("bob")
  IN a = b /\ (a = 0 \/ (key[a]["alice"] = key[b]["bob"] /\ key[a]["alice"] # "eve"))

\* ComparisonExposesMitm. It covers what was said in the last session only: Eve makes the keys of
\* session 1 equal, and leaves.
LastSessionAlone ==
  LET a == Newest("alice") b == Newest("bob")
  IN a = b /\ (a = 0 \/ \A p \in Party : key[a][p] \in {"peer", "tapped"})

\* NewWindowOnlyByBootstrap. The credential authenticates later sessions, too.
CredentialForEver == "credential"

\* IrrelevantLeakChangesNothing. Any credential will do, whatever anchor is configured.
AnyCredential(a) == {"end-entity", "authority", "introducers", "psk"}

\* SpentPskOpensNothing. The pre-shared key is used for the second bootstrap, too.
UsedAgain == {}

\* TappingYieldsNoKey. Nobody counts errors.
ErrorsUncounted == "tapped"

=============================================================================
