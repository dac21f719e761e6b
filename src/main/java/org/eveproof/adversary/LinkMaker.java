package org.eveproof.adversary;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.Suite;
import org.eveproof.authentication.VerifyingKey;
import org.eveproof.bootstrap.CertifiedKeys;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.Refusal;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.session.LinkParty;
import org.eveproof.session.LinkSettings;

/**
 * Makes links between the same two devices, one like the other if the seed is the same: a
 * pre-shared key under a symmetric suite; Ed25519 keys, which each knows of the other, and a hybrid
 * key exchange under signatures (Ed25519 because its signatures repeat).
 *
 * @param suite how messages are authenticated
 * @param seed of the credentials
 */
record LinkMaker(Suite suite, long seed) {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final CredentialId ID = new CredentialId("00112233445566778899aabbccddeeff");

  /** Two rounds: one under keys of the bootstrap, one under keys that the first made. */
  static final int ROUNDS = 2;

  /** Few pulses, and so few errors that the key of most rounds pays for the next round's tags. */
  private static final LinkParameters OPTICS = new LinkParameters(90_000, 1, 1, 1e-6, 1e-4);

  /** Makes a link. */
  LinkUnderTest link(long linkSeed) {
    SplittableRandom seeds = new SplittableRandom(linkSeed);
    LinkParty alice = party(Party.ALICE, generator(seeds.nextLong()));
    LinkParty bob = party(Party.BOB, generator(seeds.nextLong()));
    return new LinkUnderTest(alice, bob, OPTICS, Chance.drivenBy(generator(seeds.nextLong())));
  }

  private LinkParty party(Party self, RandomGenerator random) {
    boolean signs = suite == Suite.SIGNATURE;
    Methods methods =
        signs
            ? new Methods(Set.of(KeyEstablishment.HYBRID), Set.of(suite))
            : Methods.preshared(Set.of(suite));
    return new LinkParty(
        self,
        new LinkSettings(methods, ROUNDS, OPTICS, false, 0.1, 0.01, 1e-6, 1e-9, 1),
        signs ? certified(self) : preshared(self),
        nameOf(self),
        nameOf(self.peer()),
        () -> NOW,
        SecretRandom.simulated(random));
  }

  private TrustAnchor preshared(Party self) {
    PresharedKeys keys = new PresharedKeys(nameOf(self));
    keys.enrol(
        new PresharedKey(
            new Credential(
                ID,
                nameOf(Party.ALICE),
                nameOf(Party.BOB),
                Credential.Purpose.AUTHENTICATION,
                Credential.Origin.COURIER,
                NOW,
                NOW),
            SecretRandom.simulated(generator(seed)).secretBits(PresharedKey.LEAST_BITS)));
    return keys;
  }

  private TrustAnchor certified(Party self) {
    SigningKey own = signingKey(self);
    byte[] shown = own.verifying().encode();
    byte[] pinned = signingKey(self.peer()).verifying().encode();
    CredentialJudge judge =
        (bytes, peer, role, now) ->
            VerifyingKey.decode(bytes)
                .filter(key -> Arrays.equals(key.encode(), pinned))
                .<CredentialJudge.Judgement>map(
                    key -> new CredentialJudge.Trusted(ID, key, "the key of " + peer))
                .orElse(
                    new CredentialJudge.Untrusted(
                        Refusal.UNTRUSTED_CREDENTIAL, "not the key of " + peer));
    return new CertifiedKeys(
        new OwnCredential(Bits.fromBytes(shown, Byte.SIZE * shown.length), own), judge);
  }

  private SigningKey signingKey(Party party) {
    long own = seed + (party == Party.ALICE ? 1 : 2);
    return SigningKey.generate(
        SignatureScheme.ED25519, SecretRandom.simulated(generator(own)).asSecureRandom());
  }

  private static DeviceName nameOf(Party party) {
    return new DeviceName(party.specName());
  }

  private static RandomGenerator generator(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
