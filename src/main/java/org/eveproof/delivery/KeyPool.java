package org.eveproof.delivery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eveproof.delivery.health.HealthGate;
import org.eveproof.delivery.health.HealthHistory;
import org.eveproof.delivery.health.HealthReport;
import org.eveproof.delivery.health.HealthVerdict;
import org.eveproof.handover.ApplicationKeys;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;

/**
 * Takes in the application parts of the blocks that the link grew. Each is cut into two halves:
 * Alice's site owns the first, Bob's the second, so the sites never contend for a key.
 *
 * <p>A block is taken in once, however often it is given, and only if its bits pass the health
 * tests, alone and with those before it: both sites see the same blocks in the same order, so they
 * come to the same finding. A new epoch retires what is left of the old one: after a new bootstrap
 * the sites need not have the same old blocks.
 */
public final class KeyPool implements ApplicationKeys {
  /** How many beginnings of dropped halves are kept at most. */
  static final int MAX_BEGINNINGS = 64;

  private static final int BEGINNING = Half.STREAM + Half.PADS;

  private final DeliveryStore store;
  private final long maxHalfBytes;
  private final Consumer<DeliveryEvent> events;
  private boolean full;

  /**
   * Makes the pool of a site.
   *
   * @param maxHalfBytes how many bytes of each half the pool holds; of a block beyond that it keeps
   *     the beginning alone, to refuse with what the other site announces from it, and of many such
   *     blocks not even that
   * @param events told of each block, and of alarms; that the pool is full is told once, until a
   *     block fits again
   */
  public KeyPool(DeliveryStore store, long maxHalfBytes, Consumer<DeliveryEvent> events) {
    this.store = store;
    this.maxHalfBytes = maxHalfBytes;
    this.events = events;
  }

  /**
   * Takes a block in, and destroys what was handed over. It is durable when this returns. A block
   * that is not later than the last one is ignored.
   */
  @Override
  @Refines("KeyDelivery!TakeIn")
  public void give(int epoch, int block, SecretBits key) {
    byte[] bytes = key.length() == 0 ? new byte[0] : key.toBytes();
    try {
      takeIn(new BlockId(epoch, block), bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      key.destroy();
    }
  }

  private void takeIn(BlockId id, byte[] bytes) {
    Optional<DeliveryEvent> event =
        store.atomically(
            () -> {
              Optional<BlockId> last = store.lastTakenIn();
              if (last.isPresent() && id.compareTo(last.get()) <= 0) {
                return Optional.of(new DeliveryEvent.BlockRefused(id, "it was taken in before"));
              }
              store.noteTakenIn(id);
              if (last.isPresent() && last.get().epoch() < id.epoch()) {
                retireAll();
              }
              int half = bytes.length / 2 / Half.UNIT * Half.UNIT;
              if (half < BEGINNING) {
                return Optional.of(
                    new DeliveryEvent.BlockRefused(id, "it is too short to deliver from"));
              }
              Optional<String> objection = objection(bytes);
              return objection.isPresent()
                  ? Optional.of(new DeliveryEvent.BlockRefused(id, objection.get()))
                  : add(id, half, bytes);
            });
    event.ifPresent(events);
  }

  /** Returns why a block's bits must not be delivered, and remembers them for the next blocks. */
  private Optional<String> objection(byte[] bytes) {
    HealthHistory history = store.healthHistory();
    Optional<String> objection = Optional.empty();
    for (int from = 0; from < bytes.length && objection.isEmpty(); from += HealthGate.MOST_BYTES) {
      byte[] piece =
          Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + HealthGate.MOST_BYTES));
      HealthReport report = HealthGate.judge(piece, history);
      Arrays.fill(piece, (byte) 0);
      history = report.history();
      if (report.verdict() instanceof HealthVerdict.Refused refused) {
        objection = Optional.of(refused.reason());
      }
    }
    store.rememberHealth(history);
    return objection;
  }

  private Optional<DeliveryEvent> add(BlockId id, int half, byte[] bytes) {
    boolean first = add(Party.ALICE, id, Arrays.copyOf(bytes, half));
    boolean second = add(Party.BOB, id, Arrays.copyOfRange(bytes, half, 2 * half));
    boolean wasFull = full;
    full = !first || !second;
    if (!full) {
      return Optional.of(new DeliveryEvent.BlockTaken(id, half));
    }
    boolean alice = store.site() == Party.ALICE;
    return wasFull
        ? Optional.empty()
        : Optional.of(
            new DeliveryEvent.PoolFull(id, alice ? !first : !second, alice ? !second : !first));
  }

  private boolean add(Party owner, BlockId id, byte[] half) {
    boolean room = store.rest(owner) + half.length <= maxHalfBytes;
    try {
      if (room) {
        store.addHalf(owner, id, half);
      } else if (owner != store.site() && store.count(owner, BEGINNING) < MAX_BEGINNINGS) {
        byte[] beginning = Arrays.copyOf(half, BEGINNING);
        store.addHalf(owner, id, beginning);
        Arrays.fill(beginning, (byte) 0);
      }
      return room;
    } finally {
      Arrays.fill(half, (byte) 0);
    }
  }

  private void retireAll() {
    for (Party owner : List.of(Party.ALICE, Party.BOB)) {
      store.halves(owner).forEach(half -> store.drop(owner, half.id()));
    }
  }
}
