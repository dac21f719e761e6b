package org.eveproof.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.handover.BlockState;
import org.eveproof.handover.InMemoryLedgerStore;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.LedgerRules;
import org.eveproof.handover.RoleSplit;
import org.eveproof.handover.RollbackGuard;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.session.ExchangeBob;
import org.eveproof.session.Fingerprint;
import org.eveproof.session.RoundTranscript;
import org.eveproof.session.Supplies;

/**
 * One end of the link, joined from the real machines: the bootstrap, the ledger of one-time keys,
 * and the keys that wait for the application. The exchange of a round is in {@link QkdRound}.
 */
final class QkdSite implements AutoCloseable {
  static final Suite SUITE = Suite.WEGMAN_CARTER;

  /** One-time keys in each direction of a block: for three rounds, the refill and a reserve. */
  static final int BLOCK_KEYS = 24;

  /** Length of the part of each key that is for the application, in bits. */
  static final int APPLICATION_BITS = 128;

  /** Length of a round's key, in bits. */
  static final int KEY_BITS = APPLICATION_BITS + 8 * RoleSplit.leastBytes(BLOCK_KEYS);

  /** One-time keys of each direction that a round takes at most. */
  static final int ROUND_KEYS = 6;

  private static final int SPARE_KEYS = 5;

  /** So many that Eve does not starve the parties by guessing; PskHandover is about that. */
  private static final int ATTEMPTS = 1 << 20;

  private static final LedgerRules RULES = new LedgerRules(SUITE, SPARE_KEYS, ATTEMPTS);

  final Party party;
  final DeviceName name;
  private final DeviceName peerName;
  private final SecretRandom random;
  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final RollbackGuard guard = RollbackGuard.inMemory();
  private final SortedMap<Integer, SecretBits> waiting = new TreeMap<>();
  private final Map<Integer, Fingerprint> fingerprints = new HashMap<>();
  private PresharedKeys anchor;
  private MutualAuthentication machine;
  private Optional<PresharedKey> credential = Optional.empty();
  private Handshake handshake = new Handshake.Resting(false);
  private Ledger ledger;

  /** Bob's exchange while he is in doubt. */
  private Optional<QkdRound<ExchangeBob>> inDoubt = Optional.empty();

  QkdSite(Party party, SecretRandom random) {
    this.party = party;
    this.name = nameOf(party);
    this.peerName = nameOf(party.peer());
    this.random = random;
    this.anchor = new PresharedKeys(name);
    this.machine = newMachine();
    this.ledger = open();
  }

  static DeviceName nameOf(Party party) {
    return new DeviceName(party.specName());
  }

  private MutualAuthentication newMachine() {
    return new MutualAuthentication(party, name, anchor, Methods.preshared(Set.of(SUITE)));
  }

  private Ledger open() {
    return Ledger.open(
        party,
        RULES,
        store,
        guard,
        (epoch, block, key) -> {
          key.close();
          throw new AssertionError("blocks have no part for applications here");
        });
  }

  /**
   * The operator clears the device, sets its counter to a new epoch, and installs a new credential.
   *
   * @param epoch the same at both ends
   */
  @Refines("QkdSystem!Provision")
  void provision(int epoch, PresharedKey key) {
    clear();
    guard.raise(guard.version() + 1, epoch - 1);
    anchor = new PresharedKeys(name);
    anchor.enrol(key);
    credential = Optional.of(key);
    machine = newMachine();
    handshake = new Handshake.Resting(false);
    ledger = open();
    fingerprints.clear();
  }

  /** Destroys every secret of this end. */
  void clear() {
    anchor.close();
    ledger.close();
    store.close();
    waiting.values().forEach(SecretBits::close);
    waiting.clear();
    dropDoubt();
    handshake.forget();
  }

  // The bootstrap.

  boolean holdsCredential() {
    return credential.isPresent() && !credential.get().isDestroyed();
  }

  /** Returns the message that calls the peer, or nothing if no run may be begun. */
  Optional<byte[]> call(Instant now) {
    stopWaiting();
    return follow(machine.call(handshake, peerName, now, random));
  }

  Optional<byte[]> hear(byte[] message, Instant now) {
    return follow(machine.receive(handshake, message, now, random));
  }

  private Optional<byte[]> follow(MutualAuthentication.Outcome outcome) {
    handshake = outcome.after(handshake);
    return outcome.send();
  }

  /** Leaves a run that nobody goes on with. */
  void stopWaiting() {
    handshake = machine.giveUp(handshake).after(handshake);
  }

  boolean isAuthenticated() {
    return handshake instanceof Handshake.Done;
  }

  Handshake handshake() {
    return handshake;
  }

