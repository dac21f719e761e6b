package org.eveproof.delivery;

/**
 * The limits of a site. Where both sites have a say, the tighter limit holds.
 *
 * @param keyBits size of a key whose master asks for no other, in bits
 * @param minKeyBits smallest size, a multiple of 8
 * @param maxKeyBits greatest size, a multiple of 8
 * @param maxKeysPerRequest greatest number of keys that a master or a slave may ask for at once
 * @param maxAdditionalSlaves how many slaves a master may name besides the first
 * @param maxPairBacklog how many keys may wait for one slave of one master
 * @param maxBacklog how many keys may wait for slaves in all; one that waits for two counts twice
 * @param maxHalfBytes how many bytes of each half the pool holds; what comes beyond is dropped
 * @param maxFailures how many messages that do not verify are borne under the hash keys of a block
 */
public record DeliveryRules(
    int keyBits,
    int minKeyBits,
    int maxKeyBits,
    int maxKeysPerRequest,
    int maxAdditionalSlaves,
    long maxPairBacklog,
    long maxBacklog,
    long maxHalfBytes,
    int maxFailures) {

  /** What holds where nothing else is said. */
  public static final DeliveryRules STANDARD =
      new DeliveryRules(256, 64, 4096, 128, 8, 50_000, 200_000, 64L << 20, 1000);

  /** Checks the ranges. */
  public DeliveryRules {
    boolean sizes =
        minKeyBits >= 8
            && minKeyBits % 8 == 0
            && keyBits % 8 == 0
            && maxKeyBits % 8 == 0
            && minKeyBits <= keyBits
            && keyBits <= maxKeyBits
            && maxKeyBits <= Announcement.MAX_KEY_BITS;
    boolean counts =
        maxKeysPerRequest >= 1
            && maxKeysPerRequest <= Announcement.MAX_KEYS
            && maxAdditionalSlaves >= 0
            && maxAdditionalSlaves < Announcement.MAX_SLAVES
            && maxPairBacklog >= 1
            && maxBacklog >= 1
            && maxHalfBytes >= 1
            && maxFailures >= 1;
    if (!sizes || !counts) {
      throw new IllegalArgumentException("limits out of range");
    }
  }

  /** Returns how many keys of the usual size the site's own half holds at most. */
  public long capacity() {
    return maxHalfBytes / KeyRequest.streamBytes(keyBits);
  }
}
