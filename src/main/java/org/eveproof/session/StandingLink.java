package org.eveproof.session;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.Rejoining;
import org.eveproof.handover.ReserveLevel;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.session.RoundReport.Outcome;

/**
 * One end of a link that outlives its processes: it stands on a durable ledger, bootstraps once,
 * and goes on from the ledger's own keys whenever either end has restarted or fallen silent.
 *
 * <p>Every key of a round passes through the ledger: its application part is handed over when both
 * ends are known to have the block, so that no crash leaves a key at one end only. A round whose
 * key cannot pay for the next block makes none.
 */
public final class StandingLink extends LinkEnd {
  /**
   * So often in a row must the ends find each other out of step, or without keys, before this one
   * stops: nothing authenticates what is compared, and one message of Eve's must not end a link. An
   * end without keys that hears nobody tries as often.
   */
  private static final int CERTAIN = 3;

  private static final String NO_KEYS_LEFT =
      EXHAUSTED + ": bring both ends a new credential and start both with --new-epoch";

  private final Ledger ledger;
  private final MessageAuthenticator authenticator;
  private final Supplies supplies;
  private final Optional<Introduction> introduction;
  private boolean newEpoch;
  private Reunion reunion;
  private boolean open;
  private boolean bootstrapped;
  private boolean credentialLeft;
  private boolean exhausted;
  private int outOfStep;
  private int round;
  private ReserveLevel level;

  /**
   * Prepares one end.
   *
   * @param self whose end
   * @param settings the same at both ends
   * @param ledger opened by the caller, who closes it
   * @param authenticator the ledger's
   * @param introduction what this end trusts, if it may have to bootstrap; becomes the link's own
   * @param newEpoch whether an operator wants a new bootstrap whatever the ledger holds
   * @param random where this end draws what Eve must not foresee
   */
  public StandingLink(
      Party self,
      LinkSettings settings,
      Ledger ledger,
      MessageAuthenticator authenticator,
      Optional<Introduction> introduction,
      boolean newEpoch,
      SecretRandom random) {
    this(
        self,
        settings,
        ledger,
        authenticator,
        introduction,
        newEpoch,
        random,
        new Reunion(self, ledger.position(), newEpoch, false, random));
  }

  private StandingLink(
      Party self,
      LinkSettings settings,
      Ledger ledger,
      MessageAuthenticator authenticator,
      Optional<Introduction> introduction,
      boolean newEpoch,
      SecretRandom random,
      Reunion first) {
    super(self, settings, random, first);
    this.ledger = ledger;
    this.authenticator = authenticator;
    this.supplies = new Supplies(ledger, random);
    this.introduction = introduction;
    this.newEpoch = newEpoch;
    this.reunion = first;
    // Whoever starts with a low reserve hears of it at once.
    this.level = ledger.current() < 0 ? ledger.level() : ReserveLevel.PLENTY;
  }

  /**
   * What a bootstrap takes.
   *
   * @param anchor what this end trusts; becomes the link's own
   * @param name of this device
   * @param peer name of the device at the other end
   * @param clock tells whether a credential is valid
   */
  public record Introduction(
      TrustAnchor anchor, DeviceName name, DeviceName peer, InstantSource clock) {
    LinkBootstrap bootstrap(Party self, LinkSettings settings, SecretRandom random) {
      MutualAuthentication authentication =
          new MutualAuthentication(self, name, anchor, settings.methods());
      return new LinkBootstrap(self, authentication, peer, clock, random);
    }
  }

  /** Returns whether the ends have found each other and rounds are being made. */
  public boolean isOpen() {
    return open;
  }

  /** Returns whether the link ended because an end has no one-time keys left. */
  public boolean isExhausted() {
    return failure().equals(Optional.of(NO_KEYS_LEFT));
  }

  /** Begins the conversation anew: the peer may have restarted, or be away for a while. */
  @Override
  public List<LinkEffect> giveUp(String why) {
    List<LinkEffect> effects = new ArrayList<>();
    if (!isOver() && exhausted && ++outOfStep >= CERTAIN) {
      fail(NO_KEYS_LEFT, effects);
    } else if (!isOver()) {
      leave(why, effects);
    }
    return goOn(effects);
  }

  @Override
  boolean interrupts(byte[] bytes) {
    // Nobody vouches for these bytes: who makes good progress does not look at them.
    return !(stage() instanceof Reunion) && askedInVain() > 0 && reunion.isOlderThan(bytes);
  }

  @Override
  void leave(String why, List<LinkEffect> effects) {
    if (open) {
      effects.add(new LinkEffect.Interrupted(why));
    }
    effects.addAll(stage().giveUp());
    settleAsItStands(effects);
    stage().close();
    reunite();
    effects.addAll(reunion.begin());
  }

  private void reunite() {
    open = false;
    reunion = new Reunion(self, ledger.position(), newEpoch, exhausted, random);
    become(reunion);
  }

  @Override
  void notice(List<LinkEffect> effects) {
    ReserveLevel now = ledger.level();
    if (now != level) {
      level = now;
      effects.add(new LinkEffect.Reserve(now, ledger.ordinaryKeysLeft()));
    }
  }

