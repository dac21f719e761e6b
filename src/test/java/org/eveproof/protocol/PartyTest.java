package org.eveproof.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartyTest {
  @Test
  void eachPartyIsThePeerOfItsPeer() {
    for (Party party : Party.values()) {
      assertThat(party.peer().peer()).isEqualTo(party).isNotEqualTo(party.peer());
    }
  }
}
