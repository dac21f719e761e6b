package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Files of pre-shared keys, which a courier brought. */
class PskFileFuzzTest {

  @FuzzTest
  void anyFileIsRefusedInOneLineOrIsTheOneFormOfAKey(byte[] bytes) {
    try (ProvisionedKey key = PskFile.parse(bytes)) {
      assertThat(PskFile.encode(key)).isEqualTo(bytes);
    } catch (PskFileException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
  }
}
