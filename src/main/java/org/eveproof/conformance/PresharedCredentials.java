package org.eveproof.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.PeerKey;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.bootstrap.PskFile;
import org.eveproof.bootstrap.PskFileException;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.conformance.AuthBootstrapSnapshot.Registered;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** Keys that a courier brought to two devices, each from the bytes of a real key file. */
final class PresharedCredentials implements BootstrapCredentials {
  private static final String SHARED = "alice-bob";

  private final SecretRandom random;
  private final Instant start;
  private final Map<Party, PresharedKeys> anchors = new EnumMap<>(Party.class);
  private final Map<String, CredentialId> ids = new LinkedHashMap<>();
  private final Map<String, PeerKey> issued = new LinkedHashMap<>();

  PresharedCredentials(SecretRandom random, Instant start) {
    this.random = random;
    this.start = start;
    for (String name : List.of(SHARED, "alice-eve", "bob-eve")) {
      byte[] id = random.publicBits(Byte.SIZE * CredentialId.BYTES).toBytes();
      ids.put(name, CredentialId.of(id));
    }
    for (Party party : Party.values()) {
      anchors.put(party, new PresharedKeys(BootstrapCredentials.nameOf(party)));
      install(
          party.specName() + "-eve",
          BootstrapCredentials.nameOf(party),
          EVE,
          Credential.Purpose.AUTHENTICATION,
          Credential.Origin.COURIER,
          List.of(party));
    }
  }

  @Override
  public List<Method> byStrength() {
    return List.of(
        new Method(KeyEstablishment.NONE, Suite.HMAC_SHA256),
        new Method(KeyEstablishment.NONE, Suite.WEGMAN_CARTER));
  }

  @Override
  public Methods methods() {
    return Methods.preshared(Set.of(Suite.HMAC_SHA256, Suite.WEGMAN_CARTER));
  }

  @Override
  public TrustAnchor anchor(Party party) {
    return keysOf(party);
  }

  private PresharedKeys keysOf(Party party) {
    return Optional.ofNullable(anchors.get(party)).orElseThrow();
  }

  @Override
  public Set<String> honestKeys() {
    return Set.of(SHARED);
  }

  @Override
  public String keyOf(DeviceName prover, DeviceName verifier) {
    if (prover.equals(EVE) || verifier.equals(EVE)) {
      return (prover.equals(EVE) ? verifier : prover) + "-eve";
    }
    return SHARED;
  }

  @Override
  public void issue(String key, int full, int marginal, boolean forAuthentication) {
    install(
        key,
        BootstrapCredentials.nameOf(Party.ALICE),
        BootstrapCredentials.nameOf(Party.BOB),
        forAuthentication ? Credential.Purpose.AUTHENTICATION : Credential.Purpose.ENCRYPTION,
        full > 0 ? Credential.Origin.COURIER : Credential.Origin.FACTORY,
        List.of(Party.values()));
  }

  /** Issues a key and installs it at the given devices, from the bytes of a real key file. */
  private void install(
      String name,
      DeviceName first,
      DeviceName second,
      Credential.Purpose purpose,
      Credential.Origin origin,
      List<Party> at) {
    Instant from = start.plus(Duration.ofDays(FIRST_VALID_DAY));
    Instant to = start.plus(Duration.ofDays(LAST_VALID_DAY + 1)).minusSeconds(1);
    Credential credential = new Credential(id(name), first, second, purpose, origin, from, to);
    try (SecretBits secret = random.secretBits(PresharedKey.LEAST_BITS)) {
      PresharedKey key = new PresharedKey(credential, secret);
      issued.put(name, key);
      byte[] file = PskFile.encode(new ProvisionedKey(key, ProvisionedKey.Ends.BOTH, 1));
      for (Party party : at) {
        keysOf(party).enrol(PskFile.parse(file).key());
      }
      Arrays.fill(file, (byte) 0);
    } catch (PskFileException refused) {
      throw new AssertionError("a key file that was just written is refused", refused);
    }
  }

  private CredentialId id(String name) {
    return Optional.ofNullable(ids.get(name)).orElseThrow();
  }

  @Override
  public boolean isIssued(String key) {
    return issued.containsKey(key);
  }

  @Override
  public Registered registered(String key) {
    Registered atAlice = registered(Party.ALICE);
    if (!atAlice.equals(registered(Party.BOB))) {
      throw new AssertionError("one key was registered in two ways");
    }
    return atAlice;
  }

  private Registered registered(Party at) {
    return keysOf(at)
        .credentialFor(BootstrapCredentials.nameOf(at.peer()))
        .map(
            credential ->
                new Registered(
                    credential.origin() == Credential.Origin.COURIER ? 1 : 0,
                    0,
                    credential.purpose() == Credential.Purpose.AUTHENTICATION
                        ? "authentication"
                        : "other"))
        .orElse(Registered.NOTHING);
  }

  @Override
  public Set<CredentialId> peersIds(Party party) {
    return Set.of(id(SHARED));
  }

  @Override
  public List<Bits> showable(DeviceName name, Party to) {
    String own = keyOf(name, BootstrapCredentials.nameOf(to));
    List<Bits> showable = new ArrayList<>(List.of(shown(own)));
    ids.keySet().stream()
        .filter(other -> !other.equals(own))
        .map(this::shown)
        .forEach(showable::add);
    return showable;
  }

  private Bits shown(String name) {
    return Bits.fromBytes(id(name).bytes(), Byte.SIZE * CredentialId.BYTES);
  }

  @Override
  public Map<String, PeerKey> keys() {
    return issued;
  }

  @Override
  public void close() {
    issued.values().forEach(PeerKey::destroy);
    anchors.values().forEach(PresharedKeys::close);
  }
}
