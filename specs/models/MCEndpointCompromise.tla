------------------------ MODULE MCEndpointCompromise -------------------------
(***************************************************************************)
(* Three devices in a row make one link that does not touch a device of    *)
(* the other's far end; two rounds tell an old block from a new one.       *)
(***************************************************************************)
EXTENDS EndpointCompromise

TwoLinks == {<<"alice", "bob">>, <<"alice", "carol">>}
OneLink == {<<"alice", "bob">>}

\* An end is read in the middle of an exchange: its outcome is lost before it is there.
ReachOutcomeLostBeforeItIsThere ==
  \E x \in Exchanges, e \in Read :
    /\ progress[e].phase = "exchanging"
    /\ Application(LinkOf(e), progress[e].round + 1) \in loot[x][e]

\* A used key is lost, because the credential that it came from is live.
ReachUsedKeyLostWithTheCredential ==
  \E x \in Exchanges, e \in Read :
    progress[e].round = 0 /\ Pad(LinkOf(e), 0, 1) \in loot[x][e] \ held[x][e]

\* An end is read after a round is over and delivered: nothing of that round is lost but the block.
ReachDeliveredRoundSafe ==
  \E x \in Exchanges, e \in Read :
    /\ progress[e].round = 1 /\ progress[e].waiting = {} /\ progress[e].phase = "standing"
    /\ loot[x][e] \subseteq Block(LinkOf(e), 1)

\* Nothing at all is lost.
ReachNothingToLose ==
  \E x \in Exchanges : Read # {} /\ \A e \in Read : loot[x][e] = {}

\* One device is read, and a link has no part in it.
ReachOtherLink ==
  \E l \in Links : compromised # {} /\ {l[1], l[2]} \cap compromised = {}

=============================================================================
