package org.eveproof.conformance;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FixedMarginRule;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.postprocessing.finitekey.SampleLimits;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PhotonNumber;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.session.Effect;
import org.eveproof.session.ExchangeAlice;
import org.eveproof.session.ExchangeBob;
import org.eveproof.session.ExchangeParameters;
import org.eveproof.session.LengthRule;
import org.eveproof.session.MessageType;
import org.eveproof.session.Participant;
import org.eveproof.session.Refusal;
import org.eveproof.session.Step;
import org.eveproof.session.Supplies;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;
import org.jspecify.annotations.Nullable;

/**
 * The real parties of an exchange, with a few pulses, seen through {@code Bb84Exchange.tla}: real
 * frames, real tags, real one-time keys, and Eve with the bytes that she really has.
 *
 * <p>One probability is conditioned away, as in the specification: unequal keys never have the same
 * verification hash. In the tiny instance a hash is a bit or two long, so Alice's generator is made
 * to give a seed under which unequal keys differ.
 */
public final class Bb84ExchangeBinding implements Binding {
  // The bounds of the instance; see MCBb84ExchangeConform.cfg.
  private static final int SESSIONS = 2;
  private static final int PULSES = 6;
  private static final int SAMPLE = 1;
  private static final double LIMIT = 0.25;
  private static final int ROUNDS = 2;
  private static final int HASH_BITS = 1;
  private static final int MARGIN = 1;
  private static final int LEAST_KEPT = 4;
  private static final int MOST_LEAK = 2;
  private static final int MAX_LEAKS = 3;
  private static final int MAX_DROPS = 20;
  private static final int MAX_TIMEOUTS = 3;

  private static final int KEYS = 64;

  /** How Alice chooses, and what tests. */
  private record Variant(PulseSource source, SampleRule sampling, LengthRule length) {
    /** Single photons in fair bases, a sample of both, and a length that follows the counts. */
    static final Variant FAIR =
        new Variant(
            PulseSource.singlePhotons(),
            new SampleRule.RandomSubset(sifted -> SAMPLE),
            new LengthRule.Counted(new FixedMarginRule(MARGIN)));

    /**
     * Three intensities, one basis that tests, and a length that is fixed. The photons do not
     * matter here.
     */
    static final Variant BIASED =
        new Variant(
            new PulseSource(
                Collections.nCopies(3, new PulseSource.Level(new PhotonNumber.Exactly(1), 1 / 3.0)),
                0.6),
            new SampleRule.TestBasis(),
            new LengthRule.Fixed(
                new SampleLimits(new FixedMarginRule(MARGIN), LEAST_KEPT, 0, MOST_LEAK)));

    ExchangeParameters parameters() {
      return new ExchangeParameters(
          source.levels().size(),
          sampling,
          LIMIT,
          (keyBits, errorRate) ->
              new CascadeReconciliation(
                  new CascadeSchedule(keyBits, List.of(Math.min(keyBits, 4)))),
          ROUNDS,
          new ErrorVerification(HASH_BITS),
          length);
    }
  }

  private static final Map<String, MessageType> SAID_BY_ACTION =
      Map.ofEntries(
          Map.entry("SendDetections", MessageType.DETECTIONS),
          Map.entry("SendSifting", MessageType.SIFTING),
          Map.entry("SendSample", MessageType.SAMPLE),
          Map.entry("SendParities", MessageType.PARITIES),
          Map.entry("SendQueries", MessageType.QUERIES),
          Map.entry("SendCorrected", MessageType.CORRECTED),
          Map.entry("SendVerification", MessageType.VERIFICATION),
          Map.entry("SendVerified", MessageType.VERIFIED),
          Map.entry("SendAmplification", MessageType.AMPLIFICATION),
          Map.entry("SendConfirm", MessageType.CONFIRM),
          Map.entry("SendDone", MessageType.DONE));

  private final MessageAuthenticator authenticator = new WegmanCarter();
  private final Variant variant;
  private final ExchangeParameters parameters;
  private final RandomGenerator random;
  private final ScriptedRandom alicesRandom;
  private final boolean sessionsDifferByRound;
  private final Map<Party, Supplies> supplies = new EnumMap<>(Party.class);
  private final Map<Party, FixedOneTimeKeys> keys = new EnumMap<>(Party.class);
  private final ChannelWithEve channel;
  private final List<HeldSecrets> past = new ArrayList<>();

