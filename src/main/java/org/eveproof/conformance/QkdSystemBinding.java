package org.eveproof.conformance;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.conformance.QkdSystemSnapshot.KeyName;
import org.eveproof.conformance.QkdSystemSnapshot.Link;
import org.eveproof.conformance.QkdSystemSnapshot.SecretName;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.MessageKind;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FixedMarginRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.protocol.SentPulses;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.session.AbortReason;
import org.eveproof.session.Conversation;
import org.eveproof.session.ExchangeAlice;
import org.eveproof.session.ExchangeBob;
import org.eveproof.session.ExchangeParameters;
import org.eveproof.session.LengthRule;
import org.eveproof.session.MessageType;
import org.eveproof.session.Payload;
import org.eveproof.session.Supplies;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;

/**
 * Two whole sites and Eve between them: real bootstraps, exchanges, ledgers, frames and keys, seen
 * through {@code QkdSystem.tla}. Eve acts with the bytes that she really has; where she has none
 * she guesses, so that a check that is missing lets her pass.
 */
public final class QkdSystemBinding implements Binding {
  // The bounds of the instance; see MCQkdSystemConform.cfg.
  private static final int EPOCHS = 2;
  private static final int ROUNDS = 3;

  private static final int PULSES = 7340;
  private static final LinkParameters OPTICS = LinkParameters.ideal(PULSES);

  /** One pulse in so many is measured in another basis than Alice's: most are, to save time. */
  private static final int OTHER_BASIS = 32;

  private static final ExchangeParameters PARAMETERS =
      new ExchangeParameters(
          1,
          new SampleRule.RandomSubset(sifted -> 64),
          0.1,
          (keyBits, errorRate) ->
              new CascadeReconciliation(new CascadeSchedule(keyBits, List.of(keyBits))),
          20,
          new ErrorVerification(64),
          new LengthRule.Counted(new FixedMarginRule(64)));

  /** One-time keys that a vain attempt takes of a supply at most. */
  private static final int VAIN = 3;

  private static final int LATE = 1000;
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private final MessageAuthenticator authenticator = QkdSite.SUITE.authenticator();
  private final RandomGenerator physics;
  private final SecretRandom random;
  private final QkdSite alice;
  private final QkdSite bob;
  private final QkdEve eve;
  private final QkdNames names = new QkdNames();
  private final Map<Integer, SecretBits> issued = new TreeMap<>();
  private final Map<Integer, Credential> credentials = new TreeMap<>();
  private final List<byte[]> wire = new ArrayList<>();
  private final List<byte[]> decision = new ArrayList<>();
  private final Map<Party, SecretName> first = new EnumMap<>(Party.class);
  private final Map<Party, Set<KeyName>> made = new EnumMap<>(Party.class);
  private final Map<Party, Set<KeyName>> given = new EnumMap<>(Party.class);
  private final Map<Party, Set<Link>> chain = new EnumMap<>(Party.class);
  private final Set<List<Object>> handed = new HashSet<>();
  private final Set<List<Integer>> lost = new HashSet<>();
  private boolean twice;
  private String check = "none";
  private int epoch;
  private int attempts;

  /**
   * Makes two sites without credentials.
   *
   * @param seed of nature, of Eve, and of the parties' simulated randomness
   */
  public QkdSystemBinding(long seed) {
    physics = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    random = SecretRandom.simulated(physics);
    alice = new QkdSite(Party.ALICE, random);
    bob = new QkdSite(Party.BOB, random);
    eve = new QkdEve(random);
    for (Party party : Party.values()) {
      made.put(party, new HashSet<>());
      given.put(party, new HashSet<>());
      chain.put(party, new HashSet<>());
    }
  }

