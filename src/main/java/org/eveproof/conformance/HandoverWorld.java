package org.eveproof.conformance;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.handover.ApplicationKeys;
import org.eveproof.handover.InMemoryLedgerStore;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.LedgerPosition;
import org.eveproof.handover.LedgerRules;
import org.eveproof.handover.MessageKind;
import org.eveproof.handover.RefillMessage;
import org.eveproof.handover.Rejoining;
import org.eveproof.handover.RoleSplit;
import org.eveproof.handover.RollbackGuard;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;

/**
 * Two real ledgers with a store each, the frames between them, the exchange that gives them blocks,
 * the operator, and Eve with the copy that she made on the day of enrolment.
 */
final class HandoverWorld implements AutoCloseable {
  static final Suite SUITE = Suite.WEGMAN_CARTER;
  static final int PADS = 2;
  static final int SPARE = 1;
  static final int FULL = PADS + SPARE;
  static final int MAX_ATTEMPTS = 2;

  private static final LedgerRules RULES = new LedgerRules(SUITE, SPARE, MAX_ATTEMPTS);
  private static final KeyIndex START = new KeyIndex(0, 0, 0);
  private static final int APPLICATION_BYTES = 16;
  private static final int DATA_TYPE = 1;

  /** Which block of which epoch. */
  private record BlockName(int epoch, int block) {}

  /** A copy of a store and of the counter that guards it. */
  private record Backup(InMemoryLedgerStore store, RollbackGuard guard) {}

  /** One end of the link. */
  final class End {
    final Party self;
    private final InMemoryLedgerStore store = new InMemoryLedgerStore();
    private RollbackGuard guard = RollbackGuard.inMemory();
    private final byte[] firstDay;
    private Optional<Backup> backup = Optional.empty();
    final Set<List<Object>> exported = new HashSet<>();
    Ledger ledger;
    private Optional<Frame> lastData = Optional.empty();

    /** Whether the backup was put in place of the store, and no operator has been here since. */
    boolean restored;

    /** The operator's book: the latest epoch that he has brought a credential for. */
    int enrolled;

    /** The key after the last one that a frame was sealed under, ever. */
    KeyIndex used = START;

    /** The key after that of the last frame that was accepted, ever. */
    KeyIndex accepted = START;

    End(Party self) {
      this.self = self;
      this.ledger = open();
      try (KeyBlock credential = block(0, 0, 1, FULL)) {
        ledger.reBootstrap(0, credential, false);
      }
      this.firstDay = image();
    }

    private Ledger open() {
      ApplicationKeys applications = (epoch, block, key) -> note(exported, epoch, block, key);
      return Ledger.open(self, RULES, store, guard, applications);
    }

    private byte[] image() {
      return store.read().orElseThrow();
    }

    private InMemoryLedgerStore copyOfStore() {
      InMemoryLedgerStore copy = new InMemoryLedgerStore();
      copy.write(image());
      return copy;
    }

    /** Returns what is durable, to be read only. */
    LedgerImage durable() {
      return LedgerImage.decode(image());
    }

    /** Returns what the backup holds, if there is one, to be read only. */
    Optional<LedgerImage> backedUp() {
      return backup.flatMap(copy -> copy.store().read()).map(LedgerImage::decode);
    }

    /** The process ends where it stands; another one opens the store. */
    @Refines("PskHandover!Crash")
    void crash() {
      ledger.close();
      lastData = Optional.empty();
      ledger = open();
    }

    /** Eve puts her copy in place of the store; false if it is the same. */
    @Refines("PskHandover!Rollback")
    boolean rollBack() {
      if (Arrays.equals(firstDay, image())) {
        return false;
      }
      store.write(firstDay);
      crash();
      beginEpoch();
      return true;
    }

    /** Somebody copies the store together with the counter that should not be copied. */
    @Refines("PskHandover!Backup")
    void backUp() {
      RollbackGuard counter = RollbackGuard.inMemory();
      counter.raise(guard.version(), guard.epoch());
      backup = Optional.of(new Backup(copyOfStore(), counter));
    }

    /** Somebody puts the copy in place of store and counter, and starts the process anew. */
    @Refines("PskHandover!Restore")
    void restore() {
      Backup copy = backup.orElseThrow();
      backup = Optional.empty();
      restored = true;
      store.write(copy.store().read().orElseThrow());
      copy.store().close();
      guard = copy.guard();
      crash();
    }

    /**
     * The parties meet: each tells where it stands, before anything else. This end has come up; the
     * peer compares only if it has a link that goes on.
     */
    boolean meet() {
      End peer = end(self.peer());
      LedgerPosition ours = ledger.position();
      LedgerPosition theirs = peer.ledger.position();
      if (peer.ledger.isJoined()) {
        peer.ledger.rejoin(ours);
      }
      return ledger.rejoin(theirs) == Rejoining.IN_STEP;
    }

