package org.eveproof.delivery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Makes stores that fail at a chosen write, as a process does that is killed there. */
final class FailingStore {
  private static final Set<String> READS =
      Set.of(
          "site",
          "lastTakenIn",
          "halves",
          "half",
          "read",
          "pending",
          "withdrawals",
          "answered",
          "reserved",
          "keyBytes",
          "backlog",
          "tidy",
          "close");

  /** The process is killed. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed");
    }
  }

  private int left;
  private int depth;
  private boolean fired;

  /**
   * Fails at a write.
   *
   * @param writes how many succeed before; the end of a step, when it has become durable but nobody
   *     has learnt so, counts as one
   */
  FailingStore(int writes) {
    this.left = writes;
  }

  /** Whether it has failed. */
  boolean fired() {
    return fired;
  }

  /** Returns the store as it fails. */
  DeliveryStore over(DeliveryStore store) {
    return (DeliveryStore)
        Proxy.newProxyInstance(
            FailingStore.class.getClassLoader(),
            new Class<?>[] {DeliveryStore.class},
            (proxy, method, arguments) -> {
              boolean step = method.getName().equals("atomically");
              if (!step && !READS.contains(method.getName())) {
                count();
              }
              try {
                depth += step ? 1 : 0;
                Object result = method.invoke(store, arguments);
                if (step && depth == 1) {
                  count();
                }
                return result;
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              } finally {
                depth -= step ? 1 : 0;
              }
            });
  }

  private void count() {
    if (left-- == 0) {
      fired = true;
      throw new Killed();
    }
  }
}
