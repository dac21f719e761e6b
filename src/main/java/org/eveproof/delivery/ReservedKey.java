package org.eveproof.delivery;

import java.util.List;
import java.util.UUID;

/**
 * A key that a holder keeps for slaves, without its bytes.
 *
 * @param id under which they ask for it
 * @param master whose owner announced it
 * @param slaves who may fetch it, each once
 * @param waiting those of them who have not; empty if the key is spent
 */
public record ReservedKey(UUID id, SaeId master, List<SaeId> slaves, List<SaeId> waiting) {

  /** Checks that nobody waits who may not. */
  public ReservedKey {
    slaves = List.copyOf(slaves);
    waiting = List.copyOf(waiting);
    if (!slaves.containsAll(waiting)) {
      throw new IllegalArgumentException(waiting + " of " + slaves);
    }
  }

  /** Returns the key after a slave has fetched it. */
  ReservedKey without(SaeId slave) {
    return new ReservedKey(
        id, master, slaves, waiting.stream().filter(each -> !each.equals(slave)).toList());
  }

  /** Returns the key after it was withdrawn. */
  ReservedKey spent() {
    return new ReservedKey(id, master, slaves, List.of());
  }
}
