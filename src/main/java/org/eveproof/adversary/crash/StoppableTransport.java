package org.eveproof.adversary.crash;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eveproof.transport.Transport;

/** A channel with places to stop at around every message. */
final class StoppableTransport implements Transport {
  private static final Duration LEAVES_WITHIN = Duration.ofMillis(300);

  private final Transport line;
  private final Function<byte[], String> names;
  private final Consumer<byte[]> beforehand;
  private final Stops stops;
  private String handling = MessageName.NOTHING;

  /**
   * Wraps a channel.
   *
   * @param names what its messages are called
   * @param beforehand gets each message before anything is done about sending it
   */
  StoppableTransport(
      Transport line, Function<byte[], String> names, Consumer<byte[]> beforehand, Stops stops) {
    this.line = line;
    this.names = names;
    this.beforehand = beforehand;
    this.stops = stops;
  }

  @Override
  public void send(byte[] frame) {
    String name = names.apply(frame);
    beforehand.accept(frame);
    stops.at(Place.SEND_BEFORE, name);
    line.send(frame);
    if (stops.isArmedAt(Place.SEND_AFTER, name)) {
      leave();
    }
    stops.at(Place.SEND_AFTER, name);
  }

  private void leave() {
    try {
      // Where there is no connection it leaves for nowhere.
      line.flush(LEAVES_WITHIN);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a site", e);
    }
  }

  @Override
  public Optional<byte[]> receive(Duration patience) throws InterruptedException {
    if (!handling.equals(MessageName.NOTHING)) {
      String handled = handling;
      handling = MessageName.NOTHING;
      stops.at(Place.HANDLED, handled);
    }
    Optional<byte[]> frame = line.receive(patience);
    if (frame.isPresent()) {
      handling = names.apply(frame.get());
      stops.because(handling);
      stops.at(Place.RECEIVED);
    }
    return frame;
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
