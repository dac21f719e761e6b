package org.eveproof.session;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.eveproof.handover.BlockState;
import org.eveproof.handover.LedgerPosition;
import org.eveproof.handover.Rejoining;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;

/**
 * How a conversation begins between ends that may have been apart: each says where its ledger
 * stands. No key is used for it.
 *
 * <p>Alice speaks and Bob answers. A Bob who has restarted calls first, so that an Alice who waits
 * for something else begins anew.
 */
final class Reunion implements LinkStage {
  private final Party self;
  private final boolean newEpoch;
  private final boolean exhausted;
  private final LedgerPosition position;
  private final Bits nonce;
  private Optional<PositionMessage> mine = Optional.empty();
  private Optional<PositionMessage> theirs = Optional.empty();

  /**
   * Prepares a reunion.
   *
   * @param position where this end stands
   * @param newEpoch whether an operator wants this end to bootstrap anew
   * @param exhausted whether this end has no key left for what it would have to say
   */
  Reunion(
      Party self,
      LedgerPosition position,
      boolean newEpoch,
      boolean exhausted,
      SecretRandom random) {
    this.self = self;
    this.position = position;
    this.newEpoch = newEpoch;
    this.exhausted = exhausted;
    this.nonce = random.publicBits(PositionMessage.NONCE_BITS);
  }

  @Override
  public List<LinkEffect> begin() {
    return say(PositionMessage.NOTHING);
  }

  private List<LinkEffect> say(Bits answered) {
    PositionMessage message =
        new PositionMessage(self, nonce, answered, newEpoch, exhausted, position);
    mine = Optional.of(message);
    return List.of(new LinkEffect.Send(message.encode()));
  }

  @Override
  public Optional<List<LinkEffect>> receive(byte[] bytes) {
    Optional<PositionMessage> message =
        PositionMessage.parse(bytes).filter(parsed -> parsed.sender() == self.peer());
    if (theirs.isPresent() || message.isEmpty()) {
      return Optional.empty();
    }
    if (self == Party.ALICE) {
      // Bob's call is no answer; Alice's clock repeats the question.
      theirs = message.filter(answer -> answer.answered().equals(nonce));
      return theirs.map(answer -> List.of());
    }
    theirs = message;
    return Optional.of(say(message.get().nonce()));
  }

  @Override
  public List<LinkEffect> giveUp() {
    return List.of();
  }

  @Override
  public boolean isOver() {
    return theirs.isPresent();
  }

  @Override
  public Optional<String> failure() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Nothing here is secret.
  }

  /** Returns what the peer said. */
  PositionMessage theirs() {
    return theirs.orElseThrow(() -> new IllegalStateException("the peer has said nothing yet"));
  }

  /** Returns whether these bytes are the peer's and begin a conversation that is not this one. */
  boolean isOlderThan(byte[] bytes) {
    Optional<PositionMessage> other =
        PositionMessage.parse(bytes).filter(parsed -> parsed.sender() == self.peer());
    return other.isPresent()
        && theirs.isPresent()
        && !other.get().nonce().equals(theirs.get().nonce());
  }

  /** Returns what both said, Alice first. */
  byte[] transcript() {
    byte[] own = mine.map(PositionMessage::encode).orElse(new byte[0]);
    byte[] other = theirs().encode();
    return self == Party.ALICE
        ? PositionMessage.sha256(own, other)
        : PositionMessage.sha256(other, own);
  }

  /** Returns the identifier of the session that follows: new each time, for both nonces are in. */
  long session() {
    return ByteBuffer.wrap(transcript()).getLong();
  }

  private LedgerPosition of(Party party) {
    return party == self ? position : theirs().position();
  }

  /** Returns whether a handover that was begun has to be ended first, as Alice's ledger tells. */
  boolean leavesAHandover() {
    LedgerPosition alice = of(Party.ALICE);
    boolean open =
        alice.newestState().filter(state -> state == BlockState.STAGED).isPresent()
            || alice.newestState().filter(state -> state == BlockState.PREPARED).isPresent();
    boolean heardUnderCurrent =
        alice.heard().block() == alice.current() && alice.heard().index() > 0;
    return open || (alice.current() > 0 && !heardUnderCurrent);
  }

  /** Returns how many blocks were in line since the bootstrap, as Alice's ledger tells. */
  int blocksSoFar() {
    return Math.max(0, of(Party.ALICE).newest());
  }

  /** Returns whether operators at both ends want a new bootstrap, whatever there is. */
  boolean isBootstrapWanted() {
    return newEpoch && theirs().newEpoch();
  }

  /** Returns whether an end has no key left for what it would have to say. */
  boolean isExhausted() {
    return exhausted || theirs().exhausted();
  }

  /** Returns whether nobody has left the bootstrap's keys, or operators at both ends let it be. */
  boolean mayBootstrap() {
    return isBootstrapWanted() || (position.current() <= 0 && theirs().position().current() <= 0);
  }

  /** Returns what is out of step, and how to mend it, in one line. */
  String explain(Rejoining standing) {
    LedgerPosition other = theirs().position();
    String what =
        switch (standing) {
          case IN_STEP -> "the ledgers are in step";
          case THIS_IS_OLD ->
              "this end's ledger is an old copy: its next key is "
                  + position.next()
                  + ", and the other end has accepted keys up to "
                  + other.heard();
          case PEER_IS_OLD ->
              "the other end's ledger is an old copy: its next key is "
                  + other.next()
                  + ", and this end has accepted keys up to "
                  + position.heard();
          case OTHER_EPOCH ->
              "this end is in epoch " + position.epoch() + ", the other in " + other.epoch();
          case NO_KEYS -> "this end's ledger has no keys: its store was lost, or given up as old";
          case PEER_HAS_NO_KEYS ->
              "the other end's ledger has no keys: its store was lost, or given up as old";
          case OUT_OF_STEP ->
              "this end uses block " + position.current() + ", the other " + other.current();
        };
    return what
        + "; no key is used. To mend it, bring both ends a new credential and start both with"
        + " --new-epoch";
  }

  /** Returns the epoch of a new bootstrap: one that neither end has ever had keys in. */
  int nextEpoch() {
    LedgerPosition other = theirs().position();
    int epoch = Math.max(position.epoch(), other.epoch());
    boolean taken =
        (position.epoch() == epoch && position.current() >= 0)
            || (other.epoch() == epoch && other.current() >= 0);
    return taken ? epoch + 1 : epoch;
  }
}
