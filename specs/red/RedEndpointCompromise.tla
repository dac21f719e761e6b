----------------------- MODULE RedEndpointCompromise ------------------------
(***************************************************************************)
(* Each twin leaves something in memory, or tells less than the truth.     *)
(***************************************************************************)
EXTENDS MCEndpointCompromise

\* Twin CredentialKept: a spent credential stays.
KeepsCredential(x, l, p) == {}

\* Twin EphemeralKept: the secrets of an exchange stay when it is over.
KeepsEphemeral(x, l, p) == {}

\* Twin UsedKept: one-time keys stay after use.
KeepsUsed(x, l, p) == {}

\* Twin PoolKept: what is left of a block stays when the next takes its place.
KeepsBlocks(x, l, p) == {}

\* Twin DeliveredKept: the end keeps a copy of what the application took.
KeepsDelivered(x, l, p) == {}

\* Twin RawBitsHarmless: Eve is said to make nothing of raw bits, but all of a private key.
ReadsRawBitsInVain(x, e) == IF x = "qkd" THEN held[x][e] ELSE Derive(held[x][e])

\* Twin SealedMemory: Eve is said not to read what is live.
ReadsNothing(x, e) == {}

\* Twin GroupCredential: one credential serves every link.
ServesAll(l) == Links

\* Twin NamelessSecrets: the ends hold what is no secret of the model.
NamelessAtStart ==
  /\ progress = [e \in Ends |-> Start]
  /\ held = [x \in Exchanges |-> [e \in Ends |->
       {Credential(LinkOf(e)), <<LinkOf(e), "key", 0, 0>>}]]
  /\ compromised = {}
  /\ loot = [x \in Exchanges |-> [e \in Ends |-> {}]]

=============================================================================
