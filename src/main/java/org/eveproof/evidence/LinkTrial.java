package org.eveproof.evidence;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.session.LinkEffect;
import org.eveproof.session.LinkParty;
import org.eveproof.session.LinkSettings;
import org.eveproof.session.LinkSimulation;
import org.eveproof.transport.Tap;

/**
 * One run of the whole reference link in memory, simulated throughout, with Eve where she is put.
 *
 * @param same rounds whose key both applications got, the same
 * @param different rounds whose keys differ
 * @param oneSided rounds whose key only one application got
 * @param failure why the link ended early, if it did
 */
public record LinkTrial(int same, int different, int oneSided, Optional<String> failure) {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final CredentialId CREDENTIAL =
      new CredentialId("00112233445566778899aabbccddeeff");

  /**
   * Runs a link.
   *
   * @param suite how messages are authenticated
   * @param rounds how many
   * @param optics what carries the light, and what each end takes it for
   * @param eve on the fibre
   * @param tap Eve on the classical channel
   * @param sameKey whether both ends were given the same pre-shared key
   * @param seed of everything
   */
  public static LinkTrial run(
      Suite suite,
      int rounds,
      LinkParameters optics,
      FibreEve eve,
      Tap tap,
      boolean sameKey,
      long seed) {
    RandomGenerator random = generator(seed);
    LinkSettings settings = LinkSettings.standard(Methods.preshared(Set.of(suite)), rounds, optics);
    long key = random.nextLong();
    Map<Party, Map<Integer, SecretBits>> given = new EnumMap<>(Party.class);
    for (Party party : Party.values()) {
      given.put(party, new HashMap<>());
    }
    try (LinkParty alice = party(Party.ALICE, settings, key, random.nextLong());
        LinkParty bob = party(Party.BOB, settings, sameKey ? key : key + 1, random.nextLong())) {
      new LinkSimulation(
              alice,
              bob,
              optics,
              tap,
              eve,
              Chance.drivenBy(generator(random.nextLong())),
              (party, effect) -> {
                if (effect instanceof LinkEffect.Deliver deliver) {
                  of(given, party).put(deliver.round(), deliver.key());
                }
              })
          .run();
      return compare(
          of(given, Party.ALICE), of(given, Party.BOB), alice.failure().or(bob::failure));
    } finally {
      given.values().forEach(keys -> keys.values().forEach(SecretBits::close));
    }
  }

  private static LinkTrial compare(
      Map<Integer, SecretBits> alice, Map<Integer, SecretBits> bob, Optional<String> failure) {
    int same = 0;
    int different = 0;
    for (Map.Entry<Integer, SecretBits> each : alice.entrySet()) {
      SecretBits other = bob.get(each.getKey());
      if (other != null) {
        if (other.sameAs(each.getValue())) {
          same++;
        } else {
          different++;
        }
      }
    }
    int both = same + different;
    return new LinkTrial(same, different, alice.size() + bob.size() - 2 * both, failure);
  }

  private static Map<Integer, SecretBits> of(
      Map<Party, Map<Integer, SecretBits>> given, Party party) {
    return given.getOrDefault(party, Map.of());
  }

  private static LinkParty party(Party self, LinkSettings settings, long key, long seed) {
    DeviceName name = new DeviceName(self.specName());
    DeviceName peer = new DeviceName(self.peer().specName());
    PresharedKeys keys = new PresharedKeys(name);
    keys.enrol(
        new PresharedKey(
            new Credential(
                CREDENTIAL,
                new DeviceName(Party.ALICE.specName()),
                new DeviceName(Party.BOB.specName()),
                Credential.Purpose.AUTHENTICATION,
                Credential.Origin.COURIER,
                NOW,
                NOW),
            SecretRandom.simulated(generator(key)).secretBits(PresharedKey.LEAST_BITS)));
    return new LinkParty(
        self, settings, keys, name, peer, () -> NOW, SecretRandom.simulated(generator(seed)));
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
