package org.eveproof.conformance;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.CertifiedKeys;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.CredentialJudge;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.OwnCredential;
import org.eveproof.bootstrap.PeerKey;
import org.eveproof.bootstrap.SignatureKeys;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * Devices with signing keys and certificates, of one of the two kinds: under authorities, or
 * vouched for by introducers. A device that nobody has registered shows a certificate that nobody
 * but itself vouches for.
 */
final class CertifiedCredentials implements BootstrapCredentials {

  /**
   * The certificates that can be issued in a world, made once: they are public, and every run of
   * the conformance test uses the same ones.
   *
   * @param keys the signing keys of Alice, Bob and Eve, by name
   * @param judges what decides at each party
   * @param certificates of each name, with what each is
   */
  record Certificates(
      Map<String, SigningKey> keys,
      Map<Party, CredentialJudge> judges,
      Map<String, List<Certificate>> certificates) {

    /** Returns new keys for the three. */
    static Map<String, SigningKey> newKeys(SecureRandom random) {
      Map<String, SigningKey> keys = new LinkedHashMap<>();
      for (String name : List.of("alice", "bob", "eve")) {
        keys.put(name, SigningKey.generate(SignatureScheme.ED25519, random));
      }
      return keys;
    }
  }

  /**
   * A certificate that can be issued for a key.
   *
   * @param shown its bytes
   * @param id what it is called in revocations
   * @param is what the specification calls it
   */
  record Certificate(Bits shown, CredentialId id, Registered is) {}

  /** A judge that remembers: the same question has the same answer. */
  record Remembering(CredentialJudge judge, Map<Question, Judgement> answers)
      implements CredentialJudge {
    /** What is asked. */
    record Question(Bits shown, DeviceName peer, Party role, Instant now) {}

    Remembering(CredentialJudge judge) {
      this(judge, new ConcurrentHashMap<>());
    }

    @Override
    public Judgement judge(byte[] shown, DeviceName peer, Party role, Instant now) {
      return answers.computeIfAbsent(
          new Question(Bits.fromBytes(shown, Byte.SIZE * shown.length), peer, role, now),
          asked -> judge.judge(shown, peer, role, now));
    }
  }

  private final Certificates world;
  private final Map<Party, Certificate> held = new EnumMap<>(Party.class);
  private final Map<Party, CertifiedKeys> anchors = new EnumMap<>(Party.class);
  private final Map<String, PeerKey> keys = new LinkedHashMap<>();

  CertifiedCredentials(Certificates world) {
    this.world = world;
    world
        .keys()
        .forEach((name, key) -> keys.put(name, signing(certificates(name).get(0), copy(key))));
    for (Party party : Party.values()) {
      hold(party, certificates(party.specName()).get(0));
    }
  }

  private static PeerKey signing(Certificate certificate, SigningKey key) {
    return new SignatureKeys(certificate.id(), key, key.verifying());
  }

  private static SigningKey copy(SigningKey key) {
    return SigningKey.decode(key.encode(), key.verifying()).orElseThrow();
  }

  private List<Certificate> certificates(String name) {
    return Optional.ofNullable(world.certificates().get(name)).orElseThrow();
  }

  /** Gives a device a certificate; what it heard of revocations it knows also then. */
  private void hold(Party party, Certificate certificate) {
    SigningKey own = copy(Optional.ofNullable(world.keys().get(party.specName())).orElseThrow());
    CredentialJudge judge = Optional.ofNullable(world.judges().get(party)).orElseThrow();
    CertifiedKeys next = new CertifiedKeys(new OwnCredential(certificate.shown(), own), judge);
    Optional.ofNullable(anchors.get(party))
        .ifPresent(
            before -> peersIds(party).stream().filter(before::isRevoked).forEach(next::revoke));
    anchors.put(party, next);
    held.put(party, certificate);
  }

  @Override
  public List<Method> byStrength() {
    return List.of(
        new Method(KeyEstablishment.X25519, Suite.HMAC_SHA256),
        new Method(KeyEstablishment.HYBRID, Suite.HMAC_SHA256));
  }

  @Override
  public Methods methods() {
    return new Methods(
        Set.of(KeyEstablishment.X25519, KeyEstablishment.HYBRID), Set.of(Suite.HMAC_SHA256));
  }

  @Override
  public TrustAnchor anchor(Party party) {
    return Optional.ofNullable(anchors.get(party)).orElseThrow();
  }

  @Override
  public Set<String> honestKeys() {
    return Set.of("alice", "bob");
  }

  @Override
  public String keyOf(DeviceName prover, DeviceName verifier) {
    return prover.text();
  }

  @Override
  public void issue(String key, int full, int marginal, boolean forAuthentication) {
    Registered wanted =
        new Registered(full, marginal, forAuthentication ? "authentication" : "other");
    hold(
        partyOf(key),
        certificates(key).stream()
            .filter(certificate -> certificate.is().equals(wanted))
            .findFirst()
            .orElseThrow());
  }

  private static Party partyOf(String key) {
    return key.equals("alice") ? Party.ALICE : Party.BOB;
  }

  private Certificate heldBy(Party party) {
    return Optional.ofNullable(held.get(party)).orElseThrow();
  }

  @Override
  public boolean isIssued(String key) {
    return !registered(key).equals(Registered.NOTHING);
  }

  @Override
  public Registered registered(String key) {
    // A device whose signing key is spent shows nothing any more; what was issued stays issued.
    Party owner = partyOf(key);
    Bits shown = anchor(owner).shownTo(EVE).orElseGet(() -> heldBy(owner).shown());
    return certificates(key).stream()
        .filter(certificate -> certificate.shown().equals(shown))
        .map(Certificate::is)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Set<CredentialId> peersIds(Party party) {
    Set<CredentialId> ids = new LinkedHashSet<>();
    certificates(party.peer().specName()).forEach(certificate -> ids.add(certificate.id()));
    return ids;
  }

  @Override
  public List<Bits> showable(DeviceName name, Party to) {
    Map<String, Bits> shown = new LinkedHashMap<>();
    for (Party party : Party.values()) {
      shown.put(party.specName(), heldBy(party).shown());
    }
    shown.put(EVE.text(), certificates(EVE.text()).get(0).shown());
    List<Bits> showable = new ArrayList<>();
    showable.add(Optional.ofNullable(shown.remove(name.text())).orElseThrow());
    showable.addAll(shown.values());
    return showable;
  }

  @Override
  public Map<String, PeerKey> keys() {
    return keys;
  }

  @Override
  public void close() {
    keys.values().forEach(PeerKey::destroy);
    anchors.values().forEach(CertifiedKeys::close);
  }
}
