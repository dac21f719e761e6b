package org.eveproof.session;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of one party's conversation that follows one protocol. In all of them the parties speak
 * in turn, so that whoever waits may say his last message again.
 */
interface LinkStage extends AutoCloseable {

  /** Starts, and returns what is to be done first. */
  List<LinkEffect> begin();

  /**
   * Takes bytes from the channel.
   *
   * @return what is to be done; empty if these bytes are not the message that is awaited, and
   *     nothing changed
   */
  Optional<List<LinkEffect>> receive(byte[] bytes);

  /**
   * Notes that an answer is late.
   *
   * @return what to do instead of saying the last messages again; usually nothing
   */
  default Optional<List<LinkEffect>> retry() {
    return Optional.empty();
  }

  /** Ends this stage without the peer, which does not answer. */
  List<LinkEffect> giveUp();

  /** Returns whether the next stage may begin. */
  boolean isOver();

  /** Returns why the link cannot go on, if it cannot. */
  Optional<String> failure();

  /** Destroys what secrets are left. */
  @Override
  void close();
}
