package org.eveproof.delivery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eveproof.handover.ApplicationKeys;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;

/**
 * Takes in the application parts of the blocks that the link grew. Each is cut into two halves:
 * Alice's site owns the first, Bob's the second, so the sites never contend for a key.
 *
 * <p>A block is taken in once, however often it is given. A new epoch retires what is left of the
 * old one: after a new bootstrap the sites need not have the same old blocks.
 */
public final class KeyPool implements ApplicationKeys {
  private final DeliveryStore store;
  private final long maxHalfBytes;
  private final HealthGate gate;
  private final Consumer<DeliveryEvent> events;

  /**
   * Makes the pool of a site.
   *
   * @param maxHalfBytes how many bytes of each half the pool holds; of a block beyond that it keeps
   *     the beginning alone, to refuse with what the other site announces from it
   * @param gate asked before a block is used; what it objects to is dropped
   * @param events told of each block, and of alarms
   */
  public KeyPool(
      DeliveryStore store, long maxHalfBytes, HealthGate gate, Consumer<DeliveryEvent> events) {
    this.store = store;
    this.maxHalfBytes = maxHalfBytes;
    this.gate = gate;
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
    Optional<String> objection = gate.objection(bytes);
    DeliveryEvent event =
        store.atomically(
            () -> {
              Optional<BlockId> last = store.lastTakenIn();
              if (last.isPresent() && id.compareTo(last.get()) <= 0) {
                return new DeliveryEvent.BlockRefused(id, "it was taken in before");
              }
              store.noteTakenIn(id);
              if (last.isPresent() && last.get().epoch() < id.epoch()) {
                retireAll();
              }
              int half = bytes.length / 2 / Half.UNIT * Half.UNIT;
              if (objection.isPresent()) {
                return new DeliveryEvent.BlockRefused(id, objection.get());
              }
              if (half < Half.STREAM + Half.PADS) {
                return new DeliveryEvent.BlockRefused(id, "it is too short to deliver from");
              }
              boolean first = add(Party.ALICE, id, Arrays.copyOf(bytes, half));
              boolean second = add(Party.BOB, id, Arrays.copyOfRange(bytes, half, 2 * half));
              boolean alice = store.site() == Party.ALICE;
              return first && second
                  ? new DeliveryEvent.BlockTaken(id, half)
                  : new DeliveryEvent.PoolFull(
                      id, alice ? !first : !second, alice ? !second : !first);
            });
    events.accept(event);
  }

  private boolean add(Party owner, BlockId id, byte[] half) {
    long held = store.halves(owner).stream().mapToLong(Half::rest).sum();
    boolean room = held + half.length <= maxHalfBytes;
    try {
      if (room) {
        store.addHalf(owner, id, half);
      } else if (owner != store.site()) {
        byte[] beginning = Arrays.copyOf(half, Half.STREAM + Half.PADS);
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