  /** Returns how this binding is judged. */
  public static ConformanceCase conformanceCase(Path specs) {
    Path models = specs.resolve("models");
    return new ConformanceCase(
        "QkdSystem",
        new SpecSource(
            List.of(specs, models), "MCQkdSystem", models.resolve("MCQkdSystemConform.cfg")),
        "2 epochs of 3 rounds with keys of 6,784 bits; theft, corruption, starvation",
        QkdSystemBinding::new,
        Map.ofEntries(
            Map.entry("Provision", 3),
            Map.entry("Bootstrap", 60),
            Map.entry("Agree", 60),
            Map.entry("Confirm", 40),
            Map.entry("Commit", 40),
            Map.entry("Discard", 10),
            Map.entry("Fetch", 15),
            Map.entry("FailRound", 8),
            Map.entry("CompareFingerprints", 4),
            Map.entry("Steal", 3),
            Map.entry("Impersonate", 30),
            Map.entry("Intrude", 25),
            Map.entry("ForgeAbort", 15),
            Map.entry("Corrupt", 3)),
        40,
        List.of(
            new ConformanceCase.Goal("ReachTwoKeys", 10),
            new ConformanceCase.Goal("ReachLateTheft", 1),
            new ConformanceCase.Goal("ReachPersistentMitm", 1),
            new ConformanceCase.Goal("ReachMitmDetected", 1),
            new ConformanceCase.Goal("ReachCheckPassed", 5),
            new ConformanceCase.Goal("ReachCorruptAfterFetch", 1),
            new ConformanceCase.Goal("ReachHalfHandover", 20)));
  }

  // ---- Seeing ----

  @Override
  public Record snapshot() {
    Set<KeyName> doubt = new HashSet<>();
    bob.keyInDoubt().ifPresent(key -> doubt.add(keyName(application(key))));
    return new QkdSystemSnapshot(
        alice.ledger().epoch(),
        byParty(this::partner),
        byParty(site -> Set.copyOf(of(made, site.party))),
        doubt,
        byParty(site -> Set.copyOf(of(given, site.party))),
        byParty(QkdSite::current),
        byParty(QkdSite::staged),
        bob.hasAcknowledged(),
        byParty(QkdSite::isDry),
        check,
        byParty(this::stored),
        known(),
        byParty(site -> Set.copyOf(of(chain, site.party))),
        Set.copyOf(handed),
        twice,
        Set.copyOf(lost));
  }

  private String partner(QkdSite site) {
    if (!site.isStanding()) {
      return "none";
    }
    return of(first, site.party).of().equals(KeyName.BOTH) ? "peer" : "eve";
  }

  /** Returns the names of the secrets whose bytes exist at a site. */
  private Set<SecretName> stored(QkdSite site) {
    Set<SecretName> stored = new HashSet<>();
    if (site.holdsCredential()) {
      stored.add(SecretName.credential(epoch));
    }
    for (KeyBlock block : site.blocks()) {
      stored.add(names.of(block));
      block.close();
    }
    site.waiting().forEach(key -> stored.add(names.of(key)));
    if (site == bob && bob.keyInDoubt().isPresent()) {
      SecretBits key = bob.keyInDoubt().get();
      stored.add(names.of(application(key)));
      try (KeyBlock block = block(key)) {
        stored.add(names.of(block));
      }
    }
    return stored;
  }

  private Set<SecretName> known() {
    Set<SecretName> known = new HashSet<>();
    eve.credentials().keySet().forEach(e -> known.add(SecretName.credential(e)));
    eve.blocks().forEach(block -> known.add(names.of(block)));
    eve.keys().forEach(key -> known.add(names.of(key)));
    return known;
  }

  private KeyName keyName(SecretBits key) {
    SecretName name = names.of(key);
    return new KeyName(name.epoch(), name.round(), name.of());
  }

  // ---- Doing ----

