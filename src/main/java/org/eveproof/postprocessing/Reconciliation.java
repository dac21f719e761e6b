package org.eveproof.postprocessing;

import java.util.Optional;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;

/**
 * How one key is reconciled, as both parties know it before they begin: Alice opens with parities
 * of her key, Bob corrects his and asks for more until he is done. Each parity is one bit of leak.
 */
public interface Reconciliation {

  /** Returns the number of bits of the public seed that Alice draws. */
  int seedBits();

  /** Returns the number of parities in her first message. */
  int openingBits();

  /**
   * Begins Alice's side.
   *
   * @param key hers, which the caller keeps and destroys
   * @throws IllegalArgumentException if the key or the seed has another length
   */
  Alice alice(SecretBits key, Bits seed);

  /**
   * Begins Bob's side.
   *
   * @param key his, with errors, which the caller keeps and destroys
   * @throws IllegalArgumentException if the key or the seed has another length
   */
  Bob bob(SecretBits key, Bits seed);

  /** Alice's side. Closing it wipes what was derived from the key. */
  interface Alice extends AutoCloseable {
    /** Returns her first message. */
    Bits open();

    /**
     * Reads a question of Bob's; nothing changes until it is answered.
     *
     * @param question from an untrusted source
     * @return nothing if Bob could not ask this now
     */
    Optional<Question> read(byte[] question);

    @Override
    void close();
  }

  /** What Bob wants to know. */
  interface Question {
    /** Returns the parities that he asks for: secret until here. */
    Bits answer();
  }

  /** Bob's side. Closing it wipes what was derived from the key. */
  interface Bob extends AutoCloseable {
    /** Returns the number of parities that Alice's next message must hold; 0 if he is done. */
    int awaitedBits();

    /**
     * Takes Alice's parities, and corrects what they show.
     *
     * @return what to ask next; nothing if he is done
     * @throws IllegalArgumentException if the number of parities is not {@link #awaitedBits}
     */
    Optional<byte[]> take(Bits parities);

    /** Returns his key as corrected so far, to be destroyed on its own; errors may remain. */
    SecretBits corrected();

    @Override
    void close();
  }
}
