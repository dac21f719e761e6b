package org.eveproof.handover;

import java.security.MessageDigest;
import java.util.Optional;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.OneTimeKeys;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;

/**
 * One party's ledger of one-time keys: hands them out once each, finds the peer's, and replaces the
 * block in use by a new one in two phases, over crashes, losses and an old image of its store.
 *
 * <p>Every change is durable before a method returns, and so before a message that speaks of it can
 * leave: the store is handed in because the answer to "may this key be used?" rests on it. Messages
 * are returned, never sent. Whatever is refused changes nothing; the count of failed verifications
 * is the one exception. Each method excludes the others: several threads may use one ledger.
 *
 * <p>When the store fails, or the application does not take its part of a block, the ledger is in
 * doubt about what is durable: it gives out no further key and fails when anything is to be
 * changed, and {@link #open} finds out.
 */
public final class Ledger implements OneTimeKeys, AutoCloseable {
  /** Keys that a refill takes in each direction: PREPARE and COMMIT, ACK and DONE. */
  public static final int REFILL_COST = 2;

  /**
   * The last message that was sent, which may have to be repeated.
   *
   * @param kind of the message
   * @param key that it went out under
   * @param frame of the ledger's own messages; the others are repeated by whoever made them
   */
  public record Sent(MessageKind kind, KeyIndex key, Optional<Frame> frame) {}

  private final Party self;
  private final LedgerRules rules;
  private final ApplicationKeys applications;
  private final DurableImage durable;
  private final LedgerImage image;
  private KeyIndex next;
  private Optional<OneTimeKey> hand = Optional.empty();
  private Optional<Sent> last = Optional.empty();

  /** Whether the peer is known to stand where this ledger thinks; volatile, as is the floor. */
  private boolean joined;

  /** Before this key of the peer's nothing is accepted, whatever the store says. */
  private Optional<KeyIndex> floor = Optional.empty();

  private Ledger(
      Party self, LedgerRules rules, ApplicationKeys applications, DurableImage durable) {
    this.self = self;
    this.rules = rules;
    this.applications = applications;
    this.durable = durable;
    this.image = durable.image();
    image.keepReserve(rules.spare(), rules.lowWater());
    image.giveUpTaken(Purpose.IN_DOUBT);
    this.next = image.mark();
  }

  /**
   * Opens the ledger that the store keeps, after a crash as well as after an orderly end. A key
   * that was taken and not used is burnt. No key is given out, and nothing is accepted, before
   * {@link #rejoin} has found the peer in step. A store that was never written gives a ledger
   * without keys, to be enrolled. An image older than the guard knows is thrown away, and the
   * ledger waits in a new epoch for {@link #reBootstrap}.
   *
   * @param self whose ledger this is
   * @param rules the same at both ends
   * @param store survives crashes
   * @param guard belongs to the store and is not backed up with it
   * @param applications takes the parts of committed blocks that are not for authentication
   * @throws IllegalArgumentException if the image is damaged, or the other party's
   */
  @Refines("PskHandover!Crash")
  @Refines("PskHandover!Rollback")
  public static Ledger open(
      Party self,
      LedgerRules rules,
      LedgerStore store,
      RollbackGuard guard,
      ApplicationKeys applications) {
    return new Ledger(self, rules, applications, DurableImage.open(self, store, guard));
  }

  /**
   * Starts from a credential that an operator brought, the same at both ends. There is no peer to
   * be out of step with: the link may begin at once.
   *
   * @param epoch that the credential is for: later than the ledger's own, or its own if it has no
   *     keys
   * @param credential copied; the caller destroys it
   * @param peerNeedsIt whether the operator knows that the peer is in a later epoch, or has no keys
   * @return false, with nothing changed, if the epoch is another, or if the ledger still has keys
   *     and the peer can go on
   */
  @Refines("PskHandover!ReBootstrap")
  public synchronized boolean reBootstrap(int epoch, KeyBlock credential, boolean peerNeedsIt) {
    boolean enrolled = current() >= 0;
    boolean needed = !enrolled || isExhausted() || peerNeedsIt;
    if (!needed || (enrolled ? epoch <= image.epoch() : epoch < image.epoch())) {
      return false;
    }
    forgetVolatile();
    image.enrol(epoch, credential.copy());
    next = image.mark();
    joined = true;
    floor = Optional.empty();
    persist();
    return true;
  }

