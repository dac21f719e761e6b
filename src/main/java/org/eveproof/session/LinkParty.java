package org.eveproof.session;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
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
import org.eveproof.quantum.PulseTrain;
import org.eveproof.session.RoundReport.Outcome;

/**
 * One end of the whole link: bootstrap, then rounds of the exchange, each of which gives a part of
 * its key to the ledger of one-time keys and the rest to the application.
 *
 * <p>No clock, no thread, no channel: bytes and light come in, effects go out. In every stage the
 * parties speak in turn. So one rule mends every loss: who waits says his last messages again, byte
 * for byte, and who hears a message again gives the answer that he gave.
 */
public final class LinkParty implements AutoCloseable {
  /** Why a link ends that has no one-time key left. */
  static final String EXHAUSTED = "the one-time authentication keys are exhausted";

  private final Party self;
  private final LinkSettings settings;
  private final SecretRandom random;
  private final LinkBootstrap bootstrap;
  private Optional<Standing> standing = Optional.empty();
  private LinkStage stage;
  private int round;
  private byte[] heard = {};
  private List<LinkEffect> said = List.of();
  private final List<SecretBits> given = new ArrayList<>();
  private Optional<RoundReport> unsettled = Optional.empty();
  private Optional<RoundTranscript> newest = Optional.empty();
  private Optional<Fingerprint> fingerprint = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private boolean over;
  private int progress;

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
    this.self = self;
    this.settings = settings;
    this.random = random;
    this.bootstrap =
        new LinkBootstrap(
            self,
            new MutualAuthentication(self, name, anchor, settings.methods()),
            peer,
            clock,
            random);
    this.stage = bootstrap;
  }

  /** Returns whose end this is. */
  public Party self() {
    return self;
  }

  /** Returns how many messages and runs of light were accepted so far. */
  public int progress() {
    return progress;
  }

  /** Returns whether everything is done or has failed; repetitions may still be asked for. */
  public boolean isOver() {
    return over;
  }

  /** Returns why the link ended before its time; empty if it has not. */
  public Optional<String> failure() {
    return failure;
  }

  /** Returns how the first keys were made and messages are authenticated, once that is agreed. */
  public Optional<Method> method() {
    return standing.map(Standing::method);
  }

  /**
   * Returns what the operators of both ends should compare after the same round: it covers the
   * bootstrap and every round so far that made keys, and differs if somebody was between the ends
   * in any of them.
   */
  public Optional<Fingerprint> fingerprint() {
    return fingerprint;
  }

  /** Returns whether it ended because the ends are configured differently. */
  public boolean isMisconfigured() {
    return stage instanceof Greeting greeting && greeting.isContradicted();
  }

  /** Starts. */
  public List<LinkEffect> begin() {
    List<LinkEffect> effects = new ArrayList<>(stage.begin());
    return goOn(effects);
  }

  /** Takes bytes from the classical channel; whatever is not awaited is ignored. */
  public List<LinkEffect> receive(byte[] bytes) {
    if (Arrays.equals(heard, bytes)) {
      // As long as this end waits itself, its clock repeats the answer: two answers to each
      // repetition would breed without end on a channel that doubles frames.
      return over ? said : List.of();
    }
    boolean confirms = unsettled.isPresent() && !(stage instanceof LinkRefill);
    Optional<List<LinkEffect>> result = stage.receive(bytes);
    List<LinkEffect> effects = new ArrayList<>(result.orElse(List.of()));
    if (result.isPresent()) {
      progress++;
      heard = bytes.clone();
      said = List.of();
      if (confirms) {
        // Whatever the peer says after a round tells that the round is over for him too.
        settle(effects);
      }
    }
    return goOn(effects);
  }

  /** Takes the light of a round out of the fibre (Bob); light that is not awaited goes nowhere. */
  public List<LinkEffect> measure(int from, PulseTrain light, RandomGenerator physics) {
    List<LinkEffect> effects = new ArrayList<>();
    if (stage instanceof LinkExchange.Bob exchange && exchange.round() == from) {
      effects.addAll(exchange.measure(light, physics));
      progress++;
    }
    return goOn(effects);
  }

  /** Says again all that was said since the peer was heard last, because an answer is late. */
  public List<LinkEffect> resend() {
    Optional<List<LinkEffect>> anew = stage.retry();
    if (anew.isPresent()) {
      said = List.of();
      return goOn(new ArrayList<>(anew.get()));
    }
    return said;
  }

  /** Ends the link because the peer does not answer. */
  public List<LinkEffect> giveUp(String why) {
    List<LinkEffect> effects = new ArrayList<>();
    if (!over) {
      fail(
          stage == bootstrap ? why + ", and nobody is authenticated: " + bootstrap.hint() : why,
          effects);
    }
    return effects;
  }

  /** Destroys every key that this end still holds. */
  @Override
  public void close() {
    stage.close();
    bootstrap.close();
    given.forEach(SecretBits::close);
    standing.ifPresent(Standing::close);
  }

  /** Enters stage after stage as they end. */
  private List<LinkEffect> goOn(List<LinkEffect> effects) {
    for (SecretBits key : given) {
      unsettled.ifPresent(report -> effects.add(new LinkEffect.Deliver(report.round(), key)));
    }
    given.clear();
    while (!over) {
      if (stage.failure().isPresent()) {
        fail(stage.failure().get(), effects);
      } else if (stage.isOver()) {
        enterNext(effects);
      } else {
        break;
      }
    }
    List<LinkEffect> all = new ArrayList<>(said);
    effects.stream().filter(LinkEffect.Send.class::isInstance).forEach(all::add);
    said = List.copyOf(all);
    return effects;
  }

  private void enterNext(List<LinkEffect> effects) {
    LinkStage done = stage;
    if (done instanceof Greeting greeting && greeting.kind() == Greeting.Kind.CLOSE) {
      over = true;
      return;
    }
    if (done == bootstrap) {
      standing = Optional.of(stand());
      effects.add(new LinkEffect.SessionBegins());
      stage = greeting(Greeting.Kind.OPEN);
    } else if (done instanceof LinkExchange<?> exchange && finish(exchange, effects)) {
      stage = new LinkRefill(self, standing().ledger(), random);
    } else {
      if (done instanceof LinkRefill refill) {
        finish(refill, effects);
      }
      stage = round < settings.rounds() ? exchange(round++) : greeting(Greeting.Kind.CLOSE);
    }
    if (done != bootstrap) {
      done.close();
    }
    effects.addAll(stage.begin());
    // Bob has nothing left to wait for; he stays for what Alice may ask once more.
    over =
        self == Party.BOB
            && stage instanceof Greeting greeting
            && greeting.kind() == Greeting.Kind.CLOSE;
  }

  /** Shares out the key of a round, and returns whether the ledger is to get a part of it. */
  private boolean finish(LinkExchange<?> exchange, List<LinkEffect> effects) {
    RoundReport report =
        RoundReport.of(
            exchange.round(), Outcome.KEY, exchange.abort(), exchange.state().findings());
    Optional<SecretBits> made = exchange.takeKey();
    if (made.isEmpty()) {
      unsettled = Optional.of(report.as(Outcome.ABORTED));
      settle(effects);
      return false;
    }
    SecretBits key = made.get();
    newest = Optional.of(exchange.transcript());
    int keys = settings.keysForLedger(key.length(), report.batches());
    if (keys > 0) {
      Ledger ledger = standing().ledger();
      int least = ledger.leastBytes(keys);
      try (KeyBlock block = ledger.nextBlock(key, keys)) {
        if (ledger.stage(block)) {
          key.close();
          int rest = Byte.SIZE * (key.length() / Byte.SIZE - least);
          unsettled = Optional.of(report.sharedOut(rest, keys));
          return true;
        }
      }
    }
    unsettled = Optional.of(report.sharedOut(key.length(), 0));
    effects.add(new LinkEffect.Deliver(report.round(), key));
    if (self == Party.BOB) {
      settle(effects);
    }
    return false;
  }

  private void finish(LinkRefill refill, List<LinkEffect> effects) {
    if (refill.isCommitted()) {
      // From here on nothing rests on the credential any more, unless it signs each message.
      if (standing().method().suite() != Suite.SIGNATURE) {
        bootstrap.finish();
      }
    } else {
      unsettled = unsettled.map(report -> report.sharedOut(0, 0).as(Outcome.ABORTED));
    }
    settle(effects);
  }

  private void settle(List<LinkEffect> effects) {
    if (unsettled.filter(report -> report.outcome() == Outcome.KEY).isPresent()) {
      byte[] before = fingerprint.map(Fingerprint::toBytes).orElseGet(() -> bootstrap.transcript());
      fingerprint = newest.map(seen -> seen.fingerprint(before));
    }
    unsettled.ifPresent(report -> effects.add(new LinkEffect.RoundOver(report)));
    unsettled = Optional.empty();
  }

  private void fail(String why, List<LinkEffect> effects) {
    effects.addAll(stage.giveUp());
    failure = Optional.of(why);
    over = true;
    boolean doubt = stage instanceof LinkRefill refill && refill.isInDoubt();
    unsettled = unsettled.map(report -> report.as(doubt ? Outcome.IN_DOUBT : Outcome.UNCONFIRMED));
    settle(effects);
    if (stage instanceof LinkExchange<?> exchange) {
      Outcome outcome = exchange.isInDoubt() ? Outcome.IN_DOUBT : Outcome.ABORTED;
      unsettled =
          Optional.of(
              RoundReport.of(
                  exchange.round(), outcome, exchange.abort(), exchange.state().findings()));
      settle(effects);
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

  private LinkStage exchange(int number) {
    return self == Party.ALICE
        ? new LinkExchange.Alice(
            settings,
            bootstrap.authenticator(),
            standing().supplies(),
            standing().session(),
            number)
        : new LinkExchange.Bob(
            settings,
            bootstrap.authenticator(),
            standing().supplies(),
            standing().session(),
            number);
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
