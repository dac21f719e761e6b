package org.eveproof.delivery.health;

/**
 * The longest run of one symbol (SP 800-90B section 4.4.1): finds a source that is stuck.
 *
 * <p>A run of C begins at a given place with probability k<sup>1−C</sup> for k symbols, so the
 * cutoff is 1 + log<sub>k</sub>(n/α), rounded up, for n symbols.
 */
final class RepetitionCount {
  private RepetitionCount() {}

  static Finding ofBytes(Block block, double alpha) {
    int longest = 1;
    int run = 1;
    for (int i = 1; i < block.length(); i++) {
      run = block.at(i) == block.at(i - 1) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return Finding.of("repetition count, bytes", "", longest, cutoff(block.length(), 8, alpha));
  }

  static Finding ofBits(Block block, double alpha) {
    return Finding.of(
        "repetition count, bits", "", block.longestRun(), cutoff(block.bits(), 1, alpha));
  }

  private static double cutoff(long symbols, int bitsOfSymbol, double alpha) {
    return 1 + Math.ceil(Math.log(symbols / alpha) / Math.log(2) / bitsOfSymbol);
  }
}
