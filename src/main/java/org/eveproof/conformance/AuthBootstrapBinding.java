package org.eveproof.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.HandshakeMessage;
import org.eveproof.bootstrap.MutualAuthentication.Moved;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.ProofKind;
import org.eveproof.bootstrap.PskFile;
import org.eveproof.bootstrap.PskFileException;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.conformance.AuthBootstrapSnapshot.ProofAccepted;
import org.eveproof.conformance.AuthBootstrapSnapshot.ProofSent;
import org.eveproof.conformance.AuthBootstrapSnapshot.RunBegun;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;
import org.eveproof.spec.TlaValue;

/**
 * Two real devices with pre-shared keys, and Eve, who shares a key of her own with each of them.
 * Whenever a proof is awaited she tries all that she has: every proof that was ever sent, one under
 * each key she holds, and a guess; so that a check that is missing lets one of them pass.
 */
public final class AuthBootstrapBinding implements Binding {
  private static final int LAST_DAY = 6;
  private static final int FIRST_VALID_DAY = 1;
  private static final int LAST_VALID_DAY = 5;
  private static final int MOST_RUNS = 8;
  private static final int SESSIONS = 2;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SHARED = "alice-bob";
  private static final DeviceName EVE = new DeviceName("eve");

  private final SecretRandom random;
  private final Map<Party, BootstrapDevice> devices = new EnumMap<>(Party.class);
  private final BootstrapEve eve;
  private final BootstrapSessions sessions;

  /** Every key by its name, as its issuer has it: what can be stolen. */
  private final Map<String, PresharedKey> issued = new LinkedHashMap<>();

  private final Map<String, CredentialId> ids = new LinkedHashMap<>();
  private final Bits nonceOfEve;
  private final Map<Bits, ProofSent> sent = new LinkedHashMap<>();
  private final List<byte[]> wire = new ArrayList<>();
  private final Set<RunBegun> began = new LinkedHashSet<>();
  private final Set<ProofAccepted> accepted = new LinkedHashSet<>();
  private final Map<Party, Boolean> late = new EnumMap<>(Party.class);
  private final Set<String> stolen = new HashSet<>();
  private boolean broken;
  private int day;

  private AuthBootstrapBinding(long seed) {
    this.random =
        SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    for (Party party : Party.values()) {
      devices.put(party, new BootstrapDevice(party));
      late.put(party, false);
    }
    this.eve = new BootstrapEve(random);
    this.sessions = new BootstrapSessions(SESSIONS, alice(), bob(), eve, random);
    this.nonceOfEve = random.publicBits(Transcript.NONCE_BITS);
    for (String name : List.of(SHARED, "alice-eve", "bob-eve")) {
      ids.put(name, newId());
    }
    for (Party party : Party.values()) {
      String name = party.specName() + "-eve";
      install(
          name,
          device(party).name,
          EVE,
          Credential.Purpose.AUTHENTICATION,
          Credential.Origin.COURIER,
          List.of(device(party)));
      eve.takes(name, key(name));
    }
  }

  /** Returns the case that judges this binding. */
  public static ConformanceCase conformanceCase(Path specs) {
    Path models = specs.resolve("models");
    return new ConformanceCase(
        "AuthBootstrap",
        new SpecSource(
            List.of(specs, models),
            "MCAuthBootstrap",
            models.resolve("MCAuthBootstrapConform.cfg")),
        "pre-shared key; 8 runs for each party, 2 sessions, 2 methods, 7 instants; "
            + "bad registration, revocation, theft, break",
        AuthBootstrapBinding::new,
        Map.ofEntries(
            Map.entry("Register", 150),
            Map.entry("Tick", 20),
            Map.entry("Call", 100),
            Map.entry("TakeHello", 400),
            Map.entry("TakeForgedHello", 15),
            Map.entry("TakeChallenge", 400),
            Map.entry("TakeProof", 400),
            Map.entry("TakeAccept", 400),
            Map.entry("GiveUp", 60),
            Map.entry("BeginSession", 1500),
            Map.entry("FinishSession", 60),
            Map.entry("RevocationNotice", 2),
            Map.entry("StealCredential", 8),
            Map.entry("BreakPrimitive", 1),
            Map.entry("Intrude", 300),
            Map.entry("Reconstruct", 20)),
        35,
        List.of(
            new ConformanceCase.Goal("MutuallyDone", 5),
            new ConformanceCase.Goal("ReachTheftBefore", 1),
            new ConformanceCase.Goal("ReachTheftAfter", 0.5),
            new ConformanceCase.Goal("ReachRevocationStopsRun", 0.3)));
  }