  /** Returns where this ledger stands, to be told to the peer when they meet again. */
  public synchronized LedgerPosition position() {
    return new LedgerPosition(
        image.epoch(),
        current(),
        newest(),
        newest() < 0 ? Optional.empty() : Optional.of(state(newest())),
        next,
        image.heard());
  }

  /**
   * Compares this ledger with the peer's after either was stopped. If they are in step, the link
   * may go on; what was in hand or could be repeated is given up, for the peer accepts nothing from
   * before this meeting any more, and nor does this ledger. With any other result nothing changes.
   *
   * @param theirs what the peer says, not authentic
   */
  @Refines("PskHandover!Rejoin")
  public synchronized Rejoining rejoin(LedgerPosition theirs) {
    Rejoining result = Rejoining.of(self, position(), theirs);
    if (result == Rejoining.IN_STEP) {
      forgetVolatile();
      joined = true;
      floor = Optional.of(theirs.next());
    }
    return result;
  }

  /** Returns whether the link may go on: since {@link #reBootstrap} or {@link #rejoin}. */
  public synchronized boolean isJoined() {
    return joined;
  }

  /** Returns where the peer stood when they met: what it said before is not accepted any more. */
  public synchronized Optional<KeyIndex> floor() {
    return floor;
  }

  private NextBlock following() {
    return new NextBlock(rules.suite(), image);
  }

  /** Returns how long a key must be at least to become the next block, in bytes. */
  public synchronized int leastBytes(int keys) {
    return following().leastBytes(keys);
  }

  /**
   * Makes the next block out of a round's key: all parts fresh, but for hash keys that are
   * recycled.
   *
   * @param key at least {@link #leastBytes} bytes; the caller destroys it
   * @param keys number of one-time keys in each direction
   * @return the block, to be staged, for the caller to destroy
   */
  public synchronized KeyBlock nextBlock(SecretBits key, int keys) {
    return following().of(key, keys);
  }

  /**
   * Puts a block that came out of an exchange next in line. Where hash keys are recycled, those of
   * the block in use replace what it brings.
   *
   * @param block copied; the caller destroys it
   * @return false, with nothing changed, if the block does not pay for its refill or does not grow
   *     the keys, if the block before it is not settled, or if the ledger has no keys to begin with
   */
  @Refines("PskHandover!Stage")
  @Refines("PskHandover!StageMismatched")
  public synchronized boolean stage(KeyBlock block) {
    NextBlock following = following();
    if (current() < 0
        || isOpen(newest())
        || !following.isLongEnough(block)
        || !following.isKeyGrowing(block)) {
      return false;
    }
    image.stage(following.copy(block), following.freshBits(block));
    persist();
    return true;
  }

  /**
   * Notes that Bob has lost the key of a round, by a crash before it was staged, while Alice has
   * staged it: the next block in line is dead, and when she asks about it, he says so. Alice needs
   * no such thing: her next block takes the number, and Bob finds that it is not his.
   *
   * @param alices what Alice says, not authentic; a lie costs blocks, not keys in use
   * @return false, with nothing changed, if this is not Bob, if Alice has no later block, if Bob's
   *     last one is not settled, or if the ledger has no keys to begin with
   */
  @Refines("PskHandover!StageLost")
  public synchronized boolean stageLost(LedgerPosition alices) {
    if (self != Party.BOB
        || current() < 0
        || isOpen(newest())
        || alices.epoch() != image.epoch()
        || alices.newest() <= newest()) {
      return false;
    }
    image.passOver();
    persist();
    return true;
  }

  /** Takes the next ordinary key out of the store; false if there is none or one is in hand. */
  @Refines("PskHandover!Reserve")
  public synchronized boolean reserve() {
    return joined && current() >= 0 && hand.isEmpty() && isOrdinary(next.index()) && take(next);
  }

  /** Takes a key of the reserve: only when the ordinary ones are gone and the refill needs one. */
  @Refines("PskHandover!ReserveForResync")
  public synchronized boolean reserveForResync() {
    return joined
        && current() >= 0
        && hand.isEmpty()
        && !isOrdinary(next.index())
        && isRefillDue()
        && take(next);
  }

