package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;

final class GreetingTest {
  private static Greeting greeting(Greeting.Kind kind, Party self, long session) {
    FixedOneTimeKeys keys = new FixedOneTimeKeys(self, new byte[16], 4);
    return new Greeting(kind, self, session, Suite.WEGMAN_CARTER.authenticator(), keys, "rounds=1");
  }

  private static byte[] question(Greeting.Kind kind, long session) {
    if (greeting(kind, Party.ALICE, session).begin().get(0) instanceof LinkEffect.Send send) {
      return send.bytes();
    }
    throw new AssertionError("Alice asks");
  }

  @Test
  void onlyThePeersOwnQuestionIsAnswered() {
    byte[] question = question(Greeting.Kind.OPEN, 7);
    for (int bit = 0; bit < 8 * question.length; bit++) {
      byte[] damaged = question.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      // Another one each time: so many attempts would burn the key.
      Greeting other = greeting(Greeting.Kind.OPEN, Party.BOB, 7);
      assertThat(other.receive(damaged)).as("bit %d", bit).isEmpty();
      assertThat(other.receive(question)).as("bit %d", bit).isPresent();
    }
    Greeting bob = greeting(Greeting.Kind.OPEN, Party.BOB, 7);
    assertThat(bob.receive(question(Greeting.Kind.CLOSE, 7))).isEmpty();
    assertThat(bob.receive(question(Greeting.Kind.OPEN, 8))).isEmpty();
    assertThat(bob.isOver()).isFalse();
    assertThat(bob.receive(question)).hasValueSatisfying(answer -> assertThat(answer).hasSize(1));
    assertThat(bob.isOver()).isTrue();
    assertThat(bob.isContradicted()).isFalse();
    assertThat(bob.receive(question)).as("once only").isEmpty();
  }
}