  private int session;
  private ExchangeAlice alice;
  private ExchangeBob bob;
  private PulseByPulse light;
  private Map<Party, HeldSecrets> held = new EnumMap<>(Party.class);
  private final Map<Party, Boolean> released = new EnumMap<>(Party.class);
  private Optional<SecretBits> alicesSecret = Optional.empty();
  private Optional<String> bobsSecret = Optional.empty();
  private final Map<Party, Boolean> genuine = new EnumMap<>(Party.class);
  private int drops;
  private int timeouts;
  private final Map<Party, Set<Integer>> early = new EnumMap<>(Party.class);
  private boolean deceived;

  /**
   * Starts the first session.
   *
   * @param variant of the exchange
   * @param seed of nature, of Eve, and of the parties' simulated randomness
   */
  private Bb84ExchangeBinding(Variant variant, long seed) {
    this.variant = variant;
    this.parameters = variant.parameters();
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    alicesRandom = new ScriptedRandom(random);
    sessionsDifferByRound = random.nextBoolean();
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    channel = new ChannelWithEve(secret, KEYS);
    for (Party party : Party.values()) {
      FixedOneTimeKeys own = new FixedOneTimeKeys(party, secret, KEYS);
      SecretRandom source = SecretRandom.simulated(party == Party.ALICE ? alicesRandom : random);
      keys.put(party, own);
      supplies.put(party, new Supplies(own, source));
      early.put(party, new TreeSet<>());
    }
    begin(1);
  }

  /**
   * Returns how this binding is judged: with fair bases, and with one that tests and a fixed
   * length.
   */
  public static List<ConformanceCase> conformanceCases(Path specs) {
    return List.of(
        conformanceCase(
            specs,
            Variant.FAIR,
            "",
            "",
            List.of(
                new ConformanceCase.Goal("ReachBothHoldKey", 30),
                new ConformanceCase.Goal("ReachEveDetected", 1),
                new ConformanceCase.Goal("ReachKeyDespiteEve", 5),
                new ConformanceCase.Goal("ReachErrorCorrected", 2),
                new ConformanceCase.Goal("ReachResidualErrorCaught", 0.3),
                new ConformanceCase.Goal("ReachSecondKey", 10))),
        conformanceCase(
            specs,
            Variant.BIASED,
            "Biased",
            ", three intensities, one basis tests, the length is fixed",
            List.of(
                new ConformanceCase.Goal("ReachKeyOfOneBasis", 8),
                new ConformanceCase.Goal("ReachEveDetected", 1),
                new ConformanceCase.Goal("ReachKeyDespiteEve", 2),
                new ConformanceCase.Goal("ReachSecondKey", 2))));
  }

  private static ConformanceCase conformanceCase(
      Path specs,
      Variant variant,
      String instance,
      String bounds,
      List<ConformanceCase.Goal> goals) {
    return new ConformanceCase(
        "Bb84Exchange" + instance,
        new SpecSource(
            List.of(specs, specs.resolve("models")),
            "MCBb84Exchange",
            specs.resolve("models").resolve("MCBb84Exchange" + instance + "Conform.cfg")),
        "2 sessions of 6 pulses, 2 batches of parities, Eve learns up to 3 of 8 pads" + bounds,
        seed -> new Bb84ExchangeBinding(variant, seed),
        Map.ofEntries(
            Map.entry("Emit", 300),
            Map.entry("Measure", 300),
            Map.entry("Lose", 5),
            Map.entry("Intercept", 50),
            Map.entry("Receive", 200),
            Map.entry("Resend", 100),
            Map.entry("StartSession", 200),
            Map.entry("Abort", 200),
            Map.entry("SendDetections", 200),
            Map.entry("SendSifting", 200),
            Map.entry("SendSample", 200),
            Map.entry("SendParities", 200),
            Map.entry("SendQueries", 200),
            Map.entry("SendCorrected", 200),
            Map.entry("SendVerification", 200),
            Map.entry("SendVerified", 200),
            Map.entry("SendAmplification", 200),
            Map.entry("SendConfirm", 200),
            Map.entry("SendDone", 200),
            Map.entry("Timeout", 1),
            Map.entry("Drop", 6),
            Map.entry("LearnPad", 6),
            Map.entry("Forge", 16),
            Map.entry("ForgeAbort", 2)),
        90,
        goals);
  }

