package org.eveproof.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.LinkParameters;
import org.junit.jupiter.api.Test;

/** Each end says that its credential is spent before it uses the first key made from it. */
class SessionBeginsTest {
  private static final SecretRandom RANDOM = SecretRandom.secure();

  @Test
  void isSaidOnceAndBeforeTheFirstMessageUnderAKey() {
    List<LinkEffect> atAlice = new ArrayList<>();
    List<LinkEffect> atBob = new ArrayList<>();
    LinkSettings settings =
        new LinkSettings(
            Methods.preshared(Set.of(Suite.WEGMAN_CARTER)),
            1,
            new LinkParameters(1000, 1, 1, 0, 0),
            false,
            0.2,
            0.08,
            1e-6,
            1e-6,
            0);
    try (LinkParty alice = LinkEnds.party(Party.ALICE, settings, RANDOM);
        LinkParty bob = LinkEnds.party(Party.BOB, settings, RANDOM)) {
      List<LinkEffect> said = alice.begin();
      atAlice.addAll(said);
      for (int turn = 0; turn < 4; turn++) {
        List<LinkEffect> answer = deliver(said, bob);
        atBob.addAll(answer);
        said = deliver(answer, alice);
        atAlice.addAll(said);
      }
    }
    for (List<LinkEffect> effects : List.of(atAlice, atBob)) {
      List<Boolean> underKey =
          effects.stream()
              .filter(LinkEffect.Send.class::isInstance)
              .map(send -> Frame.parse(((LinkEffect.Send) send).bytes()).isPresent())
              .toList();
      assertThat(underKey).contains(true);
      List<LinkEffect> begins =
          effects.stream().filter(LinkEffect.SessionBegins.class::isInstance).toList();
      assertThat(begins).hasSize(1);
      List<LinkEffect> before = effects.subList(0, effects.indexOf(begins.get(0)));
      assertThat(before)
          .isNotEmpty()
          .allMatch(
              effect ->
                  effect instanceof LinkEffect.Send send && Frame.parse(send.bytes()).isEmpty());
    }
  }

  private static List<LinkEffect> deliver(List<LinkEffect> effects, LinkParty to) {
    List<LinkEffect> answers = new ArrayList<>();
    for (LinkEffect effect : effects) {
      if (effect instanceof LinkEffect.Send send) {
        answers.addAll(to.receive(send.bytes()));
      }
    }
    return answers;
  }
}
