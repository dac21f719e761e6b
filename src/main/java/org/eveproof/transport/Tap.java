package org.eveproof.transport;

import java.util.List;
import org.eveproof.protocol.Party;

/** Where an adversary sits on a channel: she sees every frame and decides what arrives. */
@FunctionalInterface
public interface Tap {

  /** Lets every frame pass. */
  Tap NONE = (sender, frame) -> List.of(frame);

  /**
   * Decides about one frame.
   *
   * @param sender who sent it
   * @param frame a copy, which may be kept and changed
   * @return the frames that the peer receives instead, in order; possibly none
   */
  List<byte[]> carry(Party sender, byte[] frame);
}
