package org.eveproof.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.LedgerImage;
import org.eveproof.handover.RefillMessage;
import org.eveproof.protocol.Party;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;

/** The ledgers of both parties, held against {@code PskHandover.tla}. */
public final class PskHandoverBinding implements Binding {
  // The constants of MCPskHandoverConform.cfg that the ledger does not know.
  private static final int BLOCKS = 2;
  private static final int MAX_CRASHES = 4;
  private static final int MAX_DROPS = 4;
  private static final int MAX_BACKUPS = 2;

  private final HandoverWorld world;
  private final Map<Frame, PskHandoverSnapshot.Message> seen = new HashMap<>();
  private int drops;
  private int crashes;

  private PskHandoverBinding(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.world = new HandoverWorld(random);
  }

  /**
   * Returns the case that {@link Conformances} lists.
   *
   * @param specs the folder {@code specs}
   */
  public static ConformanceCase conformanceCase(Path specs) {
    return new ConformanceCase(
        "PskHandover",
        new SpecSource(
            List.of(specs, specs.resolve("models")),
            "MCPskHandover",
            specs.resolve("models/MCPskHandoverConform.cfg")),
        "2 blocks after the bootstrap in each epoch, 2 ordinary keys and 1 spare each way, 2 attempts"
            + " for each key, 4 crashes, 4 losses, 2 backups kept, 6 credentials; real tags and"
            + " hashes",
        PskHandoverBinding::new,
        Map.ofEntries(
            Map.entry("SendData", 4),
            Map.entry("StageMismatched", 1),
            Map.entry("Crash", 1),
            Map.entry("Drop", 1),
            Map.entry("Forge", 1),
            Map.entry("Rollback", 0),
            Map.entry("StageLost", 2),
            Map.entry("Backup", 1),
            Map.entry("Restore", 1),
            Map.entry("Rejoin", 10),
            Map.entry("ReBootstrap", 3)),
        60,
        List.of(
            new ConformanceCase.Goal("ReachBothCommitted", 10),
            new ConformanceCase.Goal("ReachBothErased", 10),
            new ConformanceCase.Goal("ReachSecondHandover", 1),
            new ConformanceCase.Goal("ReachExhaustion", 5),
            new ConformanceCase.Goal("ReachAttemptBound", 5),
            new ConformanceCase.Goal("ReachMismatchFound", 2),
            new ConformanceCase.Goal("ReachResync", 1),
            new ConformanceCase.Goal("ReachRollbackDetected", 5),
            new ConformanceCase.Goal("ReachNewEpoch", 5),
            new ConformanceCase.Goal("ReachBlockLost", 2),
            new ConformanceCase.Goal("ReachCommittedAfterDead", 1),
            new ConformanceCase.Goal("ReachOldFound", 2),
            new ConformanceCase.Goal("ReachRestoredInStep", 1)));
  }

  @Override
  public Attempt attempt(ActionInstance action) {
    return switch (action.name()) {
      case "Stage" -> stage(party(action), action.integer("l"), 1);
      case "StageMismatched" -> stage(Party.BOB, HandoverWorld.FULL, 2);
      case "Reserve" -> done(ledger(party(action)).reserve());
      case "ReserveForResync" -> done(ledger(party(action)).reserveForResync());
      case "SendData" -> done(world.end(party(action)).sendData());
      case "Resend" -> done(world.end(party(action)).repeat().filter(world.net::add).isPresent());
      case "StageLost" -> stageLost();
      case "Rejoin" -> rejoin(world.end(party(action)));
      case "SendPrepare" -> sent(Party.ALICE, ledger(Party.ALICE).sendPrepare());
      case "SendAnswer" -> sent(Party.BOB, ledger(Party.BOB).sendAnswer());
      case "SendCommit" -> sent(Party.ALICE, ledger(Party.ALICE).sendCommit());
      case "SendDone" -> sent(Party.BOB, ledger(Party.BOB).sendDone());
      case "AcceptData" -> accept(party(action), action, "DATA");
      case "AcceptAck" -> accept(Party.ALICE, action, "ACK");
      case "AcceptNak" -> accept(Party.ALICE, action, "NAK");
      case "AcceptDone" -> accept(Party.ALICE, action, "DONE");
      case "AcceptPrepare" -> accept(Party.BOB, action, "PREPARE");
      case "AcceptCommit" -> accept(Party.BOB, action, "COMMIT");
      case "Commit" -> done(ledger(Party.ALICE).commit());
      case "Crash" -> crash(party(action));
      case "Drop" -> drop(party(action), action);
      case "ReBootstrap" -> reBootstrap(world.end(party(action)), action.integer("e"));
      case "Backup" -> backUp(world.end(party(action)));
      case "Restore" -> restore(world.end(party(action)));
      case "Forge" -> forge(party(action), action);
      case "Rollback" ->
          world.end(party(action)).rollBack() ? Attempt.PERFORMED : Attempt.UNTRIABLE;
      default -> throw new IllegalArgumentException("the binding knows no action " + action);
    };
  }

