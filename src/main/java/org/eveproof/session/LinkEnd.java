package org.eveproof.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.session.RoundReport.Outcome;

/**
 * One end of a link: goes through stage after stage of its conversation with the other end, and
 * shares out the key of each round.
 *
 * <p>No clock, no thread, no channel: bytes and light come in, effects go out. In every stage the
 * parties speak in turn. So one rule mends every loss: who waits says his last messages again, byte
 * for byte, and who hears a message again gives the answer that he gave.
 */
public abstract sealed class LinkEnd implements AutoCloseable permits LinkParty, StandingLink {
  /** Why a link ends that has no one-time key left. */
  static final String EXHAUSTED = "the one-time authentication keys are exhausted";

  final Party self;
  final LinkSettings settings;
  final SecretRandom random;
  private LinkStage stage;
  private byte[] heard = {};
  private List<LinkEffect> said = List.of();
  private Optional<RoundReport> unsettled = Optional.empty();
  private Optional<RoundTranscript> newest = Optional.empty();
  private Optional<Fingerprint> fingerprint = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private boolean over;
  private int progress;
  private int askedInVain;

  LinkEnd(Party self, LinkSettings settings, SecretRandom random, LinkStage first) {
    this.self = self;
    this.settings = settings;
    this.random = random;
    this.stage = first;
  }

  /** Returns whose end this is. */
  public final Party self() {
    return self;
  }

  /** Returns how many messages and runs of light were accepted so far. */
  public final int progress() {
    return progress;
  }

  /** Returns whether everything is done or has failed; repetitions may still be asked for. */
  public final boolean isOver() {
    return over;
  }

  /** Returns why the link ended before its time; empty if it has not. */
  public final Optional<String> failure() {
    return failure;
  }

  /**
   * Returns what the operators of both ends should compare after the same round: it covers the
   * conversation that the link stands on and every round since that made keys, and differs if
   * somebody was between the ends in any of them.
   */
  public final Optional<Fingerprint> fingerprint() {
    return fingerprint;
  }

  /** Returns whether it ended because the ends are configured differently. */
  public final boolean isMisconfigured() {
    return stage instanceof Greeting greeting && greeting.isContradicted();
  }

  /** Starts. */
  public final List<LinkEffect> begin() {
    return goOn(new ArrayList<>(stage.begin()));
  }

