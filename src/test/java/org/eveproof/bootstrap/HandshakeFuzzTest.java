package org.eveproof.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Messages of the handshake: nobody is authenticated yet. */
class HandshakeFuzzTest {

  @FuzzTest
  void anyBytesAreRefusedOrAreTheOneEncodingOfAMessage(byte[] bytes) {
    HandshakeMessage.parse(bytes)
        .ifPresent(message -> assertThat(message.encode()).isEqualTo(bytes));
  }
}