  private static Party party(ActionInstance action) {
    return action.text("p").equals(Party.ALICE.specName()) ? Party.ALICE : Party.BOB;
  }

  private Ledger ledger(Party party) {
    return world.end(party).ledger;
  }

  private static Attempt done(boolean happened) {
    return happened ? Attempt.PERFORMED : Attempt.REFUSED;
  }

  private Attempt sent(Party from, Optional<Frame> frame) {
    return done(frame.filter(world.end(from)::send).isPresent());
  }

  private Attempt stage(Party party, int keys, int value) {
    int next = ledger(party).newest() + 1;
    if (next > BLOCKS) {
      return Attempt.UNTRIABLE;
    }
    try (KeyBlock block = world.block(ledger(party).epoch(), next, value, keys)) {
      return done(ledger(party).stage(block));
    }
  }

  private Attempt accept(Party party, ActionInstance action, String kind) {
    Optional<Frame> frame =
        find(party, action, kind, true).or(() -> find(party, action, kind, false));
    return frame.isEmpty() ? Attempt.UNTRIABLE : done(world.end(party).deliver(frame.get()));
  }

  /** Finds a frame for the party under the key that the action names, of its epoch or any other. */
  private Optional<Frame> find(Party party, ActionInstance action, String kind, boolean sameEpoch) {
    int epoch = ledger(party).epoch();
    return world.find(
        frame -> {
          PskHandoverSnapshot.Message message = message(frame);
          return frame.header().sender() == party.peer()
              && message.block() == action.integer("b")
              && message.index() == action.integer("i")
              && (kind.isEmpty() || message.kind().equals(kind))
              && sameEpoch == (message.epoch() == epoch);
        });
  }

  private Attempt crash(Party party) {
    if (crashes == MAX_CRASHES) {
      return Attempt.UNTRIABLE;
    }
    crashes++;
    world.end(party).crash();
    return Attempt.PERFORMED;
  }

  private Attempt drop(Party party, ActionInstance action) {
    if (drops == MAX_DROPS || !world.drop(find(party, action, "", true))) {
      return Attempt.UNTRIABLE;
    }
    drops++;
    return Attempt.PERFORMED;
  }

  /** Bob, who has nothing to stage, is told that Alice has. */
  private Attempt stageLost() {
    return ledger(Party.BOB).newest() == BLOCKS
        ? Attempt.UNTRIABLE
        : done(ledger(Party.BOB).stageLost(ledger(Party.ALICE).position()));
  }

  private static Attempt rejoin(HandoverWorld.End end) {
    return end.ledger.isJoined() ? Attempt.UNTRIABLE : done(end.meet());
  }

  /**
   * The operator numbers his credentials, and brings none twice. A thoughtless one tries the
   * present one once more before.
   */
  private Attempt reBootstrap(HandoverWorld.End end, int epoch) {
    boolean again = end.ledger.current() >= 0 && end.enrol(end.ledger.epoch());
    int latest =
        ends(party -> Math.max(ledger(party).epoch(), world.end(party).enrolled)).values().stream()
            .reduce(0, Math::max);
    if (epoch <= end.enrolled || epoch > latest + 1) {
      return Attempt.UNTRIABLE;
    }
    return done(again || end.enrol(epoch));
  }

