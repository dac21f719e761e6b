package org.eveproof.adversary.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eveproof.transport.Transport;

/**
 * A channel on which messages get lost, doubled, out of order and late; for one thread, which comes
 * by often. What is held back when the process ends is lost.
 */
final class TroubledTransport implements Transport {
  private static final long MOST_DELAY_NANOS = 80_000_000;

  private final Transport line;
  private final Trouble trouble;
  private final RandomGenerator random;
  private final List<Held> held = new ArrayList<>();

  /** A message that waits for its time, or for another one to overtake it. */
  private static final class Held {
    final byte[] frame;
    final long due;
    final boolean untilOvertaken;

    Held(byte[] frame, long due, boolean untilOvertaken) {
      this.frame = frame.clone();
      this.due = due;
      this.untilOvertaken = untilOvertaken;
    }
  }

  TroubledTransport(Transport line, Trouble trouble, RandomGenerator random) {
    this.line = line;
    this.trouble = trouble;
    this.random = random;
  }

  @Override
  public void send(byte[] frame) {
    if (random.nextDouble() < trouble.lost()) {
      return;
    }
    boolean late = random.nextDouble() < trouble.delayed();
    boolean overtaken = random.nextDouble() < trouble.reordered();
    if (late || overtaken) {
      long due = System.nanoTime() + random.nextLong(MOST_DELAY_NANOS);
      held.add(new Held(frame, due, overtaken));
    } else {
      line.send(frame);
      release(true);
    }
    if (random.nextDouble() < trouble.doubled()) {
      line.send(frame);
    }
  }

  private void release(boolean overtaken) {
    long now = System.nanoTime();
    for (Iterator<Held> each = held.iterator(); each.hasNext(); ) {
      Held next = each.next();
      if (next.due < now || (overtaken && next.untilOvertaken)) {
        line.send(next.frame);
        each.remove();
      }
    }
  }

  @Override
  public Optional<byte[]> receive(Duration patience) throws InterruptedException {
    release(false);
    return line.receive(patience);
  }

  @Override
  public boolean flush(Duration patience) throws InterruptedException {
    release(false);
    return line.flush(patience);
  }

  @Override
  public void close() {
    line.close();
  }
}