  /**
   * Takes bytes from the classical channel; whatever is not awaited is ignored, and so is what is
   * longer than any frame of the peer: the claim for authentication counts no attempt with it.
   */
  public final List<LinkEffect> receive(byte[] bytes) {
    if (bytes.length > settings.maxFrameBytes()) {
      return List.of();
    }
    if (Arrays.equals(heard, bytes)) {
      // As long as this end waits itself, its clock repeats the answer: two answers to each
      // repetition would breed without end on a channel that doubles frames.
      return over ? said : List.of();
    }
    List<LinkEffect> effects = new ArrayList<>();
    if (!over && interrupts(bytes)) {
      leave("the other end begins anew", effects);
    }
    boolean confirms = unsettled.isPresent() && !(stage instanceof LinkRefill);
    Optional<List<LinkEffect>> result = stage.receive(bytes);
    effects.addAll(result.orElse(List.of()));
    if (result.isPresent()) {
      moved();
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
  public final List<LinkEffect> measure(int from, PulseTrain light, Chance physics) {
    List<LinkEffect> effects = new ArrayList<>();
    if (stage instanceof LinkExchange.Bob exchange && exchange.round() == from) {
      effects.addAll(exchange.measure(light, physics));
      moved();
    }
    return goOn(effects);
  }

  /** Says again all that was said since the peer was heard last, because an answer is late. */
  public final List<LinkEffect> resend() {
    askedInVain++;
    Optional<List<LinkEffect>> anew = stage.retry();
    if (anew.isPresent()) {
      said = List.of();
      return goOn(new ArrayList<>(anew.get()));
    }
    return said;
  }

  /** Takes note that the peer has not answered for too long. */
  public abstract List<LinkEffect> giveUp(String why);

  private void moved() {
    progress++;
    askedInVain = 0;
  }

  /** Returns the stage that the conversation is in. */
  final LinkStage stage() {
    return stage;
  }

  /** Returns how often this end has spoken again since it was last answered. */
  final int askedInVain() {
    return askedInVain;
  }

  /** Returns whether these bytes, which the stage does not await, end the stage. */
  boolean interrupts(byte[] bytes) {
    return false;
  }

  /** Leaves a stage that will not end by itself, for one that begins anew. */
  void leave(String why, List<LinkEffect> effects) {
    throw new AssertionError("nothing interrupts this end");
  }

  /**
   * Decides what follows on a stage that is over.
   *
   * @param effects gets what is to be done before the next stage begins
   * @return the next stage; empty if there is none
   */
  abstract Optional<LinkStage> after(LinkStage done, List<LinkEffect> effects);

  /** Returns whether the link ends with this stage, although the stage goes on for the peer. */
  boolean isLast(LinkStage next) {
    return false;
  }

  /**
   * Takes a key that cannot pay for a block of one-time keys, and which it then owns.
   *
   * @return the report, with what became of the key
   */
  abstract RoundReport takeWhole(RoundReport report, SecretBits key, List<LinkEffect> effects);

  /** Returns the ledger that the link stands on. */
  abstract Ledger ledger();

  /** Returns what the conversation of this session began with, and so what fingerprints rest on. */
  abstract byte[] foundation();

  /** Puts the next stage in place of the present one. */
  final void become(LinkStage next) {
    stage = next;
    heard = new byte[0];
    said = List.of();
  }

  /** Begins another conversation, which earlier rounds have no part in. */
  final void forgetFingerprint() {
    fingerprint = Optional.empty();
  }

  /** Enters stage after stage as they end. */
  final List<LinkEffect> goOn(List<LinkEffect> effects) {
    notice(effects);
    while (!over) {
      if (stage.failure().isPresent()) {
        failed(stage.failure().get(), effects);
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

  /** Decides what becomes of the link whose stage has failed. */
  void failed(String why, List<LinkEffect> effects) {
    fail(why, effects);
  }

  /** Adds what has happened beside the conversation. */
  void notice(List<LinkEffect> effects) {}

  private void enterNext(List<LinkEffect> effects) {
    Optional<LinkStage> next = after(stage, effects);
    if (next.isEmpty()) {
      over = true;
      return;
    }
    stage = next.get();
    effects.addAll(stage.begin());
    over = isLast(stage);
  }

  final LinkStage exchange(
      MessageAuthenticator authenticator, Supplies supplies, long session, int number) {
    return self == Party.ALICE
        ? new LinkExchange.Alice(settings, authenticator, supplies, session, number)
        : new LinkExchange.Bob(settings, authenticator, supplies, session, number);
  }

  /** Shares out the key of a round, and returns whether the ledger is to get a part of it. */
  final boolean finish(LinkExchange<?> exchange, List<LinkEffect> effects) {
    RoundReport report = report(exchange, Outcome.KEY);
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
      int least = ledger().leastBytes(keys);
      try (KeyBlock block = ledger().nextBlock(key, keys)) {
        if (ledger().stage(block)) {
          key.close();
          int rest = Byte.SIZE * (key.length() / Byte.SIZE - least);
          unsettled = Optional.of(report.sharedOut(rest, keys));
          return true;
        }
      }
    }
    unsettled = Optional.of(takeWhole(report, key, effects));
    if (self == Party.BOB) {
      settle(effects);
    }
    return false;
  }

  private RoundReport report(LinkExchange<?> exchange, Outcome outcome) {
    Participant<?> state = exchange.state();
    return RoundReport.of(
        exchange.round(),
        outcome,
        exchange.abort(),
        state.findings(),
        settings.acceptance(),
        LinkSettings.authenticationBits(state.talk().authenticator(), state.talk().messages()),
        settings.epsilon(state.talk().authenticator()));
  }

  /** Notes how the handover of a round's key ended. */
  final void finish(LinkRefill refill, List<LinkEffect> effects) {
    if (!refill.isCommitted()) {
      unsettled = unsettled.map(report -> report.sharedOut(0, 0).as(Outcome.ABORTED));
    }
    settle(effects);
  }

  /** Returns the round whose key is not settled yet. */
  final Optional<RoundReport> unsettled() {
    return unsettled;
  }

  private void settle(List<LinkEffect> effects) {
    if (unsettled.filter(report -> report.outcome() == Outcome.KEY).isPresent()) {
      byte[] before = fingerprint.map(Fingerprint::toBytes).orElseGet(this::foundation);
      fingerprint = newest.map(seen -> seen.fingerprint(before));
    }
    unsettled.ifPresent(report -> effects.add(new LinkEffect.RoundOver(report)));
    unsettled = Optional.empty();
  }

  /** Ends the link before its time. */
  final void fail(String why, List<LinkEffect> effects) {
    effects.addAll(stage.giveUp());
    failure = Optional.of(why);
    over = true;
    settleAsItStands(effects);
  }

  /** Reports the round in progress as what it is when nothing more is heard of it. */
  final void settleAsItStands(List<LinkEffect> effects) {
    boolean doubt = stage instanceof LinkRefill refill && refill.isInDoubt();
    unsettled = unsettled.map(report -> report.as(doubt ? Outcome.IN_DOUBT : Outcome.UNCONFIRMED));
    settle(effects);
    if (stage instanceof LinkExchange<?> exchange) {
      Outcome outcome = exchange.isInDoubt() ? Outcome.IN_DOUBT : Outcome.ABORTED;
      unsettled = Optional.of(report(exchange, outcome));
      settle(effects);
    }
  }

  /** Destroys every key that this end still holds. */
  @Override
  public abstract void close();
}
