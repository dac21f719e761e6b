package org.eveproof.adversary.rndl;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.CertifiedKeys;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.SignatureKeys;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * What Eve holds: secrets that leaked, and answers that breaks give her. This is the one place that
 * looks at what leaked, to hand it out; everything else tries what is here.
 */
final class Loot {
  private final Installation site;
  private final Set<Leak> leaks;
  private final RandomGenerator source;
  private final SigningKey own;

  Loot(Installation site, Set<Leak> leaks, RandomGenerator source) {
    this.site = site;
    this.leaks = Set.copyOf(leaks);
    this.source = source;
    this.own = site.newKey();
  }

  /**
   * Returns all that she can show and prove in the name of a party: with the party's own key, with
   * a key that she had certified, with a pre-shared key, and with nothing but impudence.
   */
  List<TrustAnchor> disguises(Party as, int bootstrap) {
    List<TrustAnchor> disguises = new ArrayList<>();
    if (leaks.contains(Leak.END_ENTITY) || leaks.contains(Leak.SIGNATURE)) {
      site.shown(as).forEach(shown -> disguises.add(signing(as, shown, site.signing(as))));
    }
    if (leaks.contains(Leak.AUTHORITY)) {
      disguises.add(signing(as, site.certified(site.authority(), as, own), own));
    }
    if (leaks.contains(Leak.INTRODUCERS)) {
      disguises.add(signing(as, Installation.introduced(site.introducer(), as, own), own));
    }
    presharedKeys().forEach(key -> disguises.add(Installation.preshared(as, key)));
    disguises.add(signing(as, site.certified(site.stranger(), as, own), own));
    Bits guess = SecretRandom.simulated(source).publicBits(PresharedKey.LEAST_BITS);
    disguises.add(Installation.preshared(as, site.presharedKey(bootstrap, guess)));
    return disguises;
  }

  private TrustAnchor signing(Party as, Bits shown, SigningKey key) {
    return new CertifiedKeys(
        new OwnCredential(shown, Installation.copy(key)),
        (bytes, peer, role, now) ->
            new CredentialJudge.Trusted(nobody(), site.signing(as.peer()).verifying(), "whoever"));
  }

  /** The pre-shared keys that she can use; a break of hashing lets her use but not read them. */
  private List<PresharedKey> presharedKeys() {
    List<PresharedKey> keys = new ArrayList<>();
    if (leaks.contains(Leak.PSK)) {
      keys.add(site.presharedKey(1, site.presharedBits(1)));
    }
    if (leaks.contains(Leak.HASH)) {
      keys.add(site.presharedKey(1));
      keys.add(site.presharedKey(2));
    }
    return keys;
  }

  /** Returns the secrets that she can read and that both ends might have had before. */
  List<Bits> commonSecrets() {
    return leaks.contains(Leak.PSK) ? List.of(site.presharedBits(1)) : List.of();
  }

  /** Returns the MAC keys that exist, if those leak. */
  List<KeyBlock> macKeys(Situation situation) {
    return leaks.contains(Leak.MAC)
        ? situation.ends().values().stream().map(End::macKeys).toList()
        : List.of();
  }

  /** Returns session keys that lie beside the MAC keys in memory, if those leak. */
  List<Bits> besideMacKeys(Situation situation, Protocol rules) {
    return leaks.contains(Leak.MAC)
        ? situation.ends().values().stream()
            .flatMap(end -> end.keys().values().stream())
            .flatMap(key -> rules.besideMacKeys(key).stream())
            .toList()
        : List.of();
  }

  /** Works out the seed of the first MAC keys of a bootstrap that she recorded. */
  List<Bits> seeds(RecordedBootstrap bootstrap) {
    Transcript transcript = bootstrap.transcript();
    List<Bits> seeds = new ArrayList<>();
    presharedKeys().forEach(key -> seeds.add(PayloadCaller.open(key.seed(transcript))));
    bootstrap
        .ephemeral()
        .flatMap(this::secrets)
        .ifPresent(
            secrets ->
                seeds.add(
                    PayloadCaller.open(
                        new SignatureKeys(nobody(), own, own.verifying())
                            .seed(transcript, Optional.of(secrets)))));
    if (leaks.contains(Leak.HASH)) {
      seeds.add(bootstrap.seed());
    }
    return seeds;
  }

  /** Works out what a key exchange that she recorded gave, bound to a context. */
  Optional<Bits> computed(Ephemeral ephemeral, Bits context) {
    return secrets(ephemeral)
        .map(secrets -> secrets.combine(context.toBytes()))
        .map((SecretBits secret) -> PayloadCaller.open(secret));
  }

  /** Finishes an exchange in the caller's place, with the private keys that she has or guesses. */
  private Optional<ExchangeSecrets> secrets(Ephemeral ephemeral) {
    boolean dh = leaks.contains(Leak.DH);
    boolean mlKem = leaks.contains(Leak.ML_KEM);
    if (!dh && !mlKem) {
      return Optional.empty();
    }
    SecretRandom replay =
        SecretRandom.simulated(
            new Replay(
                dh ? ephemeral.words() : List.of(),
                mlKem ? ephemeral.strings() : List.of(),
                source));
    return ExchangeCaller.begin(Set.of(ephemeral.establishment()), replay)
        .finish(ephemeral.establishment(), ephemeral.answer());
  }

  /** Returns outputs of HKDF, if she can compute them without the inputs. */
  List<Bits> hashed(KeyParts parts, Protocol rules) {
    return leaks.contains(Leak.HASH) ? rules.madeByHash(parts) : List.of();
  }

  @Override
  public String toString() {
    return Cell.words(leaks);
  }

  private static CredentialId nobody() {
    return CredentialId.of(HexFormat.of().parseHex("00".repeat(CredentialId.BYTES)));
  }
}
