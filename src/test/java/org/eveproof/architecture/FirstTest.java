package org.eveproof.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;

class FirstTest {
  @Test
  void eachPartyIsThePeerOfItsPeer() {
    for (Party party : Party.values()) {
      assertThat(party.peer().peer()).isEqualTo(party).isNotEqualTo(party.peer());
    }
  }
}
