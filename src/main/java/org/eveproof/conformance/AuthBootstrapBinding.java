package org.eveproof.conformance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.HandshakeMessage;
import org.eveproof.bootstrap.Method;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.MutualAuthentication.Moved;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.PeerKey;
import org.eveproof.bootstrap.ProofKind;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;
import org.eveproof.spec.TlaValue;

/**
 * Two real devices with credentials of one kind of anchor, and Eve, who has sound credentials of
 * her own. Whenever a proof is awaited she tries all that she has: every proof that was ever sent,
 * one under each key she holds, and a guess; so that a check that is missing lets one of them pass.
 */
public final class AuthBootstrapBinding implements Binding {
  private static final int LAST_DAY = 6;
  private static final int MOST_RUNS = 8;
  private static final int SESSIONS = 2;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final DeviceName EVE = BootstrapCredentials.EVE;

  private final SecretRandom random;
  private final BootstrapCredentials credentials;
  private final Map<Party, BootstrapDevice> devices = new EnumMap<>(Party.class);
  private final BootstrapEve eve;
  private final BootstrapSessions sessions;
  private final BootstrapGhosts ghosts;
  private final Bits nonceOfEve;
  private final List<byte[]> wire = new ArrayList<>();
  private final Map<Party, Boolean> late = new EnumMap<>(Party.class);
  private final Set<String> stolen = new HashSet<>();
  private boolean broken;
  private int day;

  private AuthBootstrapBinding(
      long seed, BiFunction<SecretRandom, Instant, BootstrapCredentials> world) {
    this.random =
        SecretRandom.simulated(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    this.credentials = world.apply(random, START);
    for (Party party : Party.values()) {
      devices.put(party, new BootstrapDevice(party, credentials));
      late.put(party, false);
    }
    this.eve = new BootstrapEve(random, credentials);
    credentials.keys().forEach(this::takesIfHers);
    this.sessions = new BootstrapSessions(SESSIONS, alice(), bob(), eve, random);
    this.ghosts = new BootstrapGhosts(credentials, alice(), bob());
    this.nonceOfEve = random.publicBits(Transcript.NONCE_BITS);
  }

  private void takesIfHers(String name, PeerKey key) {
    if (!credentials.honestKeys().contains(name)) {
      eve.takes(name, key);
    }
  }

  private static final Map<String, Integer> WEIGHTS =
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
          Map.entry("Reconstruct", 20));

  /** Returns the cases that judge this binding: one for each kind of anchor. */
  public static List<ConformanceCase> conformanceCases(Path specs) {
    CertifiedCredentials.Certificates authorities = AuthorityWorld.certificates(START);
    CertifiedCredentials.Certificates introducers = IntroducerWorld.certificates(START);
    return List.of(
        conformanceCase(
            specs,
            "",
            "pre-shared key",
            PresharedCredentials::new,
            Map.of(),
            List.of(
                new ConformanceCase.Goal("MutuallyDone", 5),
                new ConformanceCase.Goal("ReachTheftBefore", 1),
                new ConformanceCase.Goal("ReachTheftAfter", 0.5),
                new ConformanceCase.Goal("ReachRevocationStopsRun", 0.3))),
        conformanceCase(
            specs,
            "Pki",
            "certificates",
            (random, start) -> new CertifiedCredentials(authorities),
            CERTIFIED_WEIGHTS,
            CERTIFIED_GOALS),
        conformanceCase(
            specs,
            "Wot",
            "web of trust",
            (random, start) -> new CertifiedCredentials(introducers),
            INTRODUCED_WEIGHTS,
            INTRODUCED_GOALS));
  }

  /**
   * Two credentials have to be sound, not one: what follows is rarer, so it is chosen more often.
   */
  private static final Map<String, Integer> CERTIFIED_WEIGHTS =
      Map.of("Tick", 10, "GiveUp", 20, "FinishSession", 200, "BreakPrimitive", 6);

  private static final List<ConformanceCase.Goal> CERTIFIED_GOALS =
      List.of(
          new ConformanceCase.Goal("MutuallyDone", 1),
          new ConformanceCase.Goal("ReachHonestWithEve", 20),
          new ConformanceCase.Goal("ReachRevocationStopsRun", 1));

  /** Of the registrations fewer are sound here. */
  private static final Map<String, Integer> INTRODUCED_WEIGHTS =
      Map.of("Tick", 10, "GiveUp", 20, "FinishSession", 100, "BreakPrimitive", 12, "Intrude", 2000);

