package org.eveproof.handover;

/**
 * A counter that no backup holds and nobody can turn back: what an old image of the store is
 * recognised by. A TPM counter or a sealed device keeps it in earnest.
 */
public interface RollbackGuard {

  /** Returns the version of the latest image that anything was done on. */
  long version();

  /** Returns the latest epoch. */
  int epoch();

  /**
   * Notes that the image with this version is durable.
   *
   * @throws IllegalArgumentException if either number is lower than the one noted
   */
  void raise(long version, int epoch);

  /** Returns a guard in memory, for a store in memory. */
  static RollbackGuard inMemory() {
    return new RollbackGuard() {
      private long version;
      private int epoch;

      @Override
      public long version() {
        return version;
      }

      @Override
      public int epoch() {
        return epoch;
      }

      @Override
      public void raise(long newVersion, int newEpoch) {
        if (newVersion < version || newEpoch < epoch) {
          throw new IllegalArgumentException(
              "version " + newVersion + ", epoch " + newEpoch + " after " + version + ", " + epoch);
        }
        version = newVersion;
        epoch = newEpoch;
      }
    };
  }
}
