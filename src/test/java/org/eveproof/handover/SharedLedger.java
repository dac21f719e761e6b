package org.eveproof.handover;

import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.jetbrains.lincheck.datastructures.Operation;

/**
 * What several threads do to one ledger at once, for a model checker of interleavings. Alice has
 * not staged the next block yet, Bob has; a message of hers and her question about the block are on
 * their way to him. Results are texts, so that they can be compared.
 */
public final class SharedLedger {
  private static final int KEYS = 6;
  private static final LedgerRules RULES = new LedgerRules(Suite.WEGMAN_CARTER, 1, 3);
  private static final Start START = new Start();

  /** What is the same in all executions. */
  private static final class Start {
    private final KeyBlock credential;
    private final KeyBlock next;
    private final KeyIndex said;
    private final Frame question;

    Start() {
      SecretRandom random = random();
      credential = KeyBlock.bootstrap(random.secretBits(256), KEYS);
      next = KeyBlock.of(random.secretBits(8 * RoleSplit.leastBytes(KEYS) + 403), KEYS);
      Ledger alice = enrolled(Party.ALICE, credential);
      said = alice.take().orElseThrow().index();
      alice.stage(next);
      question = alice.advance().orElseThrow();
    }
  }

  private final Ledger alice = enrolled(Party.ALICE, START.credential);
  private final Ledger bob = enrolled(Party.BOB, START.credential);

  /** Brings both ledgers to the start. */
  public SharedLedger() {
    bob.stage(START.next);
  }

  private static SecretRandom random() {
    return SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(5));
  }

  private static Ledger enrolled(Party self, KeyBlock credential) {
    Ledger ledger =
        Ledger.open(
            self,
            RULES,
            new InMemoryLedgerStore(),
            RollbackGuard.inMemory(),
            (epoch, block, key) -> key.close());
    ledger.reBootstrap(0, credential, false);
    return ledger;
  }

  private static String key(Optional<KeyIndex> index) {
    return index.map(KeyIndex::toString).orElse("none");
  }

  /** Alice has something to say. */
  @Operation
  public String take() {
    Optional<OneTimeKey> key = alice.take();
    key.ifPresent(OneTimeKey::close);
    return key(key.map(OneTimeKey::index));
  }

  /** Alice takes a key and does not use it yet. */
  @Operation
  public boolean reserve() {
    return alice.reserve();
  }

  /** A round of the exchange has given Alice a block. */
  @Operation
  public boolean stage() {
    return alice.stage(START.next);
  }

  /** Alice asks Bob about her next block. */
  @Operation
  public String ask() {
    alice.stage(START.next);
    return key(alice.advance().map(frame -> frame.header().key()));
  }

  /** An operator brings Alice a credential. */
  @Operation
  public boolean reBootstrap() {
    return alice.reBootstrap(1, START.credential, true);
  }

  /** Alice's message comes to Bob, who has found that it verifies. */
  @Operation
  public String hear() {
    Optional<OneTimeKey> key = bob.lookup(START.said);
    key.ifPresent(OneTimeKey::close);
    if (key.isEmpty()) {
      return "refused";
    }
    try {
      bob.accepted(START.said);
      return "accepted";
    } catch (IllegalStateException heardBefore) {
      return "refused";
    }
  }

  /** Alice's question comes to Bob. */
  @Operation
  public boolean receive() {
    return bob.receive(START.question);
  }

  /** Bob has something to say, an answer if one is due. */
  @Operation
  public String answer() {
    return key(bob.advance().map(frame -> frame.header().key()));
  }
}