  @Override
  public Record snapshot() {
    return new AuthBootstrapSnapshot(
        day,
        Map.of(SHARED, registered()),
        byParty(device -> device.heardOfRevocation(id(SHARED))),
        byParty(BootstrapDevice::runs),
        byParty(device -> device.runState(alice(), bob())),
        Set.copyOf(sent.values()),
        Set.copyOf(stolen),
        broken,
        sessions.snapshot(),
        Set.copyOf(began),
        Set.copyOf(accepted),
        byParty(device -> late.getOrDefault(device.party, false)));
  }

  private AuthBootstrapSnapshot.Registered registered() {
    AuthBootstrapSnapshot.Registered atAlice = alice().registered(bob().name);
    if (!atAlice.equals(bob().registered(alice().name))) {
      throw new AssertionError("one key was registered in two ways");
    }
    return atAlice;
  }

  @Override
  public Attempt attempt(ActionInstance action) {
    switch (action.name()) {
      case "Register":
        return register(action);
      case "Tick":
        return tick();
      case "Call":
        return call(new DeviceName(action.text("q")));
      case "TakeHello":
        return takeHello();
      case "TakeForgedHello":
        return takeForgedHello(action);
      case "TakeChallenge":
        return takeChallenge(action.integer("nb"), action.integer("choice"));
      case "TakeProof":
        return takeProof();
      case "TakeAccept":
        return takeAccept();
      case "GiveUp":
        return apply(party(action), device -> device.machine.giveUp(device.state));
      case "RevocationNotice":
        return revocationNotice(party(action));
      case "BeginSession":
        return performedIf(
            sessions.begin(action.integer("i"), Optional.ofNullable(issued.get(SHARED))));
      case "FinishSession":
        return performedIf(sessions.finish(action.integer("i"), !stolen.isEmpty() || broken));
      case "StealCredential":
        return steal();
      case "BreakPrimitive":
        return breakPrimitive();
      case "Intrude":
        return performedIf(sessions.intrude(action.integer("i")));
      case "Reconstruct":
        return performedIf(sessions.reconstruct(action.integer("i")));
      default:
        throw new IllegalArgumentException("unknown action " + action);
    }
  }

  // The world around the two devices.

  private Attempt register(ActionInstance action) {
    if (issued.containsKey(SHARED)) {
      return Attempt.UNTRIABLE;
    }
    TlaValue vouching = action.parameter("v");
    boolean courier =
        vouching instanceof TlaValue.Rec fields
            && new TlaValue.Int(1).equals(fields.fields().get("full"));
    install(
        SHARED,
        alice().name,
        bob().name,
        action.text("u").equals("authentication")
            ? Credential.Purpose.AUTHENTICATION
            : Credential.Purpose.ENCRYPTION,
        courier ? Credential.Origin.COURIER : Credential.Origin.FACTORY,
        List.of(alice(), bob()));
    if (broken) {
      eve.takes(SHARED, key(SHARED));
    }
    return Attempt.PERFORMED;
  }

