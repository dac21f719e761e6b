package org.eveproof.authentication;

import java.util.Optional;

/**
 * One party's supply of one-time keys: it takes the next key of its own direction to send, and
 * looks up the key of its peer's direction that an arriving message names.
 *
 * <p>The contract that the security rests on: no index of a direction is ever handed out twice by
 * {@link #take()}, over sessions, restarts and crashes; no index is found by {@link #lookup} once a
 * message under it has been accepted.
 */
public interface OneTimeKeys {

  /**
   * Consumes the next key of this party's direction.
   *
   * @return the key, which the caller closes as soon as the tag is made; empty when the supply that
   *     ordinary messages may use is exhausted
   */
  Optional<OneTimeKey> take();

  /**
   * Finds the key of the peer's direction under which a message may still be accepted. Changes
   * nothing.
   *
   * @param index the index that an unverified message names
   * @return a copy of the key, which the caller closes; empty if there is no such key, if it is not
   *     yet usable, or if it or a later one has been used already
   */
  Optional<OneTimeKey> lookup(KeyIndex index);

  /**
   * Notes that a message under this key of the peer's direction was accepted: it, and all before
   * it, are destroyed.
   *
   * @throws IllegalStateException if {@link #lookup} would not find it
   */
  void accepted(KeyIndex index);

  /**
   * Notes that a message naming this key of the peer's direction did not verify, so that the
   * attempts are bounded: after some number of them the key is destroyed.
   */
  void refused(KeyIndex index);
}
