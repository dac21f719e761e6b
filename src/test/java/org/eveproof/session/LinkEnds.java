package org.eveproof.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.session.RoundReport.Outcome;

/** What tests of the link share: its ends, enrolled with a key, and what comes out of them. */
final class LinkEnds {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private LinkEnds() {}

  /** What came out at one end. */
  static final class Yield {
    final List<String> keys = new ArrayList<>();
    final List<RoundReport> reports = new ArrayList<>();

    void take(LinkEffect effect) {
      if (effect instanceof LinkEffect.Deliver deliver) {
        try (SecretBits key = deliver.key()) {
          keys.add(deliver.round() + ":" + HexFormat.of().formatHex(key.toBytes()));
        }
      } else if (effect instanceof LinkEffect.RoundOver over) {
        reports.add(over.report());
      }
    }

    List<Outcome> outcomes() {
      return reports.stream().map(RoundReport::outcome).toList();
    }
  }

  static LinkParty party(Party self, LinkSettings settings, SecretRandom random) {
    DeviceName name = new DeviceName(self.specName());
    PresharedKeys keys = new PresharedKeys(name);
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    secret[0] = 1;
    keys.enrol(
        new PresharedKey(
            new Credential(
                new CredentialId("00112233445566778899aabbccddeeff"),
                new DeviceName("alice"),
                new DeviceName("bob"),
                Credential.Purpose.AUTHENTICATION,
                Credential.Origin.COURIER,
                NOW,
                NOW),
            SecretBits.copyOf(Bits.fromBytes(secret, 256))));
    return new LinkParty(
        self, settings, keys, name, new DeviceName(self.peer().specName()), () -> NOW, random);
  }
}