  /** Issues a key and installs it at the given devices, from the bytes of a real key file. */
  private void install(
      String name,
      DeviceName first,
      DeviceName second,
      Credential.Purpose purpose,
      Credential.Origin origin,
      List<BootstrapDevice> at) {
    Instant from = START.plus(Duration.ofDays(FIRST_VALID_DAY));
    Instant to = START.plus(Duration.ofDays(LAST_VALID_DAY + 1)).minusSeconds(1);
    Credential credential = new Credential(id(name), first, second, purpose, origin, from, to);
    try (SecretBits secret = random.secretBits(PresharedKey.LEAST_BITS)) {
      issued.put(name, new PresharedKey(credential, secret));
    }
    byte[] file = PskFile.encode(key(name));
    try {
      for (BootstrapDevice device : at) {
        device.anchor.enrol(PskFile.parse(file));
      }
    } catch (PskFileException refused) {
      throw new AssertionError("a key file that was just written is refused", refused);
    } finally {
      Arrays.fill(file, (byte) 0);
    }
  }

  @Refines("AuthBootstrap!Tick")
  private Attempt tick() {
    if (day == LAST_DAY) {
      return Attempt.UNTRIABLE;
    }
    day++;
    return Attempt.PERFORMED;
  }

  private Instant now() {
    return START.plus(Duration.ofDays(day)).plus(Duration.ofHours(12));
  }

  private Attempt revocationNotice(Party party) {
    BootstrapDevice device = device(party);
    if (device.heardOfRevocation(id(SHARED))) {
      return Attempt.UNTRIABLE;
    }
    boolean sessionOver = device.state instanceof Handshake.Over;
    boolean restsOnIt =
        device.state.restsOn().filter(key -> key.credential().id().equals(id(SHARED))).isPresent();
    device.state = device.machine.revoked(device.state, id(SHARED)).after(device.state);
    late.put(party, restsOnIt && !sessionOver);
    return Attempt.PERFORMED;
  }

  // Eve's own acts.

  private Attempt steal() {
    if (!issued.containsKey(SHARED) || !stolen.add(SHARED)) {
      return Attempt.UNTRIABLE;
    }
    eve.takes(SHARED, key(SHARED));
    return Attempt.PERFORMED;
  }

  private Attempt breakPrimitive() {
    if (broken) {
      return Attempt.UNTRIABLE;
    }
    broken = true;
    if (issued.containsKey(SHARED)) {
      eve.takes(SHARED, key(SHARED));
    }
    return Attempt.PERFORMED;
  }

  // Messages, whoever made them.

  private Attempt call(DeviceName peer) {
    return apply(Party.ALICE, device -> device.machine.call(device.state, peer, now(), random));
  }

  private Attempt takeHello() {
    if (alice().state instanceof Handshake.Called called
        && called.hello().callee().equals(bob().name)
        && bob().runs() < MOST_RUNS) {
      return deliver(Party.BOB, called.hello().encode()) ? Attempt.PERFORMED : Attempt.REFUSED;
    }
    return Attempt.UNTRIABLE;
  }

  private Attempt takeForgedHello(ActionInstance action) {
    int na = action.integer("na");
    if (na > alice().runs() || bob().runs() == MOST_RUNS) {
      return Attempt.UNTRIABLE;
    }
    DeviceName caller = new DeviceName(action.text("q"));
    Bits nonce = na == 0 ? nonceOfEve : alice().nonce(na);
    Set<Suite> offer = suites(action.parameter("offer"));
    String own = caller.equals(EVE) ? "bob-eve" : SHARED;
    String other = caller.equals(EVE) ? SHARED : "bob-eve";
    HandshakeMessage forged = new HandshakeMessage.Hello(caller, bob().name, id(own), nonce, offer);
    if (alice().state instanceof Handshake.Called called && called.hello().equals(forged)) {
      // This one is not forged.
      return Attempt.UNTRIABLE;
    }
    for (String credential : List.of(own, other)) {
      byte[] hello =
          new HandshakeMessage.Hello(caller, bob().name, id(credential), nonce, offer).encode();
      if (deliver(Party.BOB, hello)) {
        return Attempt.PERFORMED;
      }
    }
    return Attempt.REFUSED;
  }