  private long sessionId() {
    return sessionsDifferByRound ? 7 : 7 + session;
  }

  private int round() {
    return sessionsDifferByRound ? session : 0;
  }

  private int sessionOf(Header header) {
    return sessionsDifferByRound ? header.round() : (int) (header.session() - 7);
  }

  @Refines("Bb84Exchange!StartSession")
  private void begin(int number) {
    session = number;
    past.addAll(held.values());
    held = new EnumMap<>(Party.class);
    for (Party party : Party.values()) {
      held.put(party, new HeldSecrets());
      released.put(party, false);
    }
    alicesSecret.ifPresent(SecretBits::close);
    alicesSecret = Optional.empty();
    bobsSecret = Optional.empty();
    deceived = false;
    channel.nothingIsLost();
    light = new PulseByPulse(PULSES, Chance.drivenBy(random));
    alice =
        ExchangeAlice.begin(
            parameters,
            authenticator,
            sessionId(),
            round(),
            QuantumLink.prepare(PULSES, variant.source(), suppliesOf(Party.ALICE).random()));
    bob = ExchangeBob.begin(parameters, authenticator, sessionId(), round());
    look();
  }

  private Participant<?> party(Party party) {
    return party == Party.ALICE ? alice : bob;
  }

  private Supplies suppliesOf(Party party) {
    return present(supplies.get(party));
  }

  private HeldSecrets heldBy(Party party) {
    return present(held.get(party));
  }

  private static <T> T present(@Nullable T value) {
    return Optional.ofNullable(value).orElseThrow();
  }

  // ---- Doing ----

  @Override
  public Attempt attempt(ActionInstance action) {
    MessageType type = SAID_BY_ACTION.get(action.name());
    if (type != null) {
      Party speaker =
          action.name().matches("Send(Sifting|Parities|Verification|Amplification|Done)")
              ? Party.ALICE
              : Party.BOB;
      return speak(speaker, type);
    }
    switch (action.name()) {
      case "StartSession":
        return startSession(action.integer("s"));
      case "Emit":
        return emit(action.integer("i"));
      case "Measure":
      case "Lose":
        return endSlot(action.integer("i"), action.name().equals("Measure"));
      case "Intercept":
        return intercept(action.integer("i"), Basis.valueOf(action.text("b")));
      case "Abort":
        return speak(partyOf(action), MessageType.ABORT);
      case "Timeout":
        return giveUp(partyOf(action));
      case "Receive":
        return receive(partyOf(action), action.integer("s"), action.integer("k"));
      case "Resend":
        return resend(partyOf(action));
      case "Drop":
        return drop(partyOf(action));
      case "LearnPad":
        return learnPad(partyOf(action), action.integer("j"));
      case "Forge":
        return forge(partyOf(action), action.integer("j"));
      case "ForgeAbort":
        return forgeAbort(partyOf(action), action.integer("j"));
      default:
        throw new IllegalArgumentException("no such action: " + action);
    }
  }

  private static Party partyOf(ActionInstance action) {
    return action.text("p").equals(Party.ALICE.specName()) ? Party.ALICE : Party.BOB;
  }

  private Attempt startSession(int number) {
    if (number != session + 1 || number > SESSIONS || !alice.isOver() || !bob.isOver()) {
      return Attempt.UNTRIABLE;
    }
    begin(number);
    return Attempt.PERFORMED;
  }

  private Attempt emit(int i) {
    if (!(alice instanceof ExchangeAlice.Emitting emitting)) {
      return Attempt.REFUSED;
    }
    if (!light.isFreeFor(i)) {
      return Attempt.UNTRIABLE;
    }
    light.emit(i, emitting.pulses());
    if (light.allEmitted()) {
      alice = emitting.emitted();
    }
    return Attempt.PERFORMED;
  }

