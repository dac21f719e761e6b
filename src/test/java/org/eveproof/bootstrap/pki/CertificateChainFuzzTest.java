package org.eveproof.bootstrap.pki;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What a device shows of itself: nobody is authenticated yet. */
class CertificateChainFuzzTest {

  @FuzzTest
  void anyBytesAreRefusedOrAreTheOneEncodingOfAChain(byte[] bytes) {
    CertificateChain.decode(bytes).ifPresent(chain -> assertThat(chain.encode()).isEqualTo(bytes));
  }
}
