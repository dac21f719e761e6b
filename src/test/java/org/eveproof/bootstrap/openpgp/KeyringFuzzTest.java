package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Keyrings and ownertrust, from files and from a peer. */
class KeyringFuzzTest {

  @FuzzTest
  void anyFileIsRefusedInOneLineOrIsAKeyring(byte[] bytes) {
    try {
      assertThat(Keyring.parse(bytes).certificates()).isNotEmpty();
    } catch (OpenPgpFileException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
    try {
      Ownertrusts.parse(bytes);
    } catch (OpenPgpFileException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
  }
}
