package org.eveproof.transport;

import java.time.Duration;
import java.util.Optional;

/**
 * One end of a channel that carries frames of bytes to one peer and promises nothing: a frame may
 * be lost, damaged, repeated, delayed, reordered, or made by somebody else. Whoever uses it
 * authenticates and retransmits.
 */
public interface Transport extends AutoCloseable {

  /** Hands over a frame, and returns without waiting for it to leave. */
  void send(byte[] frame);

  /**
   * Returns the next frame that arrived.
   *
   * @param patience how long to wait for one; zero to take only what is there
   * @return the frame; empty if none came in time
   */
  Optional<byte[]> receive(Duration patience) throws InterruptedException;

  /** Waits a moment until what was sent has left, and returns whether it has. */
  boolean flush(Duration patience) throws InterruptedException;

  /** Ends this end of the channel. What has not left may be lost. */
  @Override
  void close();
}
