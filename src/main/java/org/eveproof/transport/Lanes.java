package org.eveproof.transport;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Several channels over one: the first byte of each frame says to which lane it belongs. For one
 * thread; a lane that nobody reads holds so many bytes, and loses what comes after.
 */
public final class Lanes {
  private final Transport line;
  private final long capacity;
  private final List<Lane> lanes;

  /**
   * Divides a channel, of which this end must not be used otherwise.
   *
   * @param line carries all lanes; its frames may be one byte longer than those of a lane
   * @param count how many lanes, 1 to 256
   * @param capacity how many bytes may wait in a lane
   */
  public Lanes(Transport line, int count, long capacity) {
    this.line = line;
    this.capacity = capacity;
    this.lanes = IntStream.range(0, count).mapToObj(Lane::new).toList();
  }

  /** Returns one end of the lane with this number, from 0. */
  public Transport lane(int number) {
    return lanes.get(number);
  }

  /** Puts a frame into the lane that it names; one that names none is lost. */
  private void sort(byte[] frame) {
    if (frame.length > 0 && Byte.toUnsignedInt(frame[0]) < lanes.size()) {
      lanes.get(Byte.toUnsignedInt(frame[0])).add(Arrays.copyOfRange(frame, 1, frame.length));
    }
  }

  private final class Lane implements Transport {
    private final byte number;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private long bytes;

    Lane(int number) {
      this.number = (byte) number;
    }

    private void add(byte[] frame) {
      if (bytes + frame.length <= capacity) {
        bytes += frame.length;
        waiting.addLast(frame);
      }
    }

    @Override
    public void send(byte[] frame) {
      byte[] marked = new byte[frame.length + 1];
      marked[0] = number;
      System.arraycopy(frame, 0, marked, 1, frame.length);
      line.send(marked);
    }

    @Override
    public Optional<byte[]> receive(Duration patience) throws InterruptedException {
      long deadline = System.nanoTime() + patience.toNanos();
      Optional<byte[]> arrived = line.receive(Duration.ZERO);
      while (true) {
        while (arrived.isPresent()) {
          sort(arrived.get());
          arrived = waiting.isEmpty() ? line.receive(Duration.ZERO) : Optional.empty();
        }
        long left = deadline - System.nanoTime();
        if (!waiting.isEmpty() || left <= 0) {
          Optional<byte[]> next = Optional.ofNullable(waiting.pollFirst());
          bytes -= next.map(frame -> frame.length).orElse(0);
          return next;
        }
        arrived = line.receive(Duration.ofNanos(left));
      }
    }

    @Override
    public boolean flush(Duration patience) throws InterruptedException {
      return line.flush(patience);
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
