package org.eveproof.handover;

import java.util.Optional;
import org.eveproof.protocol.Party;

/**
 * Which message of the refill a party owes.
 *
 * @param self the party
 * @param image what it knows for good
 * @param last the last message that this process has sent, if it may have to be repeated
 */
record RefillDue(Party self, LedgerImage image, Optional<Ledger.Sent> last) {

  /** Alice owes the question about her staged block. */
  boolean prepare() {
    int b = image.blocks() - 1;
    int c = image.current();
    return self == Party.ALICE
        && c >= 0
        && b > c
        && image.state(b) == BlockState.STAGED
        && (c == 0 || hasHeardUnder(c))
        && !hasSaid(MessageKind.PREPARE);
  }

  /** The block that Bob was asked about last: not the newest if that is still staged. */
  int askedAbout() {
    int b = image.blocks() - 1;
    return b > 0 && image.state(b) == BlockState.STAGED ? b - 1 : b;
  }

  /** Bob owes the answer. */
  boolean answer() {
    int b = askedAbout();
    int c = image.current();
    return self == Party.BOB
        && c >= 0
        && b > c
        && isAsked(MessageKind.PREPARE)
        && (image.state(b) == BlockState.PREPARED || image.state(b) == BlockState.DEAD)
        && !hasSaid(MessageKind.ACK)
        && !hasSaid(MessageKind.NAK);
  }

  /** Alice owes the news that she has committed. */
  boolean commit() {
    int c = image.current();
    return self == Party.ALICE && c > 0 && !hasHeardUnder(c) && !hasSaidAnythingUnder(c);
  }

  /** Bob owes the news that he has committed too. */
  boolean done() {
    int c = image.current();
    return self == Party.BOB
        && c > 0
        && (isAsked(MessageKind.COMMIT) || isAsked(MessageKind.DATA))
        && !hasSaidAnythingUnder(c);
  }

  boolean anything() {
    return prepare() || answer() || commit() || done();
  }

  private boolean isAsked(MessageKind kind) {
    return image.asked().isPresent() && image.asked().get() == kind;
  }

  private boolean hasHeardUnder(int block) {
    return image.heard().block() == block && image.heard().index() > 0;
  }

  private boolean hasSaid(MessageKind kind) {
    return last.isPresent() && last.get().kind() == kind;
  }

  private boolean hasSaidAnythingUnder(int block) {
    return last.isPresent() && last.get().key().block() == block;
  }
}
