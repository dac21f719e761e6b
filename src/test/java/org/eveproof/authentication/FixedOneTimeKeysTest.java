package org.eveproof.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;

final class FixedOneTimeKeysTest {
  private static final byte[] SECRET = new byte[32];

  @Test
  void bothEndsHaveTheSameKeys() {
    FixedOneTimeKeys alice = new FixedOneTimeKeys(Party.ALICE, SECRET, 3);
    FixedOneTimeKeys bob = new FixedOneTimeKeys(Party.BOB, SECRET, 3);
    for (int i = 0; i < 3; i++) {
      OneTimeKey sent = alice.take().orElseThrow();
      OneTimeKey seen = bob.lookup(sent.index()).orElseThrow();
      assertThat(seen.whole()).isEqualTo(sent.whole());
      bob.accepted(sent.index());
      assertThat(bob.lookup(sent.index())).isEmpty();
    }
    assertThat(alice.take()).as("exhausted").isEmpty();
  }

  @Test
  void noTwoKeysAreAlike() {
    List<String> keys = new ArrayList<>();
    for (Party party : Party.values()) {
      FixedOneTimeKeys supply = new FixedOneTimeKeys(party, SECRET, 50);
      for (int i = 0; i < 50; i++) {
        keys.add(HexFormat.of().formatHex(supply.take().orElseThrow().pad()));
      }
    }
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void gapsAreLegalAndWhatWasSkippedIsGone() {
    FixedOneTimeKeys bob = new FixedOneTimeKeys(Party.BOB, SECRET, 3);
    bob.accepted(new KeyIndex(0, 0, 1));
    assertThat(bob.lookup(new KeyIndex(0, 0, 0))).isEmpty();
    assertThat(bob.lookup(new KeyIndex(0, 0, 2))).isPresent();
    assertThatThrownBy(() -> bob.accepted(new KeyIndex(0, 0, 1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void attemptsAreBounded() {
    FixedOneTimeKeys bob = new FixedOneTimeKeys(Party.BOB, SECRET, 3);
    KeyIndex guessed = new KeyIndex(0, 0, 1);
    for (int i = 0; i < FixedOneTimeKeys.MAX_ATTEMPTS; i++) {
      assertThat(bob.lookup(guessed)).isPresent();
      bob.refused(guessed);
    }
    assertThat(bob.lookup(guessed)).isEmpty();
    assertThatThrownBy(() -> bob.accepted(guessed)).isInstanceOf(IllegalStateException.class);
    assertThat(bob.lookup(new KeyIndex(0, 0, 2))).as("the others").isPresent();
    bob.refused(new KeyIndex(0, 0, 99));
    bob.refused(new KeyIndex(1, 0, 0));
  }

  @Test
  void knowsNoOtherBlocksAndNothingAfterClosing() {
    FixedOneTimeKeys bob = new FixedOneTimeKeys(Party.BOB, SECRET, 3);
    assertThat(bob.lookup(new KeyIndex(0, 0, 3))).isEmpty();
    assertThat(bob.lookup(new KeyIndex(0, 1, 0))).isEmpty();
    assertThat(bob.lookup(new KeyIndex(1, 0, 0))).isEmpty();
    bob.close();
    assertThat(bob.take()).isEmpty();
    assertThat(bob.lookup(new KeyIndex(0, 0, 0))).isEmpty();
  }
}