  /**
   * Starts the ledger with what the bootstrap ended with, and returns a copy of the first block.
   */
  KeyBlock stand() {
    handshake = machine.begin(handshake, peerName).after(handshake);
    if (!(handshake instanceof Handshake.Begun begun)) {
      throw new IllegalStateException("nobody is authenticated at " + party);
    }
    try (SecretBits seed = begun.run().seed()) {
      KeyBlock first = KeyBlock.bootstrap(seed, BLOCK_KEYS);
      if (!ledger.reBootstrap(ledger.epoch(), first, false)) {
        throw new IllegalStateException("the ledger of " + party + " refuses its first block");
      }
      return first;
    }
  }

  boolean isStanding() {
    return ledger.current() >= 0;
  }

  // Rounds.

  Supplies supplies() {
    return new Supplies(ledger, random);
  }

  Ledger ledger() {
    return ledger;
  }

  /** Shares a round's key out: a part for the application, a part for the ledger. */
  void keep(int round, SecretBits key, RoundTranscript seen) {
    try (key;
        SecretBits forLedger = key.slice(APPLICATION_BITS, KEY_BITS);
        KeyBlock block = KeyBlock.of(forLedger, BLOCK_KEYS)) {
      waiting.put(round, key.slice(0, APPLICATION_BITS));
      fingerprints.put(round, seen.fingerprint(new byte[0]));
      if (!ledger.stage(block)) {
        throw new IllegalStateException("the ledger of " + party + " refuses a block");
      }
    }
  }

  /** Notes Bob's exchange, in which he waits for Alice's decision. */
  void doubts(QkdRound<ExchangeBob> round) {
    inDoubt = Optional.of(round);
  }

  Optional<QkdRound<ExchangeBob>> doubt() {
    return inDoubt;
  }

  /** Returns the key that Bob holds in doubt, if its bytes are there. */
  Optional<SecretBits> keyInDoubt() {
    return inDoubt
        .map(QkdRound::state)
        .filter(ExchangeBob.InDoubt.class::isInstance)
        .map(state -> ((ExchangeBob.InDoubt) state).secret())
        .filter(secret -> !secret.isDestroyed());
  }

  void settleDoubt() {
    inDoubt = Optional.empty();
  }

  private void dropDoubt() {
    if (inDoubt.isPresent() && inDoubt.get().state() instanceof ExchangeBob.InDoubt held) {
      held.wipe();
    }
    inDoubt = Optional.empty();
  }

  /** The application takes the oldest key, and owns it; no copy stays here. */
  @Refines("QkdSystem!Fetch")
  Optional<SecretBits> fetch() {
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(waiting.remove(waiting.firstKey()));
  }

  int oldestWaiting() {
    return waiting.firstKey();
  }

  List<SecretBits> waiting() {
    return List.copyOf(waiting.values());
  }

  // The handover.

  int current() {
    return Math.max(0, ledger.current());
  }

  int staged() {
    int newest = ledger.newest();
    boolean waits =
        newest > 0
            && (ledger.state(newest) == BlockState.STAGED
                || ledger.state(newest) == BlockState.PREPARED);
    return waits ? newest : 0;
  }

  /** Whether this end has prepared the block that waits, and said so. */
  boolean hasAcknowledged() {
    return staged() != 0 && ledger.state(staged()) == BlockState.PREPARED;
  }

  /** After the first handover the credential is destroyed. */
  void finishBootstrap() {
    if (ledger.current() > 0) {
      handshake = machine.finish(handshake).after(handshake);
    }
  }

  /** Whether too few one-time keys are left, in one direction or the other, for a round. */
  boolean isDry() {
    return isStanding() && keysLeft() < ROUND_KEYS;
  }

  /** Returns how many ordinary keys are left in the direction that has fewer. */
  int keysLeft() {
    int current = ledger.current();
    if (current < 0) {
      return 0;
    }
    if (image().isEmpty()) {
      return 0;
    }
    int heard = accepting().index();
    return Math.min(ledger.ordinaryKeysLeft(), BLOCK_KEYS - SPARE_KEYS - heard);
  }

  /** Returns the first key of the peer's direction under which this end may accept a message. */
  KeyIndex accepting() {
    try (LedgerImage image = image().orElseThrow()) {
      KeyIndex start = new KeyIndex(ledger.epoch(), ledger.current(), 0);
      return image.heard().compareTo(start) > 0 ? image.heard() : start;
    }
  }

  Optional<Fingerprint> fingerprint() {
    return Optional.ofNullable(fingerprints.get(current()));
  }

  // What exists here.

  /** Returns what the durable store holds; the caller closes it. */
  Optional<LedgerImage> image() {
    return store.read().map(LedgerImage::decode);
  }

  /** Returns copies of all blocks that the store holds something of. */
  List<KeyBlock> blocks() {
    List<KeyBlock> blocks = new ArrayList<>();
    image()
        .ifPresent(
            image -> {
              for (int b = 0; b < image.blocks(); b++) {
                if (!image.keys(b).isDestroyed()) {
                  blocks.add(image.keys(b).copy());
                }
              }
              image.close();
            });
    return blocks;
  }

  @Override
  public void close() {
    clear();
  }
}
