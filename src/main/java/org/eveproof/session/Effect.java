package org.eveproof.session;

import org.eveproof.authentication.Frame;
import org.eveproof.protocol.SecretBits;

/** What a party asks of the world around it. */
public sealed interface Effect {

  /** Put this frame on the classical channel. */
  record Send(Frame frame) implements Effect {}

  /** The session made this key; whoever gets it owns it and destroys it. */
  record Release(SecretBits key) implements Effect {}

  /** The session ended without a key, and its secrets are gone. */
  record GiveUp(AbortReason reason) implements Effect {}
}
