package org.eveproof.delivery;

import java.util.HashSet;
import java.util.List;

/**
 * What a master asks for: keys that it shares with slaves at the other site.
 *
 * @param master who asks
 * @param slaves at least one, each once; every one of them gets each key
 * @param keyBits size of each key, a positive multiple of 8
 * @param number of keys, at least 1
 */
public record KeyRequest(SaeId master, List<SaeId> slaves, int keyBits, int number) {

  /** Checks the ranges. */
  public KeyRequest {
    slaves = List.copyOf(slaves);
    if (slaves.isEmpty()
        || slaves.size() > Announcement.MAX_SLAVES
        || new HashSet<>(slaves).size() != slaves.size()
        || keyBits < 8
        || keyBits % 8 != 0
        || keyBits > Announcement.MAX_KEY_BITS
        || number < 1
        || number > Announcement.MAX_KEYS) {
      throw new IllegalArgumentException(
          slaves.size() + " slaves, " + number + " keys of " + keyBits + " bits");
    }
  }

  /** Returns how many bytes of the stream all its keys take. */
  int streamBytes() {
    return number * streamBytes(keyBits);
  }

  /** Returns how many bytes of the stream a key takes: whole units. */
  static int streamBytes(int keyBits) {
    int bytes = keyBits / Byte.SIZE;
    return (bytes + Half.UNIT - 1) / Half.UNIT * Half.UNIT;
  }
}