  private Attempt endSlot(int i, boolean detected) {
    if (!(bob instanceof ExchangeBob.Measuring measuring) || !light.carries(i)) {
      return Attempt.UNTRIABLE;
    }
    if (detected) {
      light.measure(i);
    } else {
      light.lose(i);
    }
    if (light.isOver()) {
      bob = measuring.measured(light.handOver());
      look();
    }
    return Attempt.PERFORMED;
  }

  private Attempt intercept(int i, Basis basis) {
    if (!light.carries(i) || light.isTouched(i)) {
      return Attempt.UNTRIABLE;
    }
    light.intercept(i, basis);
    return Attempt.PERFORMED;
  }

  private Attempt speak(Party speaker, MessageType type) {
    if (!party(speaker).due().equals(Optional.of(type))) {
      return Attempt.REFUSED;
    }
    if (type == MessageType.VERIFICATION) {
      avoidCollision();
    }
    return settle(speaker, party(speaker).speak(suppliesOf(speaker)));
  }

  /** Makes Alice draw a seed under which her key and Bob's have the same hash only if equal. */
  private void avoidCollision() {
    Optional<SecretBits> hers = heldBy(Party.ALICE).key();
    Optional<SecretBits> his = heldBy(Party.BOB).key();
    if (hers.isEmpty() || his.isEmpty() || hers.get().sameAs(his.get())) {
      return;
    }
    ErrorVerification verification = parameters.verification();
    for (int tries = 0; tries < 200; tries++) {
      long[] words = {random.nextLong(), random.nextLong()};
      Bits seed = Bits.ofWords(words, ErrorVerification.SEED_BITS);
      if (!verification.hash(hers.get(), seed).equals(verification.hash(his.get(), seed))) {
        alicesRandom.giveNext(words);
        return;
      }
    }
  }

  private Attempt giveUp(Party party) {
    if (timeouts >= MAX_TIMEOUTS) {
      return Attempt.UNTRIABLE;
    }
    Attempt outcome = settle(party, party(party).giveUp(suppliesOf(party)));
    if (outcome == Attempt.PERFORMED) {
      timeouts++;
    }
    return outcome;
  }

  private Attempt resend(Party party) {
    for (Effect effect : party(party).resend().effects()) {
      if (effect instanceof Effect.Send send) {
        channel.carryAgain(send.frame());
      }
    }
    return Attempt.PERFORMED;
  }

  private Attempt drop(Party sender) {
    boolean underWay =
        party(sender).talk().lastSaid() >= party(sender.peer()).talk().expected()
            && !channel.isLost(sender)
            && !party(sender.peer()).isOver();
    if (drops >= MAX_DROPS || !underWay) {
      return Attempt.UNTRIABLE;
    }
    channel.drop(sender);
    drops++;
    return Attempt.PERFORMED;
  }

  private Attempt receive(Party receiver, int number, int sequence) {
    return channel.sent().stream()
        .filter(frame -> sessionOf(frame.header()) == number)
        .filter(frame -> frame.header().sequence() == sequence)
        .filter(this::isCarried)
        .findFirst()
        .map(frame -> deliver(receiver, frame.encode()))
        .orElse(Attempt.UNTRIABLE);
  }

  private Attempt deliverForgery(Party victim, byte[] bytes) {
    return settle(victim, party(victim).receive(bytes, suppliesOf(victim)), true);
  }

  /** Whether the channel still has the frame: all but a last one that was dropped. */
  private boolean isCarried(Frame frame) {
    Party sender = frame.header().sender();
    return !channel.isLost(sender) || !party(sender).talk().said().equals(Optional.of(frame));
  }

  private Attempt deliver(Party receiver, byte[] bytes) {
    return settle(receiver, party(receiver).receive(bytes, suppliesOf(receiver)));
  }

  private Attempt settle(Party party, Step<?> step) {
    return settle(party, step, false);
  }

