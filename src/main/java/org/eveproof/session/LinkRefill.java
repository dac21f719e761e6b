package org.eveproof.session;

import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.Frame;
import org.eveproof.handover.BlockState;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.MessageKind;
import org.eveproof.protocol.Party;

/** The handover of a round's key to the ledger as a stage of the link. */
final class LinkRefill implements LinkStage {
  private final Party self;
  private final Ledger ledger;
  private final int block;
  private boolean settled;
  private boolean stuck;

  /** Prepares the handover of the block that the ledger has just staged. */
  LinkRefill(Party self, Ledger ledger) {
    this.self = self;
    this.ledger = ledger;
    this.block = ledger.newest();
  }

  @Override
  public List<LinkEffect> begin() {
    return speakIfDue();
  }

  @Override
  public Optional<List<LinkEffect>> receive(byte[] bytes) {
    Optional<Frame> frame = Frame.parse(bytes).filter(ledger::receive);
    if (frame.isEmpty()) {
      return Optional.empty();
    }
    List<LinkEffect> answer = speakIfDue();
    // Bob is through when he has answered for the last time, Alice when she has heard that answer.
    settled =
        isCommitted()
            ? self == Party.BOB || frame.get().header().type() == MessageKind.DONE.type()
            : ledger.state(block) == BlockState.DEAD;
    return Optional.of(answer);
  }

  private List<LinkEffect> speakIfDue() {
    Optional<Frame> frame = ledger.advance();
    stuck = frame.isEmpty() && ledger.isRefillDue();
    return frame
        .map(said -> List.<LinkEffect>of(new LinkEffect.Send(said.encode())))
        .orElse(List.of());
  }

  /** Returns whether the block is in use. */
  boolean isCommitted() {
    return ledger.state(block) == BlockState.COMMITTED;
  }

  /** Returns whether the peer may use the block while this party may not yet. */
  boolean isInDoubt() {
    return self == Party.BOB && ledger.state(block) == BlockState.PREPARED;
  }

  @Override
  public List<LinkEffect> giveUp() {
    return List.of();
  }

  @Override
  public boolean isOver() {
    return settled;
  }

  @Override
  public Optional<String> failure() {
    return stuck ? Optional.of(LinkEnd.EXHAUSTED) : Optional.empty();
  }

  @Override
  public void close() {
    // The ledger belongs to the link.
  }
}
