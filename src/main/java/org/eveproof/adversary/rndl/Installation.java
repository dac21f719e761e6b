package org.eveproof.adversary.rndl;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.CertifiedKeys;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.bootstrap.pki.AlgorithmPolicy;
import org.eveproof.bootstrap.pki.CertificateAuthorities;
import org.eveproof.bootstrap.pki.CertificateAuthority;
import org.eveproof.bootstrap.pki.CertificateChain;
import org.eveproof.bootstrap.pki.RevocationPolicy;
import org.eveproof.bootstrap.pki.Validity;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * Two devices with all that they could authenticate each other by, of which they are configured to
 * use one: what of the rest leaks must not matter.
 */
final class Installation {
  static final Instant NOW = Instant.parse("2031-05-01T12:00:00Z");
  private static final Validity VALIDITY =
      new Validity(NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(90)));
  private static final Map<Party, DeviceName> NAMES =
      Map.of(Party.ALICE, new DeviceName("alice"), Party.BOB, new DeviceName("bob"));

  private final Anchor anchor;
  private final Protocol rules;
  private final SecureRandom random;
  private final Map<Party, SigningKey> signing = new EnumMap<>(Party.class);
  private final Map<Party, Bits> chains = new EnumMap<>(Party.class);
  private final Map<Party, Bits> introductions = new EnumMap<>(Party.class);
  private final CertificateAuthority authority;
  private final Introducer introducer;
  private final List<Bits> preshared;

  Installation(Anchor anchor, Protocol rules, RandomGenerator source) {
    SecretRandom secrets = SecretRandom.simulated(source);
    this.anchor = anchor;
    this.rules = rules;
    this.random = secrets.asSecureRandom();
    this.authority = CertificateAuthority.root("root", newKey(), VALIDITY, random);
    this.introducer = new Introducer(newKey(), newKey());
    for (Party party : Party.values()) {
      SigningKey key = newKey();
      signing.put(party, key);
      chains.put(party, chain(authority, party, key));
      introductions.put(party, bits(introducer.certify(name(party), key)));
    }
    this.preshared =
        List.of(
            secrets.publicBits(PresharedKey.LEAST_BITS),
            secrets.publicBits(PresharedKey.LEAST_BITS));
  }

  static DeviceName name(Party party) {
    return NAMES.getOrDefault(party, new DeviceName("nobody"));
  }

  /** Returns a new signing key. */
  SigningKey newKey() {
    return SigningKey.generate(SignatureScheme.ED25519, random);
  }

  private Bits chain(CertificateAuthority issuer, Party party, SigningKey key) {
    return bits(
        new CertificateChain(List.of(issuer.device(name(party), key.verifying(), VALIDITY, random)))
            .encode());
  }

  /** Returns what the devices allow: the strongest. */
  Methods methods() {
    Set<Suite> suites = Set.of(Suite.WEGMAN_CARTER);
    return anchor == Anchor.PSK
        ? Methods.preshared(suites)
        : new Methods(Set.of(KeyEstablishment.HYBRID), suites);
  }

  /**
   * Returns what a device proves itself with and trusts in a bootstrap, the first or the second.
   */
  TrustAnchor anchorOf(Party party, int bootstrap) {
    CredentialJudge pki =
        new CertificateAuthorities(
            List.of(authority.certificate()), new RevocationPolicy.Off(), AlgorithmPolicy.ANY);
    CredentialJudge wot = introducer.judge();
    return switch (anchor) {
      case PKI ->
          new CertifiedKeys(own(chains, party, copy(signing(party))), rules.judge(party, pki, wot));
      case WOT ->
          new CertifiedKeys(
              own(introductions, party, copy(signing(party))), rules.judge(party, wot, pki));
      case PSK -> preshared(party, presharedKey(rules.presharedKeyOf(bootstrap)));
    };
  }

  /** Returns the secret that both ends have before a bootstrap, if there is one. */
  Optional<Bits> common(int bootstrap) {
    return anchor == Anchor.PSK
        ? Optional.of(preshared.get(rules.presharedKeyOf(bootstrap) - 1))
        : Optional.empty();
  }

  /** Returns the signing key of a device. */
  SigningKey signing(Party party) {
    SigningKey key = signing.get(party);
    if (key == null) {
      throw new AssertionError("every party has a key");
    }
    return key;
  }

  /** Hands out everything that leaks but MAC keys, which are made later. */
  Loot loot(Set<Leak> leaks, RandomGenerator source) {
    return new Loot(this, leaks, source);
  }

  CertificateAuthority authority() {
    return authority;
  }

  Introducer introducer() {
    return introducer;
  }

  /** Returns the bytes of the key that the courier brought for a bootstrap. */
  Bits presharedBits(int bootstrap) {
    return preshared.get(bootstrap - 1);
  }

  /** Returns the key that the courier brought for a bootstrap, to be used but not to be read. */
  PresharedKey presharedKey(int bootstrap) {
    return presharedKey(bootstrap, preshared.get(bootstrap - 1));
  }

  /** Returns a key with the public name of the one for a bootstrap, but any secret. */
  PresharedKey presharedKey(int bootstrap, Bits secret) {
    byte[] id = new byte[CredentialId.BYTES];
    id[0] = (byte) bootstrap;
    return new PresharedKey(
        new Credential(
            CredentialId.of(id),
            name(Party.ALICE),
            name(Party.BOB),
            Credential.Purpose.AUTHENTICATION,
            Credential.Origin.COURIER,
            VALIDITY.from(),
            VALIDITY.to()),
        SecretBits.copyOf(secret));
  }

  /** Returns an anchor that has this key for the peer of a party. */
  static TrustAnchor preshared(Party party, PresharedKey key) {
    PresharedKeys keys = new PresharedKeys(name(party));
    keys.enrol(key);
    return keys;
  }

  /** Returns all that a party could show for a key that it has: certificate chain, OpenPGP. */
  List<Bits> shown(Party party) {
    return List.of(bits(chains, party), bits(introductions, party));
  }

  /** Returns a certificate chain for a new key in the name of a party. */
  Bits certified(CertificateAuthority issuer, Party party, SigningKey key) {
    return chain(issuer, party, key);
  }

  /** Returns an OpenPGP certificate for a new key in the name of a party. */
  static Bits introduced(Introducer by, Party party, SigningKey key) {
    return bits(by.certify(name(party), key));
  }

  /** Returns an authority that nobody trusts. */
  CertificateAuthority stranger() {
    return CertificateAuthority.root("root", newKey(), VALIDITY, random);
  }

  /** Returns a key that can be destroyed without harm to the original. */
  static SigningKey copy(SigningKey key) {
    return SigningKey.decode(key.encode(), key.verifying()).orElseThrow();
  }

  private static OwnCredential own(Map<Party, Bits> shown, Party party, SigningKey key) {
    return new OwnCredential(bits(shown, party), key);
  }

  private static Bits bits(Map<Party, Bits> of, Party party) {
    Bits bits = of.get(party);
    if (bits == null) {
      throw new AssertionError("every party has a certificate");
    }
    return bits;
  }

  private static Bits bits(byte[] bytes) {
    return Bits.fromBytes(bytes, Byte.SIZE * bytes.length);
  }
}
