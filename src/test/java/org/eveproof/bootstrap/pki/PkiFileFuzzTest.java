package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Certificates, requests, keys and revocation lists, in PEM or DER. */
class PkiFileFuzzTest {

  @FuzzTest
  void anyFileIsRefusedInOneLineOrIsDescribed(byte[] bytes) {
    try {
      assertThat(PkiDescription.of(PkiFile.parse(bytes))).isNotEmpty();
    } catch (PkiFileException refused) {
      assertThat(refused).hasMessageNotContaining("\n");
    }
  }
}
