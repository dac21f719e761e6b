package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Who saw the same conversation has the same fingerprint, and nobody else has. */
class FingerprintTest {
  private static Fingerprint of(String start, String... frames) {
    RoundTranscript transcript = new RoundTranscript();
    for (String frame : frames) {
      transcript.add(frame.getBytes(StandardCharsets.US_ASCII));
    }
    return transcript.fingerprint(start.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void oneConversationHasOneFingerprint() {
    assertThat(of("start", "bases", "sample")).isEqualTo(of("start", "bases", "sample"));
  }

  @Test
  void messagesThatCameAgainCountOnce() {
    assertThat(of("start", "bases", "bases", "sample", "bases"))
        .isEqualTo(of("start", "bases", "sample"));
  }

  @Test
  void anotherConversationHasAnother() {
    Fingerprint one = of("start", "bases", "sample");
    assertThat(of("other start", "bases", "sample")).isNotEqualTo(one);
    assertThat(of("start", "bases", "other")).isNotEqualTo(one);
    assertThat(of("start", "sample", "bases")).isNotEqualTo(one);
    assertThat(of("start", "basessample")).isNotEqualTo(one);
    assertThat(of("start", "bases")).isNotEqualTo(one);
  }

  @Test
  void readsWhatSomebodyTyped() {
    Fingerprint one = of("start", "bases");
    assertThat(Fingerprint.parse(one.toString())).contains(one);
    assertThat(Fingerprint.parse(one.hex().toUpperCase(Locale.ROOT))).contains(one);
    assertThat(Fingerprint.parse(one.toString().replace(' ', '-'))).contains(one);
    assertThat(Fingerprint.parse(one.hex().substring(1))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint("0123"));
  }
}