    /** Whether a meeting would show that the parties are in step: a copy of this end finds out. */
    boolean isInStep() {
      InMemoryLedgerStore copy = copyOfStore();
      ApplicationKeys none =
          (epoch, block, key) -> {
            throw new AssertionError("a meeting commits nothing");
          };
      try (copy;
          Ledger stranger = Ledger.open(self, RULES, copy, RollbackGuard.inMemory(), none)) {
        return stranger.rejoin(end(self.peer()).ledger.position()) == Rejoining.IN_STEP;
      }
    }

    /** The operator offers the credential of an epoch, of which there is only one. */
    boolean enrol(int epoch) {
      Ledger peer = end(self.peer()).ledger;
      boolean peerNeedsIt =
          peer.epoch() > ledger.epoch()
              || peer.current() < 0
              || (!ledger.isJoined() && !isInStep());
      try (KeyBlock credential = block(epoch, 0, 1, FULL)) {
        boolean taken = ledger.reBootstrap(epoch, credential, peerNeedsIt);
        if (taken) {
          enrolled = epoch;
          beginEpoch();
        }
        return taken;
      }
    }

    private void beginEpoch() {
      KeyIndex start = new KeyIndex(ledger.epoch(), 0, 0);
      used = later(used, start);
      accepted = later(accepted, start);
      restored = false;
    }

    /** A frame that was sealed just now goes out. */
    boolean send(Frame frame) {
      KeyIndex key = frame.header().key();
      reused |= key.compareTo(used) < 0;
      used = later(used, after(key));
      return net.add(frame);
    }

    /** Seals an ordinary message under the key that the ledger has in hand. */
    boolean sendData() {
      Optional<OneTimeKey> taken = ledger.handOut();
      if (taken.isEmpty()) {
        return false;
      }
      try (OneTimeKey key = taken.get()) {
        byte[] payload = new byte[1 + random.nextInt(8)];
        random.nextBytes(payload);
        Header header = new Header(SUITE, self, 7, 0, 0, DATA_TYPE, key.index());
        Frame frame = Frame.seal(SUITE.authenticator(), key, header, payload);
        lastData = Optional.of(frame);
        return send(frame);
      }
    }

    /** Returns the last message, whoever keeps it. */
    Optional<Frame> last() {
      return ledger
          .last()
          .flatMap(sent -> sent.kind() == MessageKind.DATA ? lastData : sent.frame());
    }

    /** Returns the last message again from whoever repeats it: the ledger, if it is its own. */
    Optional<Frame> repeat() {
      boolean data = ledger.last().map(sent -> sent.kind() == MessageKind.DATA).orElse(false);
      return data ? lastData : ledger.resend();
    }

    /** Handles a frame as a party does: the ledger's own messages by the ledger. */
    boolean deliver(Frame frame) {
      boolean good =
          RefillMessage.parse(frame).isPresent() ? ledger.receive(frame) : receiveData(frame);
      if (good) {
        KeyIndex key = frame.header().key();
        replayed |= key.compareTo(accepted) < 0;
        accepted = later(accepted, after(key));
      }
      return good;
    }

    private boolean receiveData(Frame frame) {
      Header header = frame.header();
      if (header.sender() != self.peer() || header.type() != DATA_TYPE) {
        return false;
      }
      Optional<OneTimeKey> found = ledger.lookup(header.key());
      if (found.isEmpty()) {
        return false;
      }
      try (OneTimeKey key = found.get()) {
        boolean good = frame.verifies(SUITE.authenticator(), key);
        if (good) {
          ledger.accepted(header.key());
        } else {
          ledger.refused(header.key());
        }
        return good;
      }
    }
  }

  final RandomGenerator random;
  final Set<Frame> net = new LinkedHashSet<>();
  boolean reused;
  boolean replayed;
  private final Map<BlockName, byte[]> made = new HashMap<>();
  private final Map<BlockName, byte[]> damaged = new HashMap<>();
  private final Set<Bits> foreignSeeds = new LinkedHashSet<>();
  private final Map<Party, End> ends = new EnumMap<>(Party.class);

  HandoverWorld(RandomGenerator random) {
    this.random = random;
    for (Party party : Party.values()) {
      ends.put(party, new End(party));
    }
  }

  private static KeyIndex after(KeyIndex key) {
    return new KeyIndex(key.epoch(), key.block(), key.index() + 1);
  }