  private Attempt takeChallenge(int nb, int choice) {
    if (nb > bob().runs()) {
      return Attempt.UNTRIABLE;
    }
    Bits nonce = nb == 0 ? nonceOfEve : bob().nonce(nb);
    Suite chosen = BootstrapDevice.suite(choice);
    Optional<Transcript> awaited =
        alice().state instanceof Handshake.Called called
            ? Optional.of(
                new Transcript(
                    called.hello().caller(),
                    called.hello().callee(),
                    called.hello().credential(),
                    called.hello().nonce(),
                    nonce,
                    called.hello().offered(),
                    chosen))
            : Optional.empty();
    return deliverAny(
        Party.ALICE,
        ProofKind.CHALLENGE,
        awaited,
        proof -> new HandshakeMessage.Challenge(nonce, chosen, proof));
  }

  private Attempt takeProof() {
    Optional<Transcript> awaited =
        bob().state instanceof Handshake.Challenged challenged
            ? Optional.of(challenged.transcript())
            : Optional.empty();
    return deliverAny(Party.BOB, ProofKind.PROOF, awaited, HandshakeMessage.Proof::new);
  }

  private Attempt takeAccept() {
    Optional<Transcript> awaited =
        alice().state instanceof Handshake.Proved proved
            ? Optional.of(proved.transcript())
            : Optional.empty();
    return deliverAny(Party.ALICE, ProofKind.ACCEPT, awaited, HandshakeMessage.Accept::new);
  }

  /** Delivers a message with each proof that Eve can lay hands on, until one is accepted. */
  private Attempt deliverAny(
      Party to,
      ProofKind kind,
      Optional<Transcript> awaited,
      Function<Bits, HandshakeMessage> message) {
    Set<Bits> proofs = new LinkedHashSet<>(sent.keySet());
    awaited.ifPresent(transcript -> proofs.addAll(eve.proofs(kind, transcript)));
    for (Bits proof : proofs) {
      if (deliver(to, message.apply(proof).encode())) {
        return Attempt.PERFORMED;
      }
    }
    return Attempt.REFUSED;
  }

  /** Delivers bytes; returns whether the receiver's state moved on. */
  private boolean deliver(Party to, byte[] bytes) {
    return apply(to, device -> device.receives(bytes, now(), random), Optional.of(bytes))
        == Attempt.PERFORMED;
  }

  private Attempt apply(Party party, Function<BootstrapDevice, Outcome> event) {
    return apply(party, event, Optional.empty());
  }

  private Attempt apply(
      Party party, Function<BootstrapDevice, Outcome> event, Optional<byte[]> received) {
    BootstrapDevice device = device(party);
    if (received.isEmpty() && party == Party.ALICE && device.runs() == MOST_RUNS) {
      // A fourth call would be beyond the instance; giving up is not, and needs no message.
      if (device.state.mayBegin()) {
        return Attempt.UNTRIABLE;
      }
    }
    Outcome outcome = event.apply(device);
    if (!(outcome instanceof Moved)) {
      return Attempt.REFUSED;
    }
    device.state = outcome.after(device.state);
    outcome.send().ifPresent(message -> recordSent(device, message));
    if (device.state instanceof Handshake.Called || device.state instanceof Handshake.Challenged) {
      recordBegin(device);
    }
    received.flatMap(HandshakeMessage::parse).ifPresent(message -> recordTaken(device, message));
    return Attempt.PERFORMED;
  }

  // What the specification's ghosts remember, read off what really happened.

