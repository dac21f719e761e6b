package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.eveproof.authentication.Frame;

/** Messages of the refill. */
class RefillMessageFuzzTest {

  @FuzzTest
  void anyFrameIsRefusedOrIsTheOneEncodingOfAMessage(byte[] bytes) {
    Frame.parse(bytes)
        .ifPresent(
            frame ->
                RefillMessage.parse(frame)
                    .ifPresent(
                        message -> assertThat(message.payload()).isEqualTo(frame.payload())));
  }
}