  @Override
  Optional<LinkStage> after(LinkStage done, List<LinkEffect> effects) {
    if (done == reunion) {
      return afterReunion(effects);
    }
    if (done instanceof Greeting greeting && greeting.kind() == Greeting.Kind.CLOSE) {
      return Optional.empty();
    }
    if (done instanceof LinkBootstrap bootstrap) {
      stand(bootstrap, effects);
      return Optional.of(greeting(Greeting.Kind.OPEN));
    }
    if (done instanceof LinkExchange<?> exchange && finish(exchange, effects)) {
      done.close();
      return Optional.of(new LinkRefill(self, ledger));
    }
    if (done instanceof LinkRefill refill) {
      if (refill.isCommitted() && !credentialLeft) {
        leaveCredential(effects);
      }
      finish(refill, effects);
    }
    if (done instanceof Greeting) {
      open = true;
      outOfStep = 0;
      round = bootstrapped ? 0 : reunion.blocksSoFar();
      effects.add(new LinkEffect.Reunited(ledger.position(), bootstrapped));
    }
    done.close();
    if (!open) {
      return Optional.of(greeting(Greeting.Kind.OPEN));
    }
    return Optional.of(
        round < settings.rounds()
            ? exchange(authenticator, supplies, reunion.session(), round++)
            : greeting(Greeting.Kind.CLOSE));
  }

  private Optional<LinkStage> afterReunion(List<LinkEffect> effects) {
    forgetFingerprint();
    bootstrapped = false;
    // What light is still under way belongs to a round that nobody goes on with.
    effects.add(new LinkEffect.DiscardLight());
    Rejoining standing = ledger.rejoin(reunion.theirs().position());
    boolean spent = reunion.isExhausted() && !reunion.isBootstrapWanted();
    if (standing == Rejoining.IN_STEP && !spent && !reunion.isBootstrapWanted()) {
      if (self == Party.BOB) {
        ledger.stageLost(reunion.theirs().position());
      }
      return Optional.of(
          reunion.leavesAHandover() ? new LinkRefill(self, ledger) : greeting(Greeting.Kind.OPEN));
    }
    if (!spent && reunion.mayBootstrap()) {
      if (introduction.isEmpty()) {
        fail(
            "a bootstrap is due, and this end was given no credential for it: bring both ends a new"
                + " one and start both with --new-epoch",
            effects);
        return Optional.empty();
      }
      return Optional.of(introduction.get().bootstrap(self, settings, random));
    }
    String why = spent ? NO_KEYS_LEFT : reunion.explain(standing);
    if (++outOfStep >= CERTAIN) {
      fail(why, effects);
      return Optional.empty();
    }
    effects.add(new LinkEffect.OutOfStep(why));
    reunite();
    return Optional.of(reunion);
  }

  /** Who has no keys left tells the other end, which would look for it for ever. */
  @Override
  void failed(String why, List<LinkEffect> effects) {
    if (why.equals(EXHAUSTED)) {
      exhausted = true;
      effects.add(new LinkEffect.OutOfStep(NO_KEYS_LEFT));
      leave(why, effects);
    } else {
      fail(why, effects);
    }
  }

  /** Bob has nothing left to wait for; he stays for what Alice may ask once more. */
  @Override
  boolean isLast(LinkStage next) {
    return self == Party.BOB
        && next instanceof Greeting greeting
        && greeting.kind() == Greeting.Kind.CLOSE;
  }

  /** Without a block both ends have, a crash could leave the key at one end: it is given up. */
  @Override
  RoundReport takeWhole(RoundReport report, SecretBits key, List<LinkEffect> effects) {
    key.close();
    effects.add(new LinkEffect.KeyNotGrowing(report));
    return report.sharedOut(0, 0).as(Outcome.ABORTED);
  }

  /** Puts the first block of one-time keys into the ledger. */
  private void stand(LinkBootstrap bootstrap, List<LinkEffect> effects) {
    try (SecretBits seed = bootstrap.seed();
        KeyBlock first = KeyBlock.bootstrap(seed, LinkSettings.FIRST_KEYS)) {
      if (!ledger.reBootstrap(reunion.nextEpoch(), first, true)) {
        throw new AssertionError("the ledger refuses a new epoch");
      }
    }
    bootstrap.forgetSeed();
    bootstrapped = true;
    newEpoch = false;
    exhausted = false;
    effects.add(new LinkEffect.SessionBegins());
  }

  /** From the first commitment on nothing rests on the credential. */
  private void leaveCredential(List<LinkEffect> effects) {
    credentialLeft = true;
    introduction.ifPresent(brought -> brought.anchor().close());
    effects.add(new LinkEffect.CredentialSpent());
  }

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  byte[] foundation() {
    return reunion.transcript();
  }

  /** Both confirm what they said when nothing authenticated it. */
  private Greeting greeting(Greeting.Kind kind) {
    String words =
        settings.agreement() + " reunion=" + HexFormat.of().formatHex(reunion.transcript());
    return new Greeting(kind, self, reunion.session(), authenticator, supplies.keys(), words);
  }

  /** Destroys what secrets the conversation holds; the ledger stays with its owner. */
  @Override
  public void close() {
    stage().close();
    introduction.ifPresent(brought -> brought.anchor().close());
  }
}
