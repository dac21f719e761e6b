package org.eveproof.transport;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eveproof.protocol.Party;

/** A channel between two parties in one process, with a place for an adversary. */
public final class InMemoryChannel {
  private final Map<Party, BlockingQueue<byte[]>> inboxes = new EnumMap<>(Party.class);
  private final Tap tap;

  /** Makes a channel whose every frame goes through the tap. */
  public InMemoryChannel(Tap tap) {
    this.tap = tap;
    for (Party party : Party.values()) {
      inboxes.put(party, new LinkedBlockingQueue<>());
    }
  }

  /** Returns the end of one party. */
  public Transport end(Party party) {
    return new End(party, inbox(party));
  }

  /** Puts a frame of the adversary's own making before a party. */
  public void inject(Party receiver, byte[] frame) {
    inbox(receiver).add(frame.clone());
  }

  private BlockingQueue<byte[]> inbox(Party party) {
    BlockingQueue<byte[]> inbox = inboxes.get(party);
    if (inbox == null) {
      throw new AssertionError("no inbox of " + party);
    }
    return inbox;
  }

  private final class End implements Transport {
    private final Party self;
    private final BlockingQueue<byte[]> inbox;

    End(Party self, BlockingQueue<byte[]> inbox) {
      this.self = self;
      this.inbox = inbox;
    }

    @Override
    public void send(byte[] frame) {
      for (byte[] carried : tap.carry(self, frame.clone())) {
        inject(self.peer(), carried);
      }
    }

    @Override
    public Optional<byte[]> receive(Duration patience) throws InterruptedException {
      return Optional.ofNullable(inbox.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public boolean flush(Duration patience) {
      return true;
    }

    @Override
    public void close() {
      inbox.clear();
    }
  }
}