  private void recordSent(BootstrapDevice device, byte[] bytes) {
    wire.add(bytes);
    HandshakeMessage message = HandshakeMessage.parse(bytes).orElseThrow();
    if (message instanceof HandshakeMessage.Hello hello) {
      device.publishes(hello.nonce());
    } else if (message instanceof HandshakeMessage.Challenge challenge) {
      device.publishes(challenge.nonce());
    }
    proofOf(message)
        .ifPresent(
            proof ->
                transcriptOf(device)
                    .ifPresent(
                        seen ->
                            sent.putIfAbsent(
                                proof,
                                describe(
                                    kindOf(message),
                                    proof,
                                    seen,
                                    device.party.specName(),
                                    device.runs()))));
  }

  private void recordBegin(BootstrapDevice device) {
    DeviceName peer =
        device.state instanceof Handshake.Called called
            ? called.hello().callee()
            : transcriptOf(device).orElseThrow().peerOf(device.name);
    began.add(
        new RunBegun(
            device.party.specName(),
            peer.text(),
            day,
            device.registered(peer),
            !peer.equals(EVE) && device.heardOfRevocation(id(SHARED))));
    late.put(device.party, false);
  }

  private void recordTaken(BootstrapDevice device, HandshakeMessage message) {
    Optional<Bits> proof = proofOf(message);
    Optional<Transcript> view = transcriptOf(device);
    if (proof.isEmpty() || view.isEmpty()) {
      return;
    }
    Transcript seen = view.get();
    ProofKind kind = kindOf(message);
    ProofSent maker =
        Optional.ofNullable(sent.get(proof.get()))
            .orElseGet(() -> describe(kind, proof.get(), seen, "eve", 0));
    accepted.add(
        new ProofAccepted(
            device.party.specName(),
            device.runs(),
            seen.peerOf(device.name).text(),
            spelt(kind),
            alice().numberOf(seen.callerNonce()),
            bob().numberOf(seen.calleeNonce()),
            BootstrapDevice.strengths(seen.offered()),
            BootstrapDevice.strength(seen.chosen()),
            maker));
  }

  /** Describes a proof: under which key it is right is found out by verifying it under each. */
  private ProofSent describe(ProofKind kind, Bits proof, Transcript seen, String by, int run) {
    Optional<String> key =
        issued.keySet().stream().filter(name -> key(name).verifies(kind, seen, proof)).findFirst();
    return new ProofSent(
        spelt(kind),
        key.orElse("none"),
        seen.caller().text(),
        seen.callee().text(),
        alice().numberOf(seen.callerNonce()),
        bob().numberOf(seen.calleeNonce()),
        BootstrapDevice.strengths(seen.offered()),
        BootstrapDevice.strength(seen.chosen()),
        key.isPresent(),
        by,
        run);
  }

  private static String spelt(ProofKind kind) {
    return switch (kind) {
      case CHALLENGE -> "challenge";
      case PROOF -> "proof";
      case ACCEPT -> "accept";
    };
  }

  private static ProofKind kindOf(HandshakeMessage message) {
    if (message instanceof HandshakeMessage.Challenge) {
      return ProofKind.CHALLENGE;
    }
    return message instanceof HandshakeMessage.Proof ? ProofKind.PROOF : ProofKind.ACCEPT;
  }

  private static Optional<Bits> proofOf(HandshakeMessage message) {
    if (message instanceof HandshakeMessage.Challenge challenge) {
      return Optional.of(challenge.proof());
    } else if (message instanceof HandshakeMessage.Proof proof) {
      return Optional.of(proof.proof());
    } else if (message instanceof HandshakeMessage.Accept accept) {
      return Optional.of(accept.proof());
    }
    return Optional.empty();
  }

  private static Optional<Transcript> transcriptOf(BootstrapDevice device) {
    if (device.state instanceof Handshake.Challenged challenged) {
      return Optional.of(challenged.transcript());
    } else if (device.state instanceof Handshake.Proved proved) {
      return Optional.of(proved.transcript());
    } else if (device.state instanceof Handshake.Done done) {
      return Optional.of(done.transcript());
    }
    return Optional.empty();
  }

  // Raw disturbances.