  private static final List<ConformanceCase.Goal> INTRODUCED_GOALS =
      List.of(
          new ConformanceCase.Goal("MutuallyDone", 0.5),
          new ConformanceCase.Goal("ReachHonestWithEve", 20),
          new ConformanceCase.Goal("ReachRevocationStopsRun", 1));

  private static ConformanceCase conformanceCase(
      Path specs,
      String variant,
      String anchor,
      BiFunction<SecretRandom, Instant, BootstrapCredentials> world,
      Map<String, Integer> weights,
      List<ConformanceCase.Goal> goals) {
    Path models = specs.resolve("models");
    Map<String, Integer> all = new TreeMap<>(WEIGHTS);
    all.putAll(weights);
    return new ConformanceCase(
        "AuthBootstrap" + variant,
        new SpecSource(
            List.of(specs, models),
            "MCAuthBootstrap",
            models.resolve("MCAuthBootstrapConform" + variant + ".cfg")),
        anchor
            + "; 8 runs for each party, 2 sessions, 2 methods, 7 instants; "
            + "bad registration, revocation, theft, break",
        seed -> new AuthBootstrapBinding(seed, world),
        all,
        35,
        goals);
  }

  @Override
  public Record snapshot() {
    Map<String, AuthBootstrapSnapshot.Registered> cred = new TreeMap<>();
    credentials.honestKeys().forEach(key -> cred.put(key, credentials.registered(key)));
    return new AuthBootstrapSnapshot(
        day,
        cred,
        byParty(BootstrapDevice::heardOfRevocation),
        byParty(BootstrapDevice::runs),
        byParty(device -> device.runState(alice(), bob())),
        ghosts.net(),
        Set.copyOf(stolen),
        broken,
        sessions.snapshot(),
        ghosts.began(),
        ghosts.accepted(),
        byParty(device -> late.getOrDefault(device.party, false)));
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
        return apply(
            party(action), device -> device.machine.giveUp(device.state), Optional.empty());
      case "RevocationNotice":
        return revocationNotice(party(action));
      case "BeginSession":
        return performedIf(sessions.begin(action.integer("i")));
      case "FinishSession":
        return performedIf(sessions.finish(action.integer("i"), !stolen.isEmpty() || broken));
      case "StealCredential":
        return steal(action.text("k"));
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
    String key = action.text("k");
    boolean midRun =
        !credentials.anchor(Party.ALICE).holdsBefore()
            && devices.values().stream()
                .anyMatch(device -> device.name.text().equals(key) && device.state.isMidRun());
    if (credentials.isIssued(key) || midRun) {
      return Attempt.UNTRIABLE;
    }
    if (!(action.parameter("v") instanceof TlaValue.Rec vouching)) {
      throw new IllegalArgumentException("vouching is a record, not " + action.parameter("v"));
    }
    credentials.issue(
        key,
        count(vouching, "full"),
        count(vouching, "marginal"),
        action.text("u").equals("authentication"));
    devices.values().forEach(BootstrapDevice::reconfigure);
    if (broken) {
      eve.takes(key, key(key));
    }
    return Attempt.PERFORMED;
  }

  private static int count(TlaValue.Rec vouching, String field) {
    if (vouching.fields().get(field) instanceof TlaValue.Int number) {
      return number.value();
    }
    throw new IllegalArgumentException(field + " is a number");
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
    if (device.heardOfRevocation()) {
      return Attempt.UNTRIABLE;
    }
    late.put(party, device.restsOnPeer() && !(device.state instanceof Handshake.Over));
    for (CredentialId id : credentials.peersIds(party)) {
      device.state = device.machine.revoked(device.state, id).after(device.state);
    }
    return Attempt.PERFORMED;
  }

  // Eve's own acts.

  private Attempt steal(String key) {
    if (!credentials.isIssued(key) || !stolen.add(key)) {
      return Attempt.UNTRIABLE;
    }
    eve.takes(key, key(key));
    return Attempt.PERFORMED;
  }

  private Attempt breakPrimitive() {
    if (broken) {
      return Attempt.UNTRIABLE;
    }
    broken = true;
    credentials.keys().forEach(eve::takes);
    if (!credentials.anchor(Party.ALICE).holdsBefore()) {
      sessions.breakExchange();
    }
    return Attempt.PERFORMED;
  }

  // Messages, whoever made them.

  private Attempt call(DeviceName peer) {
    return apply(
        Party.ALICE,
        device -> device.machine.call(device.state, peer, now(), random),
        Optional.empty());
  }

