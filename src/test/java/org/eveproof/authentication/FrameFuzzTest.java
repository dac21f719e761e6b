package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Frames from the network. */
class FrameFuzzTest {

  @FuzzTest
  void anyBytesAreRefusedOrAreTheOneEncodingOfAFrame(byte[] bytes) {
    Frame.parse(bytes).ifPresent(frame -> assertThat(frame.encode()).isEqualTo(bytes));
  }
}