  /**
   * Books what a step did: the frames, the key, the ghosts.
   *
   * @param eves whether the bytes were Eve's; they may by chance be those that the peer would say
   */
  private Attempt settle(Party party, Step<?> step, boolean eves) {
    Participant<?> before = party(party);
    if (step.state() instanceof ExchangeAlice next) {
      alice = next;
    } else if (step.state() instanceof ExchangeBob next) {
      bob = next;
    }
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Send send) {
        channel.carry(send.frame());
      } else if (effect instanceof Effect.Release release) {
        heldBy(party).released(release.key());
        released.put(party, true);
      } else if (party == Party.BOB) {
        light.switchOff();
      }
    }
    party(party)
        .talk()
        .heard()
        .filter(frame -> !before.talk().heard().equals(Optional.of(frame)))
        .ifPresent(
            frame -> {
              genuine.put(party, !eves && channel.sent().contains(frame));
              deceived |= eves || !isRightful(party, frame, before.talk().expected());
            });
    look();
    boolean refused = step.refusal().filter(reason -> reason != Refusal.BAD_CONTENT).isPresent();
    return refused || (party(party) == before && step.refusal().isEmpty())
        ? Attempt.REFUSED
        : Attempt.PERFORMED;
  }

  private boolean isRightful(Party receiver, Frame frame, int expected) {
    Header header = frame.header();
    boolean inTurn =
        header.type() == MessageType.ABORT.code()
            ? header.sequence() >= expected
            : header.sequence() == expected;
    return channel.sent().contains(frame)
        && sessionOf(header) == session
        && header.sender() == receiver.peer()
        && inTurn;
  }

  private Attempt learnPad(Party sender, int pad) {
    int count = channel.pads(Party.ALICE).size() + channel.pads(Party.BOB).size();
    if (channel.pads(sender).contains(pad) || count >= MAX_LEAKS) {
      return Attempt.UNTRIABLE;
    }
    channel.learn(sender, pad);
    if (isFresh(sender.peer(), pad)) {
      present(early.get(sender)).add(pad);
    }
    return Attempt.PERFORMED;
  }

  /** Whether this party's supply still finds the key. */
  private boolean isFresh(Party receiver, int pad) {
    Optional<OneTimeKey> key = suppliesOf(receiver).keys().lookup(ChannelWithEve.index(pad));
    key.ifPresent(OneTimeKey::close);
    return key.isPresent();
  }

  // ---- Eve's own messages ----

  @Refines("Bb84Exchange!Forge")
  private Attempt forge(Party victim, int pad) {
    return Forgery.against(party(victim), random)
        .map(made -> deliverForgery(victim, forged(victim, pad, made.type(), made.payload())))
        .orElse(Attempt.UNTRIABLE);
  }

  @Refines("Bb84Exchange!ForgeAbort")
  private Attempt forgeAbort(Party victim, int pad) {
    return deliverForgery(
        victim, forged(victim, pad, MessageType.ABORT, Forgery.ofAbort().payload()));
  }

  private byte[] forged(Party victim, int pad, MessageType type, byte[] payload) {
    return forged(victim, awaitedHeader(victim, pad, type.code()), authenticator, payload);
  }

  private Header awaitedHeader(Party victim, int pad, int type) {
    return new Header(
        authenticator.suite(),
        victim.peer(),
        sessionId(),
        round(),
        party(victim).talk().expected(),
        type,
        ChannelWithEve.index(pad));
  }

  private byte[] forged(Party victim, Header header, MessageAuthenticator with, byte[] payload) {
    try (OneTimeKey key = channel.keyForForgery(victim.peer(), header.key().index() + 1)) {
      return Frame.seal(with, key, header, payload).encode();
    }
  }

  // ---- Raw disturbances ----

  @Override
  public boolean disturb(RandomGenerator choice) {
    Party victim = choice.nextBoolean() ? Party.ALICE : Party.BOB;
    List<Frame> carried = channel.sent().stream().filter(this::isCarried).toList();
    boolean committed =
        party(victim) instanceof ExchangeAlice.Releasing
            || party(victim) instanceof ExchangeBob.InDoubt;
    if (committed && choice.nextBoolean()) {
      settle(victim, party(victim).giveUp(suppliesOf(victim)));
      return true;
    }
    if (choice.nextInt(3) > 0) {
      return disturbWithStolenKey(victim, choice);
    }
    if (carried.isEmpty()) {
      byte[] garbage = new byte[choice.nextInt(100)];
      choice.nextBytes(garbage);
      deliver(victim, garbage);
      return true;
    }
    byte[] bytes = carried.get(choice.nextInt(carried.size())).encode();
    int kind = choice.nextInt(4);
    if (kind == 0) {
      bytes[choice.nextInt(bytes.length)] ^= (byte) (1 << choice.nextInt(8));
    } else if (kind == 1) {
      bytes = Arrays.copyOf(bytes, choice.nextInt(bytes.length));
    } else if (kind == 2) {
      bytes = Arrays.copyOf(bytes, bytes.length + 1 + choice.nextInt(4));
    }
    deliver(victim, bytes);
    return true;
  }

  /** A good tag does not help where the rest is wrong: header or content that cannot be. */
  private boolean disturbWithStolenKey(Party victim, RandomGenerator choice) {
    Optional<Integer> pad =
        channel.pads(victim.peer()).stream().filter(known -> isFresh(victim, known)).findFirst();
    if (pad.isEmpty()) {
      return false;
    }
    Forgery forgery =
        Forgery.against(party(victim), random)
            .filter(made -> choice.nextInt(4) > 0)
            .orElse(Forgery.ofAbort());
    byte[] payload = forgery.payload();
    boolean isAbort = forgery.type() == MessageType.ABORT;
    MessageAuthenticator with = authenticator;
    Header right = awaitedHeader(victim, pad.get(), forgery.type().code());
    Header header = right;
    switch (choice.nextInt(8)) {
      case 0:
        header = changed(right, right.sender(), right.session() + 1, right.round(), 0);
        break;
      case 1:
        header = changed(right, right.sender(), right.session(), right.round() + 1, 0);
        break;
      case 2:
        header = changed(right, victim, right.session(), right.round(), 0);
        break;
      case 3:
        // Never a later abort: that one is heeded, whatever else is under way.
        boolean later = !isAbort && choice.nextBoolean();
        int shift = later ? 2 : right.sequence() > 2 ? -2 : -1;
        header = changed(right, right.sender(), right.session(), right.round(), shift);
        break;
      case 4:
        List<MessageType> types = List.copyOf(SAID_BY_ACTION.values());
        MessageType other = types.get(choice.nextInt(types.size()));
        header = awaitedHeader(victim, pad.get(), other.code());
        break;
      case 5:
        with = Suite.HMAC_SHA256.authenticator();
        header =
            new Header(
                with.suite(),
                right.sender(),
                right.session(),
                right.round(),
                right.sequence(),
                right.type(),
                right.key());
        break;
      case 6:
        payload = Arrays.copyOf(payload, payload.length + 1);
        break;
      default:
        payload = new byte[choice.nextInt(30)];
        choice.nextBytes(payload);
        break;
    }
    deliverForgery(victim, forged(victim, header, with, payload));
    return true;
  }

  private static Header changed(Header right, Party sender, long session, int round, int shift) {
    return new Header(
        right.suite(), sender, session, round, right.sequence() + shift, right.type(), right.key());
  }

  // ---- Seeing ----

  /** Takes note of every secret that a party holds now. */
  private void look() {
    heldBy(Party.ALICE).inspect((Record) alice);
    heldBy(Party.BOB).inspect((Record) bob);
    Optional<SecretBits> hers = heldBy(Party.ALICE).secret();
    if (hers.isPresent() && alicesSecret.isEmpty()) {
      alicesSecret = hers.map(bits -> bits.slice(0, bits.length()));
    }
    Optional<SecretBits> his = heldBy(Party.BOB).secret();
    if (his.isPresent() && bobsSecret.isEmpty()) {
      boolean same = alicesSecret.filter(secret -> secret.sameAs(his.get())).isPresent();
      bobsSecret = Optional.of(same ? "s" : "t");
    }
  }

  @Override
  public Record snapshot() {
    return new Bb84ExchangeSnapshot(
        session,
        light.slot(),
        light.light(),
        light.eve(),
        both(party -> party == Party.ALICE ? light.prepared() : light.measured()),
        both(this::raw),
        both(party -> positions(party(party).findings().kept())),
        both(party -> positions(party(party).findings().sample())),
        both(party -> party(party).findings().errors()),
        both(party -> party(party).findings().leak()),
        bob.findings().verified(),
        both(party -> party(party).findings().secretBits()),
        both(this::secret),
        both(this::stage),
        both(party -> party(party).talk().lastSaid()),
        both(party -> party(party).talk().expected()),
        both(this::heard),
        both(channel::isLost),
        channel.sent().stream().map(this::message).collect(Collectors.toSet()),
        both(this::nextPad),
        both(this::floor),
        both(channel::pads),
        drops,
        timeouts,
        both(party -> present(early.get(party))),
        deceived);
  }

  private static <T> Map<String, T> both(Function<Party, T> value) {
    Map<String, T> both = new TreeMap<>();
    for (Party party : Party.values()) {
      both.put(party.specName(), value.apply(party));
    }
    return both;
  }

  private static Set<Integer> positions(Bits mask) {
    Set<Integer> positions = new TreeSet<>();
    for (int i = 0; i < mask.length(); i++) {
      if (mask.get(i)) {
        positions.add(i + 1);
      }
    }
    return positions;
  }

  /**
   * Reads the bits that a party holds: those of its key where it has one, else those it measured.
   */
  private List<String> raw(Party party) {
    if (bob instanceof ExchangeBob.Measuring && party == Party.BOB) {
      return light.outcomes();
    }
    List<String> known = party == Party.ALICE ? light.prepared() : light.measured();
    Optional<SecretBits> bits = heldBy(party).raw();
    Optional<SecretBits> key = heldBy(party).key();
    Bits kept = party(party).findings().kept();
    List<String> raw = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < PULSES; i++) {
      boolean inKey = key.isPresent() && i < kept.length() && kept.get(i);
      if (inKey) {
        raw.add(key.get().get(next++) ? "1" : "0");
      } else if (bits.isPresent() && !known.get(i).equals("-")) {
        raw.add(bits.get().get(i) ? "1" : "0");
      } else {
        raw.add("-");
      }
    }
    return raw;
  }

  private String secret(Party party) {
    if (heldBy(party).secret().isEmpty()) {
      return "none";
    }
    return party == Party.ALICE ? "s" : bobsSecret.orElseThrow();
  }

  private String stage(Party party) {
    String stage = Bb84Stages.of((Record) party(party));
    boolean delivered = released.getOrDefault(party, false);
    return delivered == stage.equals("key")
        ? stage
        : stage + (delivered ? " delivered" : " undelivered");
  }

  private int nextPad(Party party) {
    return 1
        + channel.sent().stream()
            .filter(frame -> frame.header().sender() == party)
            .mapToInt(ChannelWithEve::pad)
            .max()
            .orElse(0);
  }

  /** Asks the party's supply which is the first key of the peer's that it would still accept. */
  private int floor(Party party) {
    int pad = 1;
    while (pad <= KEYS && !isFresh(party, pad)) {
      pad++;
    }
    return pad - 1;
  }

  private Bb84ExchangeSnapshot.Received heard(Party party) {
    return party(party)
        .talk()
        .heard()
        .map(
            frame -> {
              Bb84ExchangeSnapshot.Message message = message(frame);
              return new Bb84ExchangeSnapshot.Received(
                  message.session(),
                  message.from(),
                  message.seq(),
                  message.type(),
                  message.pad(),
                  message.amount(),
                  // As it was then: the peer may come to say the bytes that Eve made up.
                  present(genuine.get(party)));
            })
        .orElse(Bb84ExchangeSnapshot.Received.NOTHING);
  }

  private Bb84ExchangeSnapshot.Message message(Frame frame) {
    Header header = frame.header();
    MessageType type = MessageType.ofCode(header.type()).orElseThrow();
    boolean counted =
        type == MessageType.PARITIES
            || type == MessageType.VERIFICATION
            || type == MessageType.AMPLIFICATION;
    return new Bb84ExchangeSnapshot.Message(
        sessionOf(header),
        header.sender().specName(),
        header.sequence(),
        type.name(),
        ChannelWithEve.pad(frame),
        counted ? ByteBuffer.wrap(frame.payload()).getInt() : 0);
  }

  @Override
  public void close() {
    past.forEach(HeldSecrets::wipe);
    held.values().forEach(HeldSecrets::wipe);
    alicesSecret.ifPresent(SecretBits::close);
    light.switchOff();
    channel.wipe();
    keys.values().forEach(FixedOneTimeKeys::close);
  }
}
