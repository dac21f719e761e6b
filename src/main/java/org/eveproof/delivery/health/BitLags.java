package org.eveproof.delivery.health;

/**
 * How often a bit equals the bit 1 to 128 places on: finds counters, and structure in words of up
 * to 16 bytes. For uniform bits the number of changes is binomial at each lag, because the sums of
 * pairs at one lag are independent.
 */
final class BitLags {
  private static final int LAGS = 128;

  private BitLags() {}

  static Finding ofBits(Block block, double alpha) {
    int lags = (int) Math.min(LAGS, block.bits() / 2);
    // Greater lags have fewer pairs, so that what bounds lag 1 bounds them also.
    double bound = TailBound.headsOff(block.bits() - 1, alpha / lags);
    int worst = 1;
    double worstOff = 0;
    for (int lag = 1; lag <= lags; lag++) {
      double off = Math.abs(block.changes(lag) - (block.bits() - lag) / 2.0);
      if (off > worstOff) {
        worst = lag;
        worstOff = off;
      }
    }
    return Finding.of("correlation of bits, off the half", "lag " + worst, worstOff, bound);
  }
}
