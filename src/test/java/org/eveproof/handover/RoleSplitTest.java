package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.protocol.Party;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSplitTest {
  /** RoleSplit: each byte of a block is one purpose's, and every byte is some purpose's. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7})
  void everyByteServesOnePurpose(int keys) {
    RoleSplit split = new RoleSplit(keys, 5);
    List<Integer> uses = new ArrayList<>();
    use(uses, 0, RoleSplit.CHECK_BYTES);
    for (Party sender : Party.values()) {
      use(uses, split.hashKeyOffset(sender), OneTimeKey.HASH_KEY_BYTES);
      for (int key = 0; key < keys; key++) {
        use(uses, split.padOffset(sender, key), OneTimeKey.PAD_BYTES);
      }
    }
    use(uses, split.applicationOffset(), 5);
    assertThat(uses.stream().sorted().toList())
        .isEqualTo(IntStream.range(0, split.bytes()).boxed().toList());
  }

  private static void use(List<Integer> uses, int from, int bytes) {
    IntStream.range(from, from + bytes).forEach(uses::add);
  }
}
