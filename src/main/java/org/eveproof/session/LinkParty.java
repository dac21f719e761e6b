package org.eveproof.session;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.handover.InMemoryLedgerStore;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.RollbackGuard;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * One end of a link that lives as long as its process: bootstrap, then a number of rounds of the
 * exchange, each of which gives a part of its key to the ledger of one-time keys and the rest to
 * the application.
 */
public final class LinkParty extends LinkEnd {
  private final LinkBootstrap bootstrap;
  private final List<SecretBits> given = new ArrayList<>();
  private Optional<Standing> standing = Optional.empty();
  private int round;

  /** What the link stands on once the peer is authenticated. */
  private record Standing(
      long session, Method method, InMemoryLedgerStore store, Ledger ledger, Supplies supplies) {
    void close() {
      ledger.close();
      store.close();
    }
  }

  /**
   * Prepares one end.
   *
   * @param self whose end
   * @param settings the same at both ends
   * @param anchor what this end trusts
   * @param name of this device
   * @param peer name of the device at the other end
   * @param clock tells whether a credential is valid
   * @param random where this end draws what Eve must not foresee
   */
  public LinkParty(
      Party self,
      LinkSettings settings,
      TrustAnchor anchor,
      DeviceName name,
      DeviceName peer,
      InstantSource clock,
      SecretRandom random) {
    this(
        self,
        settings,
        random,
        new LinkBootstrap(
            self,
            new MutualAuthentication(self, name, anchor, settings.methods()),
            peer,
            clock,
            random));
  }

  private LinkParty(
      Party self, LinkSettings settings, SecretRandom random, LinkBootstrap bootstrap) {
    super(self, settings, random, bootstrap);
    this.bootstrap = bootstrap;
  }

  /** Returns how the first keys were made and messages are authenticated, once that is agreed. */
  public Optional<Method> method() {
    return standing.map(Standing::method);
  }

  /** Ends the link. */
  @Override
  public List<LinkEffect> giveUp(String why) {
    List<LinkEffect> effects = new ArrayList<>();
    if (!isOver()) {
      fail(
          stage() == bootstrap ? why + ", and nobody is authenticated: " + bootstrap.hint() : why,
          effects);
    }
    return effects;
  }

  @Override
  public void close() {
    stage().close();
    bootstrap.close();
    given.forEach(SecretBits::close);
    standing.ifPresent(Standing::close);
  }

  @Override
  void notice(List<LinkEffect> effects) {
    for (SecretBits key : given) {
      unsettled().ifPresent(report -> effects.add(new LinkEffect.Deliver(report.round(), key)));
    }
    given.clear();
  }

  @Override
  Optional<LinkStage> after(LinkStage done, List<LinkEffect> effects) {
    if (done instanceof Greeting greeting && greeting.kind() == Greeting.Kind.CLOSE) {
      return Optional.empty();
    }
    if (done == bootstrap) {
      standing = Optional.of(stand());
      effects.add(new LinkEffect.SessionBegins());
      return Optional.of(greeting(Greeting.Kind.OPEN));
    }
    LinkStage next;
    if (done instanceof LinkExchange<?> exchange && finish(exchange, effects)) {
      next = new LinkRefill(self, ledger());
    } else {
      if (done instanceof LinkRefill refill) {
        leaveCredential(refill);
        finish(refill, effects);
      }
      next =
          round < settings.rounds()
              ? exchange(
                  bootstrap.authenticator(), standing().supplies(), standing().session(), round++)
              : greeting(Greeting.Kind.CLOSE);
    }
    done.close();
    return Optional.of(next);
  }

  /** Bob has nothing left to wait for; he stays for what Alice may ask once more. */
  @Override
  boolean isLast(LinkStage next) {
    return self == Party.BOB
        && next instanceof Greeting greeting
        && greeting.kind() == Greeting.Kind.CLOSE;
  }

  /** A key that does not pay for a refill is the application's, and the block in use is kept. */
  @Override
  RoundReport takeWhole(RoundReport report, SecretBits key, List<LinkEffect> effects) {
    effects.add(new LinkEffect.Deliver(report.round(), key));
    return report.sharedOut(key.length(), 0);
  }

  /** From the first commitment on nothing rests on the credential, unless it signs each message. */
  private void leaveCredential(LinkRefill refill) {
    if (refill.isCommitted() && standing().method().suite() != Suite.SIGNATURE) {
      bootstrap.finish();
    }
  }

  /** Puts the first block of one-time keys into the ledger. */
  private Standing stand() {
    InMemoryLedgerStore store = new InMemoryLedgerStore();
    Ledger ledger =
        Ledger.open(
            self,
            settings.ledger(bootstrap.handoverAuthenticator()),
            store,
            RollbackGuard.inMemory(),
            (epoch, block, key) -> given.add(key));
    // The seed would bring back one-time keys that were used and destroyed.
    try (SecretBits seed = bootstrap.seed();
        KeyBlock first = KeyBlock.bootstrap(seed, LinkSettings.FIRST_KEYS)) {
      ledger.reBootstrap(ledger.epoch(), first, false);
    }
    return new Standing(
        bootstrap.session(), bootstrap.method(), store, ledger, new Supplies(ledger, random));
  }

  private Standing standing() {
    return standing.orElseThrow(() -> new AssertionError("nobody is authenticated"));
  }

  @Override
  Ledger ledger() {
    return standing().ledger();
  }

  @Override
  byte[] foundation() {
    return bootstrap.transcript();
  }

  private Greeting greeting(Greeting.Kind kind) {
    return new Greeting(
        kind,
        self,
        standing().session(),
        bootstrap.authenticator(),
        standing().supplies().keys(),
        settings.agreement());
  }
}
