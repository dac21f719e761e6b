package org.eveproof.adversary;

import org.eveproof.protocol.Bits;

/**
 * What a defective receiver makes of bytes before it looks at them: a receiver that ignores a field
 * sees the awaited value in it. It shows that the attack finds what it looks for.
 */
@FunctionalInterface
public interface Flaw {
  /** No defect: bytes are seen as they are. */
  Flaw NONE = (awaited, arrived) -> arrived;

  /**
   * Returns what the receiver sees.
   *
   * @param awaited the peer's frame that the receiver waits for
   * @param arrived the hostile bytes
   */
  byte[] seen(Bits awaited, byte[] arrived);
}