  private Attempt takeHello() {
    if (alice().state instanceof Handshake.Called called
        && called.hello().callee().equals(bob().name)
        && bob().runs() < MOST_RUNS) {
      return deliver(Party.BOB, called.hello()) ? Attempt.PERFORMED : Attempt.REFUSED;
    }
    return Attempt.UNTRIABLE;
  }

  private Attempt takeForgedHello(ActionInstance action) {
    int na = action.integer("na");
    if (na > alice().runs() || bob().runs() == MOST_RUNS) {
      return Attempt.UNTRIABLE;
    }
    DeviceName caller = new DeviceName(action.text("q"));
    Methods offer = offer(action.parameter("offer"));
    BootstrapDevice.Opening opening =
        na == 0 ? new BootstrapDevice.Opening(nonceOfEve, eve.share()) : alice().opening(na);
    if (alice().state instanceof Handshake.Called called
        && called.hello().nonce().equals(opening.nonce())
        && called.hello().caller().equals(caller)
        && called.hello().callee().equals(bob().name)
        && called.hello().offered().equals(offer)) {
      // This one is not forged.
      return Attempt.UNTRIABLE;
    }
    for (Bits shown : credentials.showable(caller, Party.BOB)) {
      if (deliver(Party.BOB, hello(caller, bob().name, shown, opening, offer))) {
        return Attempt.PERFORMED;
      }
    }
    return Attempt.REFUSED;
  }

  private static HandshakeMessage.Hello hello(
      DeviceName caller,
      DeviceName callee,
      Bits shown,
      BootstrapDevice.Opening opening,
      Methods offer) {
    return new HandshakeMessage.Hello(
        caller, callee, shown, opening.nonce(), offer, opening.share());
  }

  private Attempt takeChallenge(int nb, int choice) {
    if (nb > bob().runs()) {
      return Attempt.UNTRIABLE;
    }
    Method chosen = bob().method(choice);
    if (!(alice().state instanceof Handshake.Called called)) {
      HandshakeMessage.Opening unasked =
          new HandshakeMessage.Opening(
              credentials.showable(bob().name, Party.ALICE).get(0),
              nonceOfEve,
              chosen,
              Bits.parse(""));
      return deliver(Party.ALICE, new HandshakeMessage.Challenge(unasked, nonceOfEve))
          ? Attempt.PERFORMED
          : Attempt.REFUSED;
    }
    HandshakeMessage.Hello hello = called.hello();
    BootstrapDevice.Opening opening =
        nb == 0
            ? new BootstrapDevice.Opening(
                nonceOfEve, eve.answer(chosen.establishment(), hello.share()))
            : bob().opening(nb);
    for (Bits shown : credentials.showable(hello.callee(), Party.ALICE)) {
      HandshakeMessage.Opening forged =
          new HandshakeMessage.Opening(shown, opening.nonce(), chosen, opening.share());
      Attempt attempt =
          deliverAny(
              Party.ALICE,
              ProofKind.CHALLENGE,
              Optional.of(new Transcript(hello, forged)),
              proof -> new HandshakeMessage.Challenge(forged, proof));
      if (attempt == Attempt.PERFORMED) {
        return attempt;
      }
    }
    return Attempt.REFUSED;
  }

  private Attempt takeProof() {
    Optional<Transcript> awaited =
        bob().state instanceof Handshake.Challenged ? bob().transcript() : Optional.empty();
    return deliverAny(Party.BOB, ProofKind.PROOF, awaited, HandshakeMessage.Proof::new);
  }

  private Attempt takeAccept() {
    Optional<Transcript> awaited =
        alice().state instanceof Handshake.Proved ? alice().transcript() : Optional.empty();
    return deliverAny(Party.ALICE, ProofKind.ACCEPT, awaited, HandshakeMessage.Accept::new);
  }

  /** Delivers a message with each proof that Eve can lay hands on, until one is accepted. */
  private Attempt deliverAny(
      Party to,
      ProofKind kind,
      Optional<Transcript> awaited,
      Function<Bits, HandshakeMessage> message) {
    Set<Bits> proofs = new LinkedHashSet<>(ghosts.proofs());
    awaited.ifPresent(transcript -> proofs.addAll(eve.proofs(kind, transcript)));
    for (Bits proof : proofs) {
      if (deliver(to, message.apply(proof))) {
        return Attempt.PERFORMED;
      }
    }
    return Attempt.REFUSED;
  }

