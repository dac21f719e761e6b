package org.eveproof.handover;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Two ledgers that were enrolled with the same credential, and what tests do with them. */
final class LedgerPair {
  static final int KEYS = 8;
  static final int SPARE = 2;

  /** Where a ledger lives. */
  record Place(LedgerStore store, RollbackGuard guard) {}

  /** One end. */
  static final class End {
    final Party self;
    final Suite suite;
    Place place;
    Ledger ledger;
    final Set<KeyIndex> used = new HashSet<>();
    int given;
    long givenBits;

    End(Party self, Suite suite, Place place) {
      this.self = self;
      this.suite = suite;
      this.place = place;
      this.ledger = open();
    }

    private Ledger open() {
      return Ledger.open(
          self,
          new LedgerRules(suite.authenticator(), SPARE, 3, 4),
          place.store(),
          place.guard(),
          (epoch, block, key) -> {
            given++;
            givenBits += key.length();
            key.close();
          });
    }

    void restart() {
      ledger.close();
      ledger = open();
    }

    LedgerImage image() {
      return LedgerImage.decode(place.store().read().orElseThrow());
    }

    /** Takes a key for a message. */
    Optional<KeyIndex> say() {
      Optional<OneTimeKey> key = ledger.take();
      key.ifPresent(
          taken -> {
            taken.close();
            noteUsed(taken.index());
          });
      return key.map(OneTimeKey::index);
    }

    /** A tag is made: the key must be new, and gone for good. */
    void noteUsed(KeyIndex index) {
      if (!used.add(index)) {
        throw new AssertionError("NoPadReuse: " + self + " uses " + index + " twice");
      }
      if (image().mark().compareTo(index) <= 0) {
        throw new AssertionError("DurableAhead: " + self + " uses " + index + " too early");
      }
    }

    void hear(KeyIndex index) {
      Optional<OneTimeKey> found = ledger.lookup(index);
      if (found.isPresent()) {
        found.get().close();
        ledger.accepted(index);
        if (image().heard().compareTo(index) <= 0) {
          throw new AssertionError("NoReplayAccept: " + self + " could hear " + index + " again");
        }
      }
    }

    Optional<Frame> advance() {
      Optional<Frame> frame = ledger.advance();
      frame.ifPresent(said -> noteUsed(said.header().key()));
      return frame;
    }

    List<String> audit(List<JournalEntry> journal) {
      return LedgerAudit.chainDamage(image().journal(), journal)
          .map(List::of)
          .orElseGet(() -> LedgerAudit.findings(image(), journal));
    }

    List<String> audit() {
      return audit(((InMemoryLedgerStore) place.store()).journal());
    }
  }

  final SecretRandom random;
  final End alice;
  final End bob;

  LedgerPair(SecretRandom random, Suite suite, Function<Party, Place> places) {
    this.random = random;
    alice = new End(Party.ALICE, suite, places.apply(Party.ALICE));
    bob = new End(Party.BOB, suite, places.apply(Party.BOB));
  }

  static LedgerPair inMemory(SecretRandom random, Suite suite) {
    return new LedgerPair(
        random, suite, party -> new Place(new InMemoryLedgerStore(), RollbackGuard.inMemory()));
  }

  void enrol(int epoch) {
    try (SecretBits seed = random.secretBits(256);
        KeyBlock first = KeyBlock.bootstrap(seed, KEYS)) {
      for (End end : List.of(alice, bob)) {
        if (!end.ledger.reBootstrap(epoch, first, true)) {
          throw new AssertionError(end.self + " refuses epoch " + epoch);
        }
      }
    }
  }

  /** A round of the exchange: both get the same key, or different ones. */
  void stage(boolean same) {
    try (SecretBits key = key();
        SecretBits other = key()) {
      stage(alice, key);
      stage(bob, same ? key : other);
    }
  }

  SecretBits key() {
    return random.secretBits(8 * RoleSplit.leastBytes(KEYS) + 8 * 160);
  }

  private static void stage(End end, SecretBits key) {
    try (KeyBlock block = end.ledger.nextBlock(key, KEYS)) {
      end.ledger.stage(block);
    }
  }

  /** Lets both talk until neither has anything to say. */
  void settle() {
    boolean busy = true;
    while (busy) {
      Optional<Frame> fromAlice = alice.advance();
      fromAlice.ifPresent(bob.ledger::receive);
      Optional<Frame> fromBob = bob.advance();
      fromBob.ifPresent(alice.ledger::receive);
      busy = fromAlice.isPresent() || fromBob.isPresent();
    }
  }

  /** The parties meet again. */
  Rejoining meet() {
    Rejoining bobs = bob.ledger.rejoin(alice.ledger.position());
    Rejoining alices = alice.ledger.rejoin(bob.ledger.position());
    return alices == Rejoining.IN_STEP ? bobs : alices;
  }
}