  private boolean take(KeyIndex index) {
    KeyBlock block = image.keys(index.block());
    if (!block.holds(self, index.index())) {
      return false;
    }
    OneTimeKey key = block.key(self, index);
    image.take(index);
    persist();
    next = LedgerImage.after(index);
    hand = Optional.of(key);
    return true;
  }

  /**
   * Gives away the key in hand for a message of the exchange, or of anything else.
   *
   * @return the key, which the caller closes when the tag is made; empty if there is none in hand,
   *     if it is of the reserve, or if a message now would come in the way of a refill
   */
  @Refines("PskHandover!SendData")
  public synchronized Optional<OneTimeKey> handOut() {
    if (hand.isEmpty() || !mayTalk() || !isOrdinary(hand.get().index().index())) {
      return Optional.empty();
    }
    Optional<OneTimeKey> key = hand;
    hand = Optional.empty();
    image.use(MessageKind.DATA, key.get().index());
    last = Optional.of(new Sent(MessageKind.DATA, key.get().index(), Optional.empty()));
    return key;
  }

  @Override
  public synchronized Optional<OneTimeKey> take() {
    return mayTalk() && (hand.isPresent() || reserve()) ? handOut() : Optional.empty();
  }

  /** Whether an ordinary message may go out now, as far as the refill is concerned. */
  public synchronized boolean mayTalk() {
    if (self == Party.ALICE) {
      return last.isEmpty() || last.get().kind() != MessageKind.PREPARE;
    }
    int b = newest();
    return b < 0 || image.state(b) != BlockState.PREPARED;
  }

  @Override
  public synchronized Optional<OneTimeKey> lookup(KeyIndex index) {
    return mayAccept(index)
        ? Optional.of(image.keys(index.block()).key(self.peer(), index))
        : Optional.empty();
  }

  /** Whether the key may verify a message; one before {@link LedgerImage#heard} is wiped. */
  private boolean mayAccept(KeyIndex index) {
    return joined
        && index.epoch() == image.epoch()
        && index.block() < image.blocks()
        && (floor.isEmpty() || index.compareTo(floor.get()) >= 0)
        && (image.state(index.block()) == BlockState.PREPARED
            || image.state(index.block()) == BlockState.COMMITTED)
        && image.keys(index.block()).holds(self.peer(), index.index());
  }

  @Override
  @Refines("PskHandover!AcceptData")
  public synchronized void accepted(KeyIndex index) {
    if (!mayAccept(index)) {
      throw new IllegalStateException("no fresh key " + index);
    }
    hearUnderItsBlock(index, MessageKind.DATA);
    persist();
  }

  @Override
  @Refines("PskHandover!Forge")
  public synchronized void refused(KeyIndex index) {
    if (mayAccept(index)) {
      image.countTry(index, rules.maxAttempts());
      persist();
    }
  }

  /**
   * Handles a message of the refill.
   *
   * @param frame untrusted
   * @return whether it was accepted; if not, nothing has changed but, for a tag that does not
   *     verify, the count of attempts under the key that it names
   */
  public synchronized boolean receive(Frame frame) {
    Header header = frame.header();
    Optional<RefillMessage> message = RefillMessage.parse(frame);
    if (message.isEmpty() || header.sender() != self.peer() || header.suite() != rules.suite()) {
      return false;
    }
    Optional<OneTimeKey> found = lookup(header.key());
    if (found.isEmpty()) {
      return false;
    }
    try (OneTimeKey key = found.get()) {
      if (!frame.verifies(rules.authenticator(), key)) {
        refused(header.key());
        return false;
      }
    }
    boolean accepted = accept(message.get(), header.key());
    if (accepted) {
      persist();
    }
    return accepted;
  }

  private boolean accept(RefillMessage message, KeyIndex index) {
    if (self == Party.ALICE) {
      return switch (message.kind()) {
        case ACK -> acceptAck(message, index);
        case NAK -> acceptNak(message, index);
        case DONE -> acceptDone(index);
        case DATA, PREPARE, COMMIT -> false;
      };
    }
    return switch (message.kind()) {
      case PREPARE -> acceptPrepare(message, index);
      case COMMIT -> acceptCommit(index);
      case DATA, ACK, NAK, DONE -> false;
    };
  }