  @Override
  public Attempt attempt(ActionInstance action) {
    switch (action.name()) {
      case "Provision":
        return provision();
      case "Steal":
        return steal(action.integer("e"));
      default:
        break;
    }
    if (epoch == 0 || check.equals("raised")) {
      return Attempt.UNTRIABLE;
    }
    switch (action.name()) {
      case "Bootstrap":
        return bootstrap();
      case "Impersonate":
        return impersonate(site(action));
      case "Agree":
        return agree();
      case "Confirm":
        return confirm();
      case "FailRound":
        return failRound();
      case "ForgeAbort":
        return forgeAbort();
      case "Intrude":
        return intrude(site(action));
      case "Commit":
        return commit(site(action));
      case "Discard":
        return discard(site(action));
      case "Fetch":
        return fetch(site(action));
      case "CompareFingerprints":
        return compareFingerprints();
      case "Corrupt":
        return corrupt(site(action));
      default:
        throw new IllegalArgumentException("unknown action " + action);
    }
  }

  private Attempt provision() {
    if (epoch == EPOCHS) {
      return Attempt.UNTRIABLE;
    }
    epoch++;
    byte[] id = random.publicBits(Byte.SIZE * CredentialId.BYTES).toBytes();
    credentials.put(
        epoch,
        new Credential(
            new CredentialId(HexFormat.of().formatHex(id)),
            alice.name,
            bob.name,
            Credential.Purpose.AUTHENTICATION,
            Credential.Origin.COURIER,
            NOW.minusSeconds(1),
            NOW.plusSeconds(1)));
    issued.put(epoch, random.secretBits(PresharedKey.LEAST_BITS));
    for (QkdSite site : sites()) {
      site.provision(epoch, credential(epoch));
      of(made, site.party).clear();
      of(chain, site.party).clear();
    }
    decision.clear();
    check = "none";
    return Attempt.PERFORMED;
  }

  /** Returns a copy of the courier's key. */
  private PresharedKey credential(int number) {
    return new PresharedKey(of(credentials, number), of(issued, number));
  }

  @Refines("QkdSystem!Bootstrap")
  private Attempt bootstrap() {
    if (!eve.credentials().containsKey(epoch)) {
      // Eve is there first, whenever there is something to be refused.
      sites().forEach(this::impersonate);
    }
    alice.stopWaiting();
    bob.stopWaiting();
    Optional<byte[]> message = alice.call(NOW);
    QkdSite receiver = bob;
    while (message.isPresent()) {
      wire.add(message.get());
      message = receiver.hear(message.get(), NOW);
      receiver = peer(receiver);
    }
    if (!alice.isAuthenticated() || !bob.isAuthenticated()) {
      alice.stopWaiting();
      bob.stopWaiting();
      return Attempt.REFUSED;
    }
    try (KeyBlock alices = alice.stand();
        KeyBlock bobs = bob.stand()) {
      boolean same = alices.isWhatIsLeftOf(bobs) && bobs.isWhatIsLeftOf(alices);
      begins(alice, alices, same ? KeyName.BOTH : alice.party.specName());
      begins(bob, bobs, same ? KeyName.BOTH : bob.party.specName());
    }
    return Attempt.PERFORMED;
  }

  private void begins(QkdSite site, KeyBlock block, String of) {
    SecretName name = SecretName.boot(epoch, of);
    names.name(name, block);
    first.put(site.party, name);
  }

  /** Eve runs the bootstrap with a site in its peer's place. */
  @Refines("QkdSystem!Impersonate")
  private Attempt impersonate(QkdSite site) {
    site.stopWaiting();
    QkdEve.Impostor impostor = eve.inPlaceOf(site.party.peer(), epoch, of(credentials, epoch));
    Optional<byte[]> toSite =
        site.party == Party.BOB
            ? impostor.follow(impostor.machine.call(impostor.state, site.name, NOW, random))
            : site.call(NOW).flatMap(call -> answer(impostor, call));
    while (toSite.isPresent()) {
      toSite = site.hear(toSite.get(), NOW).flatMap(message -> answer(impostor, message));
    }
    if (!site.isAuthenticated()) {
      site.stopWaiting();
      return Attempt.REFUSED;
    }
    try (KeyBlock block = site.stand()) {
      begins(site, block, site.party.specName());
    }
    if (impostor.state instanceof Handshake.Done done) {
      try (KeyBlock block = KeyBlock.bootstrap(done.run().seed(), QkdSite.BLOCK_KEYS)) {
        eve.learns(block);
      }
    }
    return Attempt.PERFORMED;
  }

