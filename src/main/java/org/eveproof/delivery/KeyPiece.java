package org.eveproof.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eveproof.delivery.Announcement.Entry;
import org.eveproof.delivery.Announcement.Segment;
import org.eveproof.protocol.Party;

/**
 * The stretch of an owner's half that an announcement speaks of, in a site's store: two pads, then
 * the keys. The pads are never read as keys.
 */
record KeyPiece(DeliveryStore store, Party owner, int epoch, Announcement announcement) {

  /** Does something with a stretch of one block. */
  @FunctionalInterface
  private interface Part {
    void at(BlockId block, int offset, int length);
  }

  /** Returns the keys of some entries, in the order asked for, with bytes of their own. */
  List<List<DeliveredKey>> keys(List<Integer> entries) {
    byte[] bytes = read(Half.PADS, length() - Half.PADS);
    List<List<DeliveredKey>> keys = entries.stream().map(entry -> cut(entry, bytes)).toList();
    Arrays.fill(bytes, (byte) 0);
    return keys;
  }

  private List<DeliveredKey> cut(int entry, byte[] bytes) {
    Entry wanted = announcement.entries().get(entry);
    List<DeliveredKey> keys = new ArrayList<>();
    int grain = KeyRequest.streamBytes(wanted.request().keyBits());
    int at = start(entry) - Half.PADS;
    for (UUID id : wanted.ids()) {
      int end = at + wanted.request().keyBits() / Byte.SIZE;
      keys.add(new DeliveredKey(id, Arrays.copyOfRange(bytes, at, end)));
      at += grain;
    }
    return keys;
  }

  /** Overwrites the keys of an entry. */
  void wipe(int entry) {
    wipe(start(entry), announcement.entries().get(entry).request().streamBytes());
  }

  /** Overwrites keys and pads. */
  void wipeAll() {
    wipe(0, length());
  }

  private int length() {
    return announcement.segments().stream().mapToInt(Segment::length).sum();
  }

  private int start(int entry) {
    int start = Half.PADS;
    for (Entry before : announcement.entries().subList(0, entry)) {
      start += before.request().streamBytes();
    }
    return start;
  }

  private byte[] read(int from, int length) {
    byte[] all = new byte[length];
    int[] filled = {0};
    visit(
        from,
        length,
        (block, offset, count) -> {
          byte[] part = store.read(owner, block, offset, count);
          System.arraycopy(part, 0, all, filled[0], count);
          filled[0] += count;
          Arrays.fill(part, (byte) 0);
        });
    return all;
  }

  private void wipe(int from, int length) {
    visit(
        from,
        length,
        (block, offset, count) -> {
          // A block that was dropped is overwritten already.
          if (store.half(owner, block).isPresent()) {
            store.wipe(owner, block, offset, count);
          }
        });
  }

  private void visit(int from, int length, Part part) {
    int start = 0;
    for (Segment segment : announcement.segments()) {
      int low = Math.max(from, start);
      int high = Math.min(from + length, start + segment.length());
      if (low < high) {
        part.at(new BlockId(epoch, segment.block()), segment.offset() + low - start, high - low);
      }
      start += segment.length();
    }
  }
}
