package org.eveproof.session;

import org.eveproof.handover.LedgerPosition;
import org.eveproof.handover.ReserveLevel;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.quantum.ModulatedLight;

/** What one end of a link asks of the world around it. */
public sealed interface LinkEffect {

  /** Put these bytes on the classical channel. */
  final class Send implements LinkEffect {
    private final byte[] bytes;

    Send(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    /** Returns a copy of the bytes. */
    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /**
   * The peer is authenticated and the first session begins, though no message of it has been sent
   * yet and none accepted. Whoever keeps a credential that serves once notes here, durably and
   * before the next effect, that it is spent.
   */
  record SessionBegins() implements LinkEffect {}

  /** Put this light into the fibre (Alice). */
  record Emit(int round, ModulatedLight light) implements LinkEffect {}

  /** Hand over the light of this round when it has come out of the fibre (Bob). */
  record AwaitLight(int round) implements LinkEffect {}

  /**
   * A round made a key for the application; whoever gets it owns it and destroys it.
   *
   * @param round number of the round, from 0
   * @param key the application's part of the round's key
   */
  @Refines("IdealKeyAgreement!Deliver")
  record Deliver(int round, SecretBits key) implements LinkEffect {}

  /** The round is over, with or without a key. */
  record RoundOver(RoundReport report) implements LinkEffect {}

  /** What light is still under way belongs to no round any more: let it go (Bob). */
  record DiscardLight() implements LinkEffect {}

  /**
   * The first block that an exchange made is in use, at both ends as far as is known: nothing rests
   * on the credential any more. Whoever keeps one that serves once notes here that it is spent.
   */
  record CredentialSpent() implements LinkEffect {}

  /**
   * The ends have found each other, and rounds begin or go on.
   *
   * @param position of this end's ledger
   * @param bootstrapped whether that took a bootstrap
   */
  record Reunited(LedgerPosition position, boolean bootstrapped) implements LinkEffect {}

  /** The conversation broke off, and begins anew as soon as the other end answers. */
  record Interrupted(String why) implements LinkEffect {}

  /** The ledgers of the two ends do not go together; no key is used. */
  record OutOfStep(String why) implements LinkEffect {}

  /**
   * The supply of one-time keys has crossed a mark.
   *
   * @param level where it is now
   * @param left ordinary keys of this end's direction that are left
   */
  record Reserve(ReserveLevel level, int left) implements LinkEffect {}

  /** A round's key could not pay for the next block of one-time keys, and was given up. */
  record KeyNotGrowing(RoundReport report) implements LinkEffect {}
}
