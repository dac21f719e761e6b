package org.eveproof.bootstrap;

import java.util.Locale;
import org.eveproof.protocol.Party;

/**
 * A pre-shared key as a courier brought it to a device.
 *
 * @param key which the device owns
 * @param ends which ends of the link this copy is for: one that is brought to the wrong end is of
 *     no use there
 * @param generation counts the keys of one pair of devices, 1 to {@value #LAST_GENERATION}: an end
 *     that has spent one takes only later ones
 */
public record ProvisionedKey(PresharedKey key, Ends ends, int generation) implements AutoCloseable {
  /** The last generation that a file can name. */
  public static final int LAST_GENERATION = 999_999_999;

  /** The ends of a link that a copy of the key is for. */
  public enum Ends {
    /** Alice's device only. */
    ALICE,
    /** Bob's device only. */
    BOB,
    /** Both ends use this copy. */
    BOTH;

    /** Returns how files and the command line spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an end may use the copy. */
    public boolean include(Party end) {
      return this == BOTH || (this == ALICE) == (end == Party.ALICE);
    }
  }

  /** Checks the generation. */
  public ProvisionedKey {
    if (generation < 1 || generation > LAST_GENERATION) {
      throw new IllegalArgumentException("generation " + generation);
    }
  }

  /** Destroys the key. */
  @Override
  public void close() {
    key.close();
  }
}