  private boolean deliver(Party to, HandshakeMessage message) {
    return deliver(to, message.encode());
  }

  /** Delivers bytes; returns whether the receiver's state moved on. */
  private boolean deliver(Party to, byte[] bytes) {
    return apply(to, device -> device.receives(bytes, now(), random), Optional.of(bytes))
        == Attempt.PERFORMED;
  }

  private Attempt apply(
      Party party, Function<BootstrapDevice, Outcome> event, Optional<byte[]> received) {
    BootstrapDevice device = device(party);
    if (received.isEmpty() && party == Party.ALICE && device.runs() == MOST_RUNS) {
      // One more call would be beyond the instance; giving up is not, and needs no message.
      if (device.state.mayBegin()) {
        return Attempt.UNTRIABLE;
      }
    }
    boolean restedBefore = device.state.restsOn().isPresent() && device.state.isMidRun();
    Outcome outcome = event.apply(device);
    if (!(outcome instanceof Moved)) {
      return Attempt.REFUSED;
    }
    device.state = outcome.after(device.state);
    Optional<HandshakeMessage> taken = received.flatMap(HandshakeMessage::parse);
    outcome
        .send()
        .ifPresent(
            bytes -> {
              wire.add(bytes);
              ghosts.recordSent(device, HandshakeMessage.parse(bytes).orElseThrow());
            });
    boolean begins =
        device.state instanceof Handshake.Called || device.state instanceof Handshake.Challenged;
    if (begins) {
      late.put(party, false);
    }
    if (device.state.isMidRun() && device.state.restsOn().isPresent() && !restedBefore) {
      ghosts.recordBegin(device, peerOf(device), day);
    }
    taken.ifPresent(message -> ghosts.recordTaken(device, message));
    return Attempt.PERFORMED;
  }

  private static DeviceName peerOf(BootstrapDevice device) {
    return device.state instanceof Handshake.Called called
        ? called.hello().callee()
        : device.transcript().orElseThrow().peerOf(device.name);
  }

  // Raw disturbances.

  /**
   * Delivers to one device what the other waits to have answered, or Alice's Hello with the strong
   * method cut out, or an old message as it is, with a bit flipped, cut or extended, or a Hello
   * that is for somebody else or shows a credential of somebody else.
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
    return helloOfEves(EVE);
  }

  private byte[] helloOfEves(DeviceName callee) {
    return hello(
            alice().name,
            callee,
            credentials.showable(EVE, Party.BOB).get(0),
            new BootstrapDevice.Opening(nonceOfEve, eve.share()),
            weak())
        .encode();
  }

  private byte[] weakenedHello() {
    if (alice().state instanceof Handshake.Called called) {
      HandshakeMessage.Hello hello = called.hello();
      return hello(
              hello.caller(),
              hello.callee(),
              hello.shown(),
              new BootstrapDevice.Opening(hello.nonce(), hello.share()),
              weak())
          .encode();
    }
    return helloOfEves(bob().name);
  }

  private Methods weak() {
    return methods(List.of(credentials.byStrength().get(0)));
  }

  private static Methods methods(List<Method> each) {
    return new Methods(
        each.stream().map(Method::establishment).collect(Collectors.toSet()),
        each.stream().map(Method::suite).collect(Collectors.toSet()));
  }

  private byte[] damaged(RandomGenerator chance) {
    if (wire.isEmpty()) {
      return misdirectedHello();
    }
    byte[] bytes = wire.get(chance.nextInt(wire.size())).clone();
    switch (chance.nextInt(4)) {
      case 0:
        if (!credentials.anchor(Party.ALICE).holdsBefore()
            && HandshakeMessage.parse(bytes).orElseThrow() instanceof HandshakeMessage.Hello) {
          // In the model a share that is not Alice's is Eve's own; of a damaged one nobody has the
          // key, so that it leads to less than the model allows.
          return misdirectedHello();
        }
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

  private Methods offer(TlaValue offer) {
    if (offer instanceof TlaValue.SetOf set) {
      return methods(
          set.elements().stream()
              .map(element -> bob().method(((TlaValue.Int) element).value()))
              .toList());
    }
    throw new IllegalArgumentException("an offer is a set, not " + offer);
  }

  private PeerKey key(String name) {
    return Optional.ofNullable(credentials.keys().get(name)).orElseThrow();
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
    devices.values().forEach(device -> device.state.forget());
    credentials.close();
  }
}