  /**
   * Delivers to one device what the other waits to have answered, or Alice's Hello with the strong
   * method cut out, or an old message as it is, with a bit flipped, cut or extended, or a Hello
   * that is for somebody else or names a credential of somebody else.
   */
  @Override
  public boolean disturb(RandomGenerator chance) {
    Party to = chance.nextInt(3) == 0 ? Party.ALICE : Party.BOB;
    byte[] bytes;
    switch (chance.nextInt(5)) {
      case 0:
        bytes = device(to.peer()).state.pending().orElseGet(this::misdirectedHello);
        break;
      case 1:
        bytes = weakenedHello();
        break;
      case 2:
        bytes = misdirectedHello();
        break;
      default:
        bytes = damaged(chance);
    }
    if (to == Party.BOB && bob().runs() == MOST_RUNS) {
      return false;
    }
    deliver(to, bytes);
    return true;
  }

  private byte[] misdirectedHello() {
    return new HandshakeMessage.Hello(
            alice().name, EVE, id("bob-eve"), nonceOfEve, Set.of(Suite.HMAC_SHA256))
        .encode();
  }

  private byte[] weakenedHello() {
    if (alice().state instanceof Handshake.Called called) {
      HandshakeMessage.Hello hello = called.hello();
      return new HandshakeMessage.Hello(
              hello.caller(),
              hello.callee(),
              hello.credential(),
              hello.nonce(),
              Set.of(Suite.HMAC_SHA256))
          .encode();
    }
    return new HandshakeMessage.Hello(
            alice().name, bob().name, id("bob-eve"), nonceOfEve, Set.of(Suite.HMAC_SHA256))
        .encode();
  }

  private byte[] damaged(RandomGenerator chance) {
    if (wire.isEmpty()) {
      return misdirectedHello();
    }
    byte[] bytes = wire.get(chance.nextInt(wire.size())).clone();
    switch (chance.nextInt(4)) {
      case 0:
        bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
        return bytes;
      case 1:
        return Arrays.copyOf(bytes, chance.nextInt(bytes.length));
      case 2:
        return Arrays.copyOf(bytes, bytes.length + 1 + chance.nextInt(8));
      default:
        return bytes;
    }
  }

  private Set<Suite> suites(TlaValue offer) {
    if (offer instanceof TlaValue.SetOf set) {
      return set.elements().stream()
          .map(element -> BootstrapDevice.suite(((TlaValue.Int) element).value()))
          .collect(Collectors.toSet());
    }
    throw new IllegalArgumentException("an offer is a set, not " + offer);
  }

  private CredentialId newId() {
    byte[] bytes = random.publicBits(Byte.SIZE * CredentialId.BYTES).toBytes();
    return new CredentialId(HexFormat.of().formatHex(bytes));
  }

  private CredentialId id(String name) {
    return Optional.ofNullable(ids.get(name)).orElseThrow();
  }

  private PresharedKey key(String name) {
    return Optional.ofNullable(issued.get(name)).orElseThrow();
  }

  private <T> Map<String, T> byParty(Function<BootstrapDevice, T> value) {
    Map<String, T> values = new TreeMap<>();
    devices.forEach((party, device) -> values.put(party.specName(), value.apply(device)));
    return values;
  }

  private BootstrapDevice device(Party party) {
    return Optional.ofNullable(devices.get(party)).orElseThrow();
  }

  private BootstrapDevice alice() {
    return device(Party.ALICE);
  }

  private BootstrapDevice bob() {
    return device(Party.BOB);
  }

  private static Party party(ActionInstance action) {
    return action.text("p").equals("alice") ? Party.ALICE : Party.BOB;
  }

  private static Attempt performedIf(boolean performed) {
    return performed ? Attempt.PERFORMED : Attempt.REFUSED;
  }

  @Override
  public void close() {
    sessions.close();
    eve.close();
    devices.values().forEach(BootstrapDevice::close);
    issued.values().forEach(PresharedKey::close);
  }
}