  private Optional<byte[]> answer(QkdEve.Impostor impostor, byte[] message) {
    return impostor.follow(impostor.machine.receive(impostor.state, message, NOW, random));
  }

  // Rounds.

  private boolean isFree(QkdSite site) {
    return site.isStanding()
        && !site.isDry()
        && site.staged() == 0
        && site.doubt().isEmpty()
        && of(made, site.party).size() < ROUNDS;
  }

  @Refines("QkdSystem!Agree")
  private Attempt agree() {
    int round = of(made, Party.ALICE).size() + 1;
    if (!isFree(alice) || !isFree(bob) || round != of(made, Party.BOB).size() + 1) {
      return Attempt.UNTRIABLE;
    }
    boolean inVain = !sameBlock();
    if (inVain && Math.min(alice.keysLeft(), bob.keysLeft()) < QkdSite.ROUND_KEYS + VAIN) {
      return Attempt.UNTRIABLE;
    }
    // Eve may have spoken to one end before the other had its block.
    catchUp(alice);
    catchUp(bob);
    Optics light = shine(new FibreEve.Nothing());
    QkdRound<ExchangeAlice> alices = new QkdRound<>(light.alice(), alice.supplies());
    QkdRound<ExchangeBob> bobs = new QkdRound<>(light.bob(), bob.supplies());
    converse(alices, bobs, true);
    Optional<SecretBits> key = alices.takeKey();
    if (key.isEmpty()) {
      end(alices, bobs);
      return Attempt.REFUSED;
    }
    bob.doubts(bobs);
    SecretBits bobsKey = bob.keyInDoubt().orElseThrow();
    boolean same = key.get().sameAs(bobsKey);
    KeyName name = new KeyName(epoch, round, same ? KeyName.BOTH : "alice");
    nameKey(name, key.get());
    if (!same) {
      nameKey(new KeyName(epoch, round, "bob"), bobsKey);
    }
    of(made, Party.ALICE).add(name);
    of(chain, Party.ALICE).add(new Link(epoch, round, alices.authenticatedBy()));
    alice.keep(round, key.get(), alices.transcript());
    return Attempt.PERFORMED;
  }

  /** The exchange machines at the moment when the light is through. */
  private record Optics(ExchangeAlice alice, ExchangeBob bob) {}

  private Optics shine(FibreEve onFibre) {
    attempts++;
    SentPulses sent = QuantumLink.prepare(PULSES, random);
    ExchangeAlice.Emitting emitting =
        ExchangeAlice.begin(PARAMETERS, authenticator, epoch, attempts, sent);
    PulseTrain arriving =
        QuantumLink.carry(QuantumLink.emit(sent), OPTICS, onFibre, Chance.drivenBy(physics));
    SecretBits bases =
        SecretBits.copyOf(
            Bits.of(PULSES, i -> sent.bases().get(i) ^ physics.nextInt(OTHER_BASIS) == 0));
    ExchangeBob bobs =
        ExchangeBob.begin(PARAMETERS, authenticator, epoch, attempts)
            .measured(QuantumLink.measure(arriving, OPTICS, bases, Chance.drivenBy(physics)));
    return new Optics(emitting.emitted(), bobs);
  }

