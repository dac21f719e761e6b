package org.eveproof.delivery.health;

/**
 * How often the first symbol of a window comes again in it (SP 800-90B section 4.4.2): finds a
 * source that loses its entropy for a while. Windows are of 512 bytes and of 1024 bits; the other
 * symbols of a window equal its first independently, so the count is binomial, and the cutoff is
 * shared among all windows.
 */
final class AdaptiveProportion {
  private static final int WINDOW_BYTES = 512;
  private static final int WINDOW_BITS = 1024;

  private AdaptiveProportion() {}

  static Finding ofBytes(Block block, double alpha) {
    int window = Math.min(WINDOW_BYTES, block.length());
    int windows = block.length() / window;
    int most = 0;
    for (int w = 0; w < windows; w++) {
      int count = 0;
      for (int i = 0; i < window; i++) {
        count += block.at(w * window + i) == block.at(w * window) ? 1 : 0;
      }
      most = Math.max(most, count);
    }
    return Finding.of(
        "adaptive proportion, bytes", "", most, cutoff(window, 1.0 / 256, alpha / windows));
  }

  static Finding ofBits(Block block, double alpha) {
    int window = (int) Math.min(WINDOW_BITS, block.bits());
    int windows = (int) (block.bits() / window);
    int most = 0;
    for (int w = 0; w < windows; w++) {
      long from = (long) w * window;
      int ones = block.ones(from, window);
      int count = block.bit(from) == 1 ? ones : window - ones;
      most = Math.max(most, count);
    }
    return Finding.of("adaptive proportion, bits", "", most, cutoff(window, 0.5, alpha / windows));
  }

  private static double cutoff(int window, double p, double alpha) {
    return 1 + TailBound.successes(window - 1, p, alpha);
  }
}
