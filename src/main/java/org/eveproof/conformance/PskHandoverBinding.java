package org.eveproof.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.eveproof.protocol.SecretRandom;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;

/** The ledgers of both parties, held against {@code PskHandover.tla}. */
public final class PskHandoverBinding implements Binding {
  // The constants of MCPskHandoverConform.cfg that the ledger does not know.
  private static final int BLOCKS = 2;
  private static final int MAX_CRASHES = 4;
  private static final int MAX_DROPS = 4;

  private final HandoverWorld world;
  private final SecretRandom secretRandom;
  private final Map<Frame, PskHandoverSnapshot.Message> seen = new HashMap<>();
  private int drops;
  private int crashes;

  private PskHandoverBinding(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.world = new HandoverWorld(random);
    this.secretRandom = SecretRandom.simulated(random);
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
            + " for each key, 4 crashes, 4 losses; real tags and hashes",
        PskHandoverBinding::new,
        Map.ofEntries(
            Map.entry("SendData", 4),
            Map.entry("StageMismatched", 1),
            Map.entry("Crash", 1),
            Map.entry("Drop", 1),
            Map.entry("Forge", 1),
            Map.entry("Rollback", 0),
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
            new ConformanceCase.Goal("ReachNewEpoch", 5)));
  }

  @Override
  public Attempt attempt(ActionInstance action) {
    return switch (action.name()) {
      case "Stage" -> stage(party(action), action.integer("l"), 1);
      case "StageMismatched" -> stage(Party.BOB, HandoverWorld.FULL, 2);
      case "Reserve" -> done(ledger(party(action)).reserve());
      case "ReserveForResync" -> done(ledger(party(action)).reserveForResync());
      case "SendData" -> done(world.end(party(action)).sendData());
      case "Resend" -> sent(world.end(party(action)).repeat());
      case "SendPrepare" -> sent(ledger(Party.ALICE).sendPrepare(secretRandom));
      case "SendAnswer" -> sent(ledger(Party.BOB).sendAnswer());
      case "SendCommit" -> sent(ledger(Party.ALICE).sendCommit());
      case "SendDone" -> sent(ledger(Party.BOB).sendDone());
      case "AcceptData" -> accept(party(action), action, "DATA");
      case "AcceptAck" -> accept(Party.ALICE, action, "ACK");
      case "AcceptNak" -> accept(Party.ALICE, action, "NAK");
      case "AcceptDone" -> accept(Party.ALICE, action, "DONE");
      case "AcceptPrepare" -> accept(Party.BOB, action, "PREPARE");
      case "AcceptCommit" -> accept(Party.BOB, action, "COMMIT");
      case "Commit" -> done(ledger(Party.ALICE).commit());
      case "Crash" -> crash(party(action));
      case "Drop" -> drop(party(action), action);
      case "ReBootstrap" -> reBootstrap(party(action));
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

  private Attempt sent(Optional<Frame> frame) {
    return done(frame.isPresent() && world.net.add(frame.get()));
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

  /** A thoughtless operator tries the present credential once more before he brings a new one. */
  private Attempt reBootstrap(Party party) {
    Ledger ledger = ledger(party);
    boolean enrolled = ledger.current() >= 0;
    return done(
        (enrolled && enrol(party, ledger.epoch()))
            || enrol(party, enrolled ? ledger.epoch() + 1 : ledger.epoch()));
  }

  private boolean enrol(Party party, int epoch) {
    boolean peerHasIt = ledger(party.peer()).epoch() > ledger(party).epoch();
    try (KeyBlock credential = world.block(epoch, 0, 1, HandoverWorld.FULL)) {
      return ledger(party).reBootstrap(epoch, credential, peerHasIt);
    }
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
    PskHandoverSnapshot snapshot =
        new PskHandoverSnapshot(
            each(durable, LedgerImage::epoch),
            each(durable, image -> blocks(image, "none", b -> image.state(b).specName())),
            each(
                durable,
                image -> blocks(image, 0, b -> world.content(image.epoch(), b, image.keys(b)))),
            each(
                durable,
                image ->
                    blocks(image, 0, b -> image.keys(b).isDestroyed() ? 0 : image.keys(b).keys())),
            each(durable, PskHandoverBinding::keysThere),
            each(durable, image -> position(image.mark())),
            each(durable, image -> position(image.heard())),
            each(durable, image -> image.asked().map(Enum::name).orElse("")),
            each(durable, PskHandoverBinding::tries),
            ends(party -> Set.copyOf(world.end(party).exported)),
            ends(party -> position(ledger(party).next())),
            ends(
                party -> ledger(party).inHand().map(KeyIndex::index).map(Set::of).orElse(Set.of())),
            ends(party -> world.end(party).last().map(this::message).map(Set::of).orElse(Set.of())),
            world.net.stream().map(this::message).collect(Collectors.toSet()),
            drops,
            crashes,
            world.replayed);
    durable.values().forEach(LedgerImage::close);
    return snapshot;
  }

  private static <T> Map<String, T> each(
      Map<Party, LedgerImage> durable, Function<LedgerImage, T> view) {
    Map<String, T> values = new HashMap<>();
    durable.forEach((party, image) -> values.put(party.specName(), view.apply(image)));
    return values;
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
        world.verifyingBlock(frame));
  }

  @Override
  public void close() {
    world.close();
  }
}