  private static KeyIndex later(KeyIndex one, KeyIndex other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  End end(Party party) {
    End end = ends.get(party);
    if (end == null) {
      throw new AssertionError("both ends are there from the start");
    }
    return end;
  }

  /** The network loses the frame. */
  @Refines("PskHandover!Drop")
  boolean drop(Optional<Frame> frame) {
    return frame.isPresent() && net.remove(frame.get());
  }

  Optional<Frame> find(Predicate<Frame> wanted) {
    return net.stream().filter(wanted).findFirst();
  }

  /** Eve makes a frame that names a key of the peer's, without the key. */
  @Refines("PskHandover!Forge")
  Frame forge(Party victim, KeyIndex index) {
    boolean data = random.nextBoolean();
    byte[] payload = new byte[8];
    byte[] tag = new byte[SUITE.maxTagBytes()];
    random.nextBytes(tag);
    MessageKind kind = victim == Party.ALICE ? MessageKind.ACK : MessageKind.COMMIT;
    Header header =
        new Header(SUITE, victim.peer(), 0, 0, 0, data ? DATA_TYPE : kind.type(), index);
    return Frame.withTag(header, payload, tag);
  }

  /** Returns a block as the exchange gave it: 1 as it should be, 2 with one bit wrong. */
  KeyBlock block(int epoch, int block, int value, int keys) {
    byte[] bytes = bytes(epoch, block, value);
    try (SecretBits secret = SecretBits.fromBytes(bytes, 8 * bytes.length)) {
      return KeyBlock.of(secret, keys);
    }
  }

  private byte[] bytes(int epoch, int block, int value) {
    BlockName name = new BlockName(epoch, block);
    byte[] good =
        made.computeIfAbsent(
            name,
            absent -> {
              int rest = block == 0 ? 0 : APPLICATION_BYTES;
              byte[] drawn = new byte[RoleSplit.leastBytes(FULL) + rest];
              random.nextBytes(drawn);
              return drawn;
            });
    if (value == 1) {
      return good;
    }
    return damaged.computeIfAbsent(
        name,
        absent -> {
          byte[] wrong = good.clone();
          int at = random.nextInt(wrong.length);
          // A byte that becomes zero would look as if it were wiped.
          wrong[at] ^= (byte) (wrong[at] == 1 ? 2 : 1);
          return wrong;
        });
  }

  /** Returns which of the two possible blocks this is the rest of: 0 nothing left, 3 none. */
  int content(int epoch, int block, KeyBlock rest) {
    if (rest.isDestroyed()) {
      return 0;
    }
    for (int value = 1; value <= 2; value++) {
      try (KeyBlock whole = block(epoch, block, value, FULL)) {
        if (rest.isWhatIsLeftOf(whole)) {
          return value;
        }
      }
    }
    return 3;
  }

  /** Returns which of the two possible blocks the tag verifies under: 0 if none. */
  int verifyingBlock(Frame frame) {
    Header header = frame.header();
    KeyIndex index = header.key();
    for (int value = 1; value <= 2; value++) {
      try (KeyBlock whole = block(index.epoch(), index.block(), value, FULL)) {
        if (whole.holds(header.sender(), index.index())) {
          try (OneTimeKey key = whole.key(header.sender(), index)) {
            if (frame.verifies(SUITE.authenticator(), key)) {
              return value;
            }
          }
        }
      }
    }
    return 0;
  }

  /** Returns 0 if the seed is that of a possible block itself, else the number of the seed. */
  int seed(int epoch, RefillMessage prepare) {
    for (int value = 1; value <= 2; value++) {
      try (KeyBlock whole = block(epoch, prepare.about(), value, FULL)) {
        if (Arrays.equals(whole.seed(), prepare.seed().toBytes())) {
          return 0;
        }
      }
    }
    foreignSeeds.add(prepare.seed());
    return List.copyOf(foreignSeeds).indexOf(prepare.seed()) + 1;
  }

  /** Returns which of the two possible blocks the hash is of: 0 if none. */
  int hashedBlock(int epoch, RefillMessage prepare) {
    for (int value = 1; value <= 2; value++) {
      try (KeyBlock whole = block(epoch, prepare.about(), value, FULL)) {
        if (Arrays.equals(whole.hash(prepare.seed().toBytes()), prepare.hash().toBytes())) {
          return value;
        }
      }
    }
    return 0;
  }

  /** Finds out by their bytes which parts of the block an application was given. */
  private void note(Set<List<Object>> exported, int epoch, int block, SecretBits key) {
    byte[] given = key.toBytes();
    key.close();
    byte[] whole = bytes(epoch, block, 1);
    RoleSplit split = new RoleSplit(FULL, whole.length - RoleSplit.leastBytes(FULL));
    for (Party sender : Party.values()) {
      for (int i = 0; i < FULL; i++) {
        int from = split.padOffset(sender, i);
        if (contains(given, Arrays.copyOfRange(whole, from, from + OneTimeKey.PAD_BYTES))) {
          exported.add(List.of(sender.specName(), epoch, block, i));
        }
      }
    }
    if (contains(given, Arrays.copyOfRange(whole, split.applicationOffset(), whole.length))) {
      exported.add(List.of("app", epoch, block, 0));
    }
  }

  private static boolean contains(byte[] text, byte[] part) {
    for (int at = 0; at + part.length <= text.length; at++) {
      if (Arrays.equals(text, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    for (End end : ends.values()) {
      end.ledger.close();
      end.store.close();
      end.backup.ifPresent(copy -> copy.store().close());
    }
  }
}
