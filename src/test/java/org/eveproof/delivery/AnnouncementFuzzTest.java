package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** What the two sites of delivery say to each other. */
class AnnouncementFuzzTest {

  @FuzzTest
  void anyBytesAreRefusedOrAreTheOneEncoding(byte[] bytes) {
    Announcement.parse(bytes).ifPresent(said -> assertThat(said.encode()).isEqualTo(bytes));
    Answer.parse(bytes).ifPresent(said -> assertThat(said.encode()).isEqualTo(bytes));
  }
}
