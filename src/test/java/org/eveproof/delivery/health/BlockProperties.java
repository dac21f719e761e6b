package org.eveproof.delivery.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** What is counted in whole words is what one counts bit by bit. */
class BlockProperties {
  @Property(seed = "1")
  void risesAreZerosBeforeAOne(@ForAll @Size(min = 1, max = 40) byte[] bytes) {
    try (Block block = new Block(bytes)) {
      long rises =
          IntStream.range(1, 8 * bytes.length)
              .filter(i -> block.bit(i - 1) == 0 && block.bit(i) == 1)
              .count();
      assertThat(block.rises()).isEqualTo(rises);
    }
  }

  @Property(seed = "2")
  void theLongestRunIsOneOfEqualBits(@ForAll @Size(min = 1, max = 40) byte[] bytes) {
    try (Block block = new Block(bytes)) {
      int longest = 1;
      int run = 1;
      for (int i = 1; i < 8 * bytes.length; i++) {
        run = block.bit(i) == block.bit(i - 1) ? run + 1 : 1;
        longest = Math.max(longest, run);
      }
      assertThat(block.longestRun()).isEqualTo(longest);
    }
  }

  @Property(seed = "3")
  void onesOfAWindowAreItsOwn(@ForAll @Size(min = 3, max = 40) byte[] bytes) {
    try (Block block = new Block(bytes)) {
      long ones = IntStream.range(8, 24).filter(i -> block.bit(i) == 1).count();
      assertThat(block.ones(8, 16)).isEqualTo((int) ones);
    }
  }
}