  /** Lets the two talk; Alice's decision is held back if told so. */
  private void converse(
      QkdRound<ExchangeAlice> alices, QkdRound<ExchangeBob> bobs, boolean holdDecision) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (byte[] frame : bobs.speak()) {
        wire.add(frame);
        moved |= alices.hear(frame);
      }
      for (byte[] frame : alices.speak()) {
        if (holdDecision && alices.state() instanceof ExchangeAlice.KeyHeld) {
          decision.add(frame);
        } else {
          wire.add(frame);
          moved |= bobs.hear(frame);
        }
      }
    }
  }

  private static void end(QkdRound<ExchangeAlice> alices, QkdRound<ExchangeBob> bobs) {
    if (alices.state() instanceof ExchangeAlice.Open open) {
      open.wipe();
    }
    if (bobs.state() instanceof ExchangeBob.Open open) {
      open.wipe();
    }
  }

  private void nameKey(KeyName name, SecretBits key) {
    names.name(name, application(key));
    try (KeyBlock block = block(key)) {
      names.name(name.secret("block"), block);
    }
  }

  private static SecretBits application(SecretBits key) {
    return key.slice(0, QkdSite.APPLICATION_BITS);
  }

  private static KeyBlock block(SecretBits key) {
    try (SecretBits part = key.slice(QkdSite.APPLICATION_BITS, QkdSite.KEY_BITS)) {
      return KeyBlock.of(part, QkdSite.BLOCK_KEYS);
    }
  }

  @Refines("QkdSystem!Confirm")
  private Attempt confirm() {
    if (bob.doubt().isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    QkdRound<ExchangeBob> round = bob.doubt().get();
    decision.forEach(round::hear);
    Optional<SecretBits> key = round.takeKey();
    if (key.isEmpty()) {
      return Attempt.REFUSED;
    }
    decision.clear();
    bob.settleDoubt();
    takes(bob, key.get(), round);
    return Attempt.PERFORMED;
  }

  private void takes(QkdSite site, SecretBits key, QkdRound<?> round) {
    KeyName name = keyName(application(key));
    of(made, site.party).add(name);
    of(chain, site.party).add(new Link(name.epoch(), name.round(), round.authenticatedBy()));
    site.keep(name.round(), key, round.transcript());
  }

  /** Eve spoils a round; or it does not come about, because something else is not settled. */
  @Refines("QkdSystem!FailRound")
  private Attempt failRound() {
    if (!alice.isStanding() && !bob.isStanding()) {
      return Attempt.UNTRIABLE;
    }
    if (alice.staged() != 0 || bob.staged() != 0 || bob.doubt().isPresent()) {
      return Attempt.PERFORMED;
    }
    Optics light = shine(new FibreEve.InterceptResend(1, FibreEve.BasisChoice.RANDOM));
    QkdRound<ExchangeAlice> alices = new QkdRound<>(light.alice(), alice.supplies());
    QkdRound<ExchangeBob> bobs = new QkdRound<>(light.bob(), bob.supplies());
    if (isFree(alice) && isFree(bob) && sameBlock()) {
      converse(alices, bobs, false);
    } else {
      if (isFree(bob)) {
        bobs.speak();
        bobs.giveUp();
      }
      if (isFree(alice)) {
        alices.giveUp();
      }
    }
    end(alices, bobs);
    return alices.takeKey().isPresent() || bobs.takeKey().isPresent()
        ? Attempt.REFUSED
        : Attempt.PERFORMED;
  }

  /** Eve tells Bob, who is in doubt, in Alice's name that there is no key. */
  @Refines("QkdSystem!ForgeAbort")
  private Attempt forgeAbort() {
    if (bob.doubt().isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    Conversation talk = bob.doubt().get().state().talk();
    Optional<Frame> abort =
        eve.sealed(
            Party.ALICE,
            keysAgainst(bob),
            talk.session(),
            talk.round(),
            LATE,
            MessageType.ABORT.code(),
            new Payload.Abort(AbortReason.GIVEN_UP).encode());
    abort.ifPresent(frame -> bob.doubt().orElseThrow().hear(frame.encode()));
    if (bob.keyInDoubt().isPresent()) {
      return Attempt.REFUSED;
    }
    bob.settleDoubt();
    decision.clear();
    catchUp(bob);
    return Attempt.PERFORMED;
  }

  /** Eve runs a round with a site in its peer's place. */
  @Refines("QkdSystem!Intrude")
  private Attempt intrude(QkdSite site) {
    if (!isFree(site)
        || (blockAgainst(site).isEmpty() && site.keysLeft() < QkdSite.ROUND_KEYS + VAIN)) {
      return Attempt.UNTRIABLE;
    }
    Optics light = shine(new FibreEve.Nothing());
    Supplies evesSupplies = new Supplies(keysAgainst(site), random);
    boolean isAlice = site == alice;
    QkdRound<ExchangeAlice> alices =
        new QkdRound<>(light.alice(), isAlice ? site.supplies() : evesSupplies);
    QkdRound<ExchangeBob> bobs =
        new QkdRound<>(light.bob(), isAlice ? evesSupplies : site.supplies());
    converse(alices, bobs, false);
    QkdRound<?> sites = isAlice ? alices : bobs;
    QkdRound<?> eves = isAlice ? bobs : alices;
    Optional<SecretBits> key = sites.takeKey();
    if (key.isEmpty()) {
      end(alices, bobs);
      return Attempt.REFUSED;
    }
    KeyName name = new KeyName(epoch, of(made, site.party).size() + 1, site.party.specName());
    nameKey(name, key.get());
    takes(site, key.get(), sites);
    eves.takeKey()
        .ifPresent(
            evesKey -> {
              try (evesKey;
                  KeyBlock block = block(evesKey)) {
                eve.learns(application(evesKey));
                eve.learns(block);
              }
            });
    catchUp(site);
    return Attempt.PERFORMED;
  }

  // The handover.

  /** The newest block of a site comes into use there. */
  @Refines("QkdSystem!Commit")
  private Attempt commit(QkdSite site) {
    int number = site.staged();
    if (number == 0) {
      return Attempt.UNTRIABLE;
    }
    if (site == alice) {
      if (bob.staged() == number && sameBlock() && haveSame(number)) {
        askBob();
      } else {
        refill(alice, MessageKind.ACK, number, Optional.empty());
      }
      alice.ledger().commit();
    } else {
      if (alice.current() == number && haveSame(number)) {
        tellBob();
      }
      if (bob.current() != number) {
        commitByEve(number, blockNamed(ofRound(bob, number).secret("block")));
      }
    }
    if (site.current() != number) {
      return Attempt.REFUSED;
    }
    site.finishBootstrap();
    sites().forEach(this::catchUp);
    return Attempt.PERFORMED;
  }

  private boolean haveSame(int round) {
    return ofRound(alice, round).equals(ofRound(bob, round));
  }

  private void askBob() {
    said(alice).ifPresent(prepare -> bob.ledger().receive(prepare));
    said(bob).ifPresent(answer -> alice.ledger().receive(answer));
  }

  private void tellBob() {
    said(alice).ifPresent(commit -> bob.ledger().receive(commit));
    said(bob).ifPresent(done -> alice.ledger().receive(done));
  }

  private Optional<Frame> said(QkdSite site) {
    Optional<Frame> frame = site.ledger().advance().or(site.ledger()::resend);
    frame.ifPresent(said -> wire.add(said.encode()));
    return frame;
  }

  /** Eve, who has the block, lets Bob prepare it; and under it tells him to use it. */
  private void commitByEve(int number, Optional<KeyBlock> content) {
    content.ifPresent(block -> refill(bob, MessageKind.PREPARE, number, Optional.of(block)));
    KeyIndex start = new KeyIndex(bob.ledger().epoch(), number, 0);
    eve.refill(
            Party.ALICE,
            new StolenKeys(Party.ALICE, start, content.orElseGet(eve::guess)),
            MessageKind.COMMIT,
            number,
            Optional.empty())
        .ifPresent(frame -> bob.ledger().receive(frame));
  }

  /** Eve sends a site a message of the refill in its peer's name. */
  private void refill(QkdSite to, MessageKind kind, int about, Optional<KeyBlock> content) {
    eve.refill(to.party.peer(), keysAgainst(to), kind, about, content)
        .ifPresent(frame -> to.ledger().receive(frame));
    catchUp(to);
  }

  /** Eve makes a site give up the block that waits there. */
  @Refines("QkdSystem!Discard")
  private Attempt discard(QkdSite site) {
    int number = site.staged();
    if (number == 0 || isInVain(site)) {
      return Attempt.UNTRIABLE;
    }
    MessageKind kind = site == alice ? MessageKind.NAK : MessageKind.PREPARE;
    refill(site, kind, number, Optional.empty());
    return site.staged() == 0 ? Attempt.PERFORMED : Attempt.REFUSED;
  }

  /** Bob has acknowledged the block; another question does not change that, but uses up a key. */
  private boolean isInVain(QkdSite site) {
    return site == bob && bob.hasAcknowledged() && bob.keysLeft() < QkdSite.ROUND_KEYS + VAIN;
  }

  private Attempt fetch(QkdSite site) {
    Optional<SecretBits> key = site.fetch();
    if (key.isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    try (SecretBits applications = key.get()) {
      of(given, site.party).add(keyName(applications));
      twice |= !handed.add(List.of(site.party.specName(), names.of(applications)));
    }
    return Attempt.PERFORMED;
  }

  /** Two people read the fingerprints to each other. */
  @Refines("QkdSystem!CompareFingerprints")
  private Attempt compareFingerprints() {
    if (bob.doubt().isPresent()) {
      return Attempt.UNTRIABLE;
    }
    for (QkdSite site : sites()) {
      if (site.fingerprint().isEmpty() || site.staged() != 0 || !check.equals("none")) {
        return Attempt.UNTRIABLE;
      }
    }
    if (alice.fingerprint().equals(bob.fingerprint())) {
      check = "passed";
    } else {
      check = "raised";
      sites().forEach(QkdSite::clear);
    }
    return Attempt.PERFORMED;
  }

  // Eve's secrets.

  @Refines("QkdSystem!Steal")
  private Attempt steal(int number) {
    if (number > epoch || eve.credentials().containsKey(number)) {
      return Attempt.UNTRIABLE;
    }
    eve.learns(number, credential(number));
    if (number == epoch && sites().stream().anyMatch(site -> site.current() == 0)) {
      lost.addAll(unmade());
    }
    return Attempt.PERFORMED;
  }

  /** Eve copies all that is in a site's memory and on its disk. */
  @Refines("QkdSystem!Corrupt")
  private Attempt corrupt(QkdSite site) {
    Set<SecretName> stored = stored(site);
    if (known().containsAll(stored)) {
      return Attempt.UNTRIABLE;
    }
    for (SecretName name : stored) {
      if (name.isKind("key")) {
        lost.add(List.of(name.epoch(), name.round()));
      }
    }
    lost.addAll(unmade());
    if (site.holdsCredential()) {
      eve.learns(epoch, credential(epoch));
    }
    site.blocks()
        .forEach(
            block -> {
              eve.learns(block);
              block.close();
            });
    site.waiting().forEach(eve::learns);
    if (site == bob && bob.keyInDoubt().isPresent()) {
      SecretBits key = bob.keyInDoubt().get();
      eve.learns(application(key));
      try (KeyBlock block = block(key)) {
        eve.learns(block);
      }
    }
    return Attempt.PERFORMED;
  }

  /** Returns the identifiers of this epoch that not both parties have a key for. */
  private Set<List<Integer>> unmade() {
    Set<List<Integer>> unmade = new HashSet<>();
    for (int round = 1; round <= ROUNDS; round++) {
      List<Integer> id = List.of(epoch, round);
      for (Party party : Party.values()) {
        if (of(made, party).stream().noneMatch(key -> key.id().equals(id))) {
          unmade.add(id);
        }
      }
    }
    return unmade;
  }

  /** Returns the block that Eve can use against a site, if she has it or can work it out. */
  private Optional<KeyBlock> blockAgainst(QkdSite site) {
    return newest(site).flatMap(this::blockNamed);
  }

  private Optional<KeyBlock> blockNamed(SecretName name) {
    List<KeyBlock> candidates = new ArrayList<>();
    for (QkdSite site : sites()) {
      candidates.addAll(eve.blocksWith(transcript(site)));
    }
    Optional<KeyBlock> best = Optional.empty();
    for (KeyBlock candidate : candidates) {
      if (names.of(candidate).equals(name)
          && (best.isEmpty() || best.get().isWhatIsLeftOf(candidate))) {
        best = Optional.of(candidate);
      }
    }
    return best;
  }

  private static Optional<Transcript> transcript(QkdSite site) {
    if (site.handshake() instanceof Handshake.Begun begun) {
      return Optional.of(begun.run().transcript());
    } else if (site.handshake() instanceof Handshake.Over over) {
      return Optional.of(over.transcript());
    }
    return Optional.empty();
  }

  private StolenKeys keysAgainst(QkdSite site) {
    return new StolenKeys(
        site.party.peer(), site.accepting(), blockAgainst(site).orElseGet(eve::guess));
  }

  /** Returns the name of the block in use at a site. */
  private Optional<SecretName> newest(QkdSite site) {
    if (!site.isStanding()) {
      return Optional.empty();
    }
    try (LedgerImage image = site.image().orElseThrow()) {
      return Optional.of(names.of(image.keys(image.blocks() == 0 ? 0 : site.current())));
    }
  }

  private boolean sameBlock() {
    return newest(alice).isPresent() && newest(alice).equals(newest(bob));
  }

  /** What the peer of a site said in the meantime was lost: its keys of that time are burnt. */
  private void catchUp(QkdSite site) {
    QkdSite other = peer(site);
    boolean moved = sameBlock();
    while (moved && other.ledger().next().index() < site.accepting().index()) {
      Optional<OneTimeKey> burnt = other.ledger().take();
      burnt.ifPresent(OneTimeKey::close);
      moved = burnt.isPresent();
    }
  }

  private KeyName ofRound(QkdSite site, int round) {
    return of(made, site.party).stream()
        .filter(key -> key.round() == round)
        .findFirst()
        .orElseThrow();
  }

  // ---- Disturbing ----

  /** Delivers an old message again, whole or damaged, to wherever it might be accepted. */
  @Override
  public boolean disturb(RandomGenerator chance) {
    if (wire.isEmpty() || check.equals("raised")) {
      return false;
    }
    byte[] bytes = wire.get(chance.nextInt(wire.size())).clone();
    if (chance.nextBoolean()) {
      bytes[chance.nextInt(bytes.length)] ^= (byte) (1 << chance.nextInt(8));
    }
    for (QkdSite site : sites()) {
      if (site.isStanding()) {
        Frame.parse(bytes).ifPresent(frame -> site.ledger().receive(frame));
      }
      site.doubt().ifPresent(round -> round.hear(bytes));
    }
    return true;
  }

  private List<QkdSite> sites() {
    return List.of(alice, bob);
  }

  private QkdSite peer(QkdSite site) {
    return site == alice ? bob : alice;
  }

  private QkdSite site(ActionInstance action) {
    return action.text("p").equals("alice") ? alice : bob;
  }

  private <T> Map<String, T> byParty(Function<QkdSite, T> value) {
    Map<String, T> values = new TreeMap<>();
    sites().forEach(site -> values.put(site.party.specName(), value.apply(site)));
    return values;
  }

  private static <K, V> V of(Map<K, V> map, K key) {
    return Optional.ofNullable(map.get(key)).orElseThrow();
  }

  @Override
  public void close() {
    alice.close();
    bob.close();
    eve.close();
    names.close();
    issued.values().forEach(SecretBits::close);
  }
}