  @Refines("PskHandover!AcceptPrepare")
  private boolean acceptPrepare(RefillMessage prepare, KeyIndex index) {
    int b = prepare.about();
    if (b > newest() || b <= index.block()) {
      return false;
    }
    image.hear(index, MessageKind.PREPARE);
    last = Optional.empty();
    if (image.state(b) == BlockState.STAGED) {
      if (isSameBlock(image.keys(b), prepare)) {
        image.prepare(b);
      } else {
        image.discard(b);
      }
    }
    return true;
  }

  private static boolean isSameBlock(KeyBlock block, RefillMessage prepare) {
    byte[] hash = block.hash(prepare.seed().toBytes());
    return block.keys() == prepare.keys() && MessageDigest.isEqual(hash, prepare.hash().toBytes());
  }

  @Refines("PskHandover!AcceptAck")
  private boolean acceptAck(RefillMessage ack, KeyIndex index) {
    if (!isStaged(ack.about())) {
      return false;
    }
    image.hear(index, MessageKind.ACK);
    image.prepare(ack.about());
    return true;
  }

  @Refines("PskHandover!AcceptNak")
  private boolean acceptNak(RefillMessage nak, KeyIndex index) {
    if (!isStaged(nak.about())) {
      return false;
    }
    image.hear(index, MessageKind.NAK);
    image.discard(nak.about());
    last = Optional.empty();
    return true;
  }

  @Refines("PskHandover!AcceptCommit")
  private boolean acceptCommit(KeyIndex index) {
    hearUnderItsBlock(index, MessageKind.COMMIT);
    return true;
  }

  @Refines("PskHandover!AcceptDone")
  private boolean acceptDone(KeyIndex index) {
    image.hear(index, MessageKind.DONE);
    return true;
  }

  /** Alice commits the block that Bob is known to have prepared; false if there is none. */
  @Refines("PskHandover!Commit")
  public synchronized boolean commit() {
    int b = newest();
    if (!joined || self != Party.ALICE || b <= current() || image.state(b) != BlockState.PREPARED) {
      return false;
    }
    commit(b);
    persist();
    return true;
  }

  /** Alice asks about her staged block, under the key in hand. */
  @Refines("PskHandover!SendPrepare")
  public synchronized Optional<Frame> sendPrepare() {
    if (!due().prepare()) {
      return Optional.empty();
    }
    int b = newest();
    return say(RefillMessage.prepare(b, image.keys(b)));
  }

  /** Bob answers, under the key in hand. */
  @Refines("PskHandover!SendAnswer")
  public synchronized Optional<Frame> sendAnswer() {
    if (!due().answer()) {
      return Optional.empty();
    }
    int b = due().askedAbout();
    boolean same = image.state(b) == BlockState.PREPARED;
    return say(RefillMessage.about(same ? MessageKind.ACK : MessageKind.NAK, b));
  }

  /** Alice tells that she has committed, under the key in hand. */
  @Refines("PskHandover!SendCommit")
  public synchronized Optional<Frame> sendCommit() {
    return due().commit()
        ? say(RefillMessage.about(MessageKind.COMMIT, current()))
        : Optional.empty();
  }

  /** Bob tells that he has committed, under the key in hand. */
  @Refines("PskHandover!SendDone")
  public synchronized Optional<Frame> sendDone() {
    return due().done() ? say(RefillMessage.about(MessageKind.DONE, current())) : Optional.empty();
  }

  /** Returns the last message again, byte for byte, if it was one of the refill. */
  @Refines("PskHandover!Resend")
  public synchronized Optional<Frame> resend() {
    return joined ? last.flatMap(Sent::frame) : Optional.empty();
  }

  /**
   * Does what the refill needs next: commits, takes a key, and says what is due.
   *
   * @return the message, if one is due and a key is left for it
   */
  public synchronized Optional<Frame> advance() {
    if (!joined) {
      return Optional.empty();
    }
    commit();
    if (!isRefillDue() || (hand.isEmpty() && !reserve() && !reserveForResync())) {
      return Optional.empty();
    }
    return sendPrepare().or(this::sendAnswer).or(this::sendCommit).or(this::sendDone);
  }

