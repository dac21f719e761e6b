package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Images of the ledger. The checksum is made right, so that what is behind it is reached. */
class LedgerImageFuzzTest {

  @FuzzTest
  void anyBytesAreDamagedOrAreAnImage(byte[] body) {
    MessageDigest digest = JournalEntry.sha256();
    byte[] bytes =
        ByteBuffer.allocate(body.length + JournalEntry.HASH_BYTES)
            .put(body)
            .put(digest.digest(body))
            .array();
    try (LedgerImage image = LedgerImage.decode(bytes)) {
      byte[] again = LedgerImageFormat.encode(image);
      try (LedgerImage same = LedgerImage.decode(again)) {
        assertThat(LedgerImageFormat.encode(same)).isEqualTo(again);
      }
    } catch (IllegalArgumentException damaged) {
      assertThat(damaged).hasMessageNotContaining("\n");
    }
  }
}
