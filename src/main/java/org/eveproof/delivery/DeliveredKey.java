package org.eveproof.delivery;

import java.util.Arrays;
import java.util.UUID;

/** A key on its way to the one SAE that asked for it. Whoever has it closes it. */
public final class DeliveredKey implements AutoCloseable {
  private final UUID id;
  private final byte[] key;
  private boolean destroyed;

  /** Takes over the bytes of a key; the caller keeps no copy. */
  DeliveredKey(UUID id, byte[] key) {
    this.id = id;
    this.key = key;
  }

  /** Returns the key's identifier, which is public. */
  public UUID id() {
    return id;
  }

  /** Returns a copy of the key, for the caller to wipe. */
  public byte[] bytes() {
    if (destroyed) {
      throw new IllegalStateException("key " + id + " has been destroyed");
    }
    return key.clone();
  }

  /** Overwrites the key. */
  @Override
  public void close() {
    Arrays.fill(key, (byte) 0);
    destroyed = true;
  }

  @Override
  public String toString() {
    return "DeliveredKey[" + id + (destroyed ? ", destroyed]" : "]");
  }
}