  private Optional<Frame> say(RefillMessage message) {
    if (hand.isEmpty()) {
      return Optional.empty();
    }
    try (OneTimeKey key = hand.get()) {
      hand = Optional.empty();
      Header header = new Header(rules.suite(), self, 0, 0, 0, message.kind().type(), key.index());
      Frame frame = Frame.seal(rules.authenticator(), key, header, message.payload());
      image.use(message.kind(), key.index());
      last = Optional.of(new Sent(message.kind(), key.index(), Optional.of(frame)));
      return Optional.of(frame);
    }
  }

  private RefillDue due() {
    return new RefillDue(self, image, last);
  }

  /** Whether the refill has something to say. */
  public synchronized boolean isRefillDue() {
    return due().anything();
  }

  /** Whether nothing can be said any more: only {@link #reBootstrap} helps. */
  public synchronized boolean isExhausted() {
    int c = current();
    return c >= 0 && hand.isEmpty() && !image.keys(c).holdsAny(self);
  }

  /** Returns the number of ordinary keys that are left for {@link #take()}. */
  public synchronized int ordinaryKeysLeft() {
    int c = current();
    if (c < 0) {
      return 0;
    }
    int inHand = hand.isPresent() && isOrdinary(hand.get().index().index()) ? 1 : 0;
    return inHand + Math.max(0, image.keys(c).keys() - rules.spare() - next.index());
  }

  /** Returns how far the keys reach. */
  public synchronized ReserveLevel level() {
    return ReserveLevel.of(image, ordinaryKeysLeft());
  }

  /** Returns what became of all secret bits so far; a key in hand is still counted as there. */
  public synchronized KeyBalance balance() {
    return image.journal().balance();
  }

  /** Returns what became of the bits of a block that is not dead; of a dead one, nothing. */
  public synchronized KeyBalance balance(int block) {
    return image.journal().balance(block);
  }

  /** Returns whether the link makes more bits than it takes. */
  public synchronized KeyGrowth keyGrowing() {
    return image.growth();
  }

  /** Returns the block that messages go out under; -1 if the ledger has no keys. */
  public synchronized int current() {
    return image.current();
  }

  /** Returns the latest block that anything is known of; -1 if none. */
  public synchronized int newest() {
    return image.blocks() - 1;
  }

  /** Returns the number of the epoch. */
  public synchronized int epoch() {
    return image.epoch();
  }

  /** Returns what is known of a block, 0 to {@link #newest()}. */
  public synchronized BlockState state(int block) {
    return image.state(block);
  }

  /** Returns the next key to take. */
  public synchronized KeyIndex next() {
    return next;
  }

  /** Returns which key is taken and not used yet. */
  public synchronized Optional<KeyIndex> inHand() {
    return hand.map(OneTimeKey::index);
  }

  /** Returns the last message, if this process has sent one that may have to be repeated. */
  public synchronized Optional<Sent> last() {
    return last;
  }

  private boolean isOpen(int block) {
    return image.state(block) == BlockState.STAGED || image.state(block) == BlockState.PREPARED;
  }

  private boolean isStaged(int block) {
    return block == newest() && image.state(block) == BlockState.STAGED;
  }

  private boolean isOrdinary(int index) {
    return index < image.keys(current()).keys() - rules.spare();
  }

  /** Notes an accepted message; any message under a prepared block commits it. */
  private void hearUnderItsBlock(KeyIndex index, MessageKind kind) {
    if (image.state(index.block()) == BlockState.PREPARED) {
      commit(index.block());
    }
    image.hear(index, kind);
  }

  private void commit(int block) {
    forgetVolatile();
    durable.change(
        () -> image.commit(block).ifPresent(key -> applications.give(image.epoch(), block, key)));
    next = new KeyIndex(image.epoch(), block, 0);
  }

  private void forgetVolatile() {
    hand.ifPresent(OneTimeKey::close);
    hand = Optional.empty();
    last = Optional.empty();
    image.giveUpTaken(Purpose.GIVEN_UP);
  }

  private void persist() {
    durable.persist();
  }

  /**
   * Writes down what the last key went to, which is otherwise written with the next change. Without
   * this, before an orderly end, the journal says that it is in doubt.
   */
  public synchronized void finish() {
    if (!durable.isInDoubt() && current() >= 0) {
      persist();
    }
  }

  /** Wipes what the process holds; the store keeps its image. */
  @Override
  public synchronized void close() {
    forgetVolatile();
    durable.close();
  }

  @Override
  public synchronized String toString() {
    return "Ledger[" + self + ", " + image + "]";
  }
}