  private Attempt backUp(HandoverWorld.End end) {
    int kept = 0;
    for (Party party : Party.values()) {
      kept += copyOf(world.end(party)).size();
      if (world.end(party).restored) {
        return Attempt.UNTRIABLE;
      }
    }
    if (kept == MAX_BACKUPS || !copyOf(end).isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    end.backUp();
    return Attempt.PERFORMED;
  }

  /** A backup is put back where the peer can bear witness; else nobody promises anything. */
  private Attempt restore(HandoverWorld.End end) {
    HandoverWorld.End peer = world.end(end.self.peer());
    if (copyOf(end).isEmpty() || peer.restored) {
      return Attempt.UNTRIABLE;
    }
    try (LedgerImage copy = end.backedUp().orElseThrow();
        LedgerImage now = end.durable();
        LedgerImage witness = peer.durable()) {
      boolean saidMore = copy.mark().compareTo(end.used) < 0;
      boolean heardMore = copy.mark().compareTo(witness.heard()) < 0;
      if ((saidMore && !heardMore) || image(copy).equals(image(now))) {
        return Attempt.UNTRIABLE;
      }
    }
    end.restore();
    return Attempt.PERFORMED;
  }

  private Attempt forge(Party party, ActionInstance action) {
    KeyIndex index = new KeyIndex(ledger(party).epoch(), action.integer("b"), action.integer("i"));
    Optional<OneTimeKey> key = ledger(party).lookup(index);
    key.ifPresent(OneTimeKey::close);
    world.end(party).deliver(world.forge(party, index));
    return done(key.isPresent());
  }

  @Override
  public boolean disturb(RandomGenerator random) {
    if (world.net.isEmpty()) {
      return false;
    }
    List<Frame> frames = new ArrayList<>(world.net);
    Frame frame = frames.get(random.nextInt(frames.size()));
    Party receiver = frame.header().sender().peer();
    byte[] bytes = frame.encode();
    switch (random.nextInt(5)) {
      case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
      case 2 -> random.nextBytes(bytes);
      case 3 -> receiver = receiver.peer();
      default -> {
        // Delivered as it is, for the first time or again.
      }
    }
    Party to = receiver;
    Frame.parse(bytes).ifPresent(parsed -> world.end(to).deliver(parsed));
    return true;
  }

  @Override
  public PskHandoverSnapshot snapshot() {
    Map<Party, LedgerImage> durable =
        Map.of(
            Party.ALICE, world.end(Party.ALICE).durable(),
            Party.BOB, world.end(Party.BOB).durable());
    Map<Party, PskHandoverSnapshot.Image> images = new EnumMap<>(Party.class);
    durable.forEach((party, image) -> images.put(party, image(image)));
    PskHandoverSnapshot snapshot =
        new PskHandoverSnapshot(
            each(images, PskHandoverSnapshot.Image::epoch),
            each(images, PskHandoverSnapshot.Image::st),
            each(images, PskHandoverSnapshot.Image::content),
            each(images, PskHandoverSnapshot.Image::length),
            each(images, PskHandoverSnapshot.Image::store),
            each(images, PskHandoverSnapshot.Image::hwm),
            each(images, PskHandoverSnapshot.Image::heard),
            each(images, PskHandoverSnapshot.Image::asked),
            each(images, PskHandoverSnapshot.Image::tries),
            ends(party -> Set.copyOf(world.end(party).exported)),
            ends(party -> position(ledger(party).next())),
            ends(
                party -> ledger(party).inHand().map(KeyIndex::index).map(Set::of).orElse(Set.of())),
            ends(party -> world.end(party).last().map(this::message).map(Set::of).orElse(Set.of())),
            ends(party -> ledger(party).isJoined()),
            each(durable, (party, image) -> floor(party, image.heard())),
            world.net.stream().map(this::message).collect(Collectors.toSet()),
            drops,
            crashes,
            ends(party -> copyOf(world.end(party))),
            ends(party -> world.end(party).restored),
            ends(party -> world.end(party).enrolled),
            ends(party -> position(world.end(party).used)),
            world.reused,
            ends(party -> position(world.end(party).accepted)),
            world.replayed);
    durable.values().forEach(LedgerImage::close);
    return snapshot;
  }

  private PskHandoverSnapshot.Image image(LedgerImage image) {
    return new PskHandoverSnapshot.Image(
        image.epoch(),
        blocks(image, "none", b -> image.state(b).specName()),
        blocks(image, 0, b -> world.content(image.epoch(), b, image.keys(b))),
        blocks(image, 0, b -> image.keys(b).isDestroyed() ? 0 : image.keys(b).keys()),
        keysThere(image),
        position(image.mark()),
        position(image.heard()),
        image.asked().map(Enum::name).orElse(""),
        tries(image));
  }

  private Set<PskHandoverSnapshot.Image> copyOf(HandoverWorld.End end) {
    Optional<LedgerImage> copy = end.backedUp();
    Set<PskHandoverSnapshot.Image> seen = copy.map(this::image).map(Set::of).orElse(Set.of());
    copy.ifPresent(LedgerImage::close);
    return seen;
  }

  private List<Integer> floor(Party party, KeyIndex heard) {
    return ledger(party)
        .floor()
        .filter(floor -> floor.compareTo(heard) > 0)
        .map(PskHandoverBinding::position)
        .orElse(List.of(0, 0, 0));
  }

  private static <S, T> Map<String, T> each(Map<Party, S> things, BiFunction<Party, S, T> view) {
    Map<String, T> values = new HashMap<>();
    things.forEach((party, thing) -> values.put(party.specName(), view.apply(party, thing)));
    return values;
  }

  private static <S, T> Map<String, T> each(Map<Party, S> things, Function<S, T> view) {
    return each(things, (party, thing) -> view.apply(thing));
  }

  private static <T> Map<String, T> ends(Function<Party, T> view) {
    return Map.of(
        Party.ALICE.specName(), view.apply(Party.ALICE),
        Party.BOB.specName(), view.apply(Party.BOB));
  }

  private static <T> Map<Integer, T> blocks(
      LedgerImage image, T absent, Function<Integer, T> view) {
    Map<Integer, T> values = new HashMap<>();
    for (int b = 0; b <= Math.max(BLOCKS, image.blocks() - 1); b++) {
      values.put(b, b < image.blocks() ? view.apply(b) : absent);
    }
    return values;
  }

  private static Set<List<Object>> keysThere(LedgerImage image) {
    Set<List<Object>> keys = new HashSet<>();
    for (int b = 0; b < image.blocks(); b++) {
      for (Party sender : Party.values()) {
        for (int i = 0; i < image.keys(b).keys(); i++) {
          if (image.keys(b).holds(sender, i)) {
            keys.add(List.of(sender.specName(), image.epoch(), b, i));
          }
        }
      }
      if (image.keys(b).holdsApplicationPart()) {
        keys.add(List.of("app", image.epoch(), b, 0));
      }
    }
    return keys;
  }

  private static Set<List<Object>> tries(LedgerImage image) {
    Set<List<Object>> tries = new HashSet<>();
    image.tries().forEach((index, number) -> tries.add(List.of(position(index), number)));
    return tries;
  }

  private static List<Integer> position(KeyIndex index) {
    return List.of(index.epoch(), index.block(), index.index());
  }

  private PskHandoverSnapshot.Message message(Frame frame) {
    return seen.computeIfAbsent(frame, this::interpret);
  }

  private PskHandoverSnapshot.Message interpret(Frame frame) {
    KeyIndex key = frame.header().key();
    Optional<RefillMessage> refill = RefillMessage.parse(frame);
    boolean prepare = refill.isPresent() && refill.get().keys() > 0;
    return new PskHandoverSnapshot.Message(
        frame.header().sender().specName(),
        key.epoch(),
        key.block(),
        key.index(),
        refill.map(message -> message.kind().name()).orElse("DATA"),
        refill.map(RefillMessage::about).orElse(0),
        prepare ? world.hashedBlock(key.epoch(), refill.get()) : 0,
        prepare ? world.seed(key.epoch(), refill.get()) : 0,
        world.verifyingBlock(frame));
  }

  @Override
  public void close() {
    world.close();
  }
}
