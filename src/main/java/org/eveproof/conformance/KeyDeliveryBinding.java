package org.eveproof.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.Suite;
import org.eveproof.conformance.KeyDeliverySnapshot.Held;
import org.eveproof.conformance.KeyDeliverySnapshot.Message;
import org.eveproof.delivery.Announcement;
import org.eveproof.delivery.Answer;
import org.eveproof.delivery.BlockId;
import org.eveproof.delivery.DeliveredKey;
import org.eveproof.delivery.Half;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyOwner;
import org.eveproof.delivery.KeyRequest;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.etsi014.KmeApi;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecSource;
import org.eveproof.spec.TlaValue;

/** Key delivery at both sites, held against {@code KeyDelivery.tla}. */
public final class KeyDeliveryBinding implements Binding {
  // The constants of MCKeyDeliveryConform.cfg that the sites do not know.
  private static final int MAX_CRASHES = 4;
  private static final int MAX_DROPS = 4;

  private static final int HTTP_UNAUTHORIZED = 401;
  private static final int TAG_BYTES = 16;

  private final RandomGenerator random;
  private final DeliveryWorld world;
  private final DeliveryView view;
  private final Set<Held> holds = new HashSet<>();
  private final Set<List<Object>> receipts = new HashSet<>();
  private String reply = "";
  private boolean twice;
  private int drops;
  private int crashes;

  /** Takes back a step of a store that was not the one to be tried. */
  private static final class NotThis extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotThis() {
      super(null, null, false, false);
    }
  }

  private KeyDeliveryBinding(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    world = new DeliveryWorld(random);
    view = new DeliveryView(world);
  }

  /**
   * Returns the case that {@link Conformances} lists.
   *
   * @param specs the folder {@code specs}
   */
  public static ConformanceCase conformanceCase(Path specs) {
    return new ConformanceCase(
        "KeyDelivery",
        new SpecSource(
            List.of(specs, specs.resolve("models")),
            "MCKeyDelivery",
            specs.resolve("models/MCKeyDeliveryConform.cfg")),
        "5 blocks of 5 units in each half, one of them biased, in 2 epochs of the link; 4 SAEs; 3"
            + " places for keys that wait, 2 for each pair; 2 attempts under each hash key; 4"
            + " crashes, 4 losses; real stores and tags",
        KeyDeliveryBinding::new,
        Map.ofEntries(
            Map.entry("TakeIn", 8),
            Map.entry("Announce", 25),
            Map.entry("GiveMaster", 25),
            Map.entry("GiveSlave", 4),
            Map.entry("AcceptAnnouncement", 25),
            Map.entry("HearAnswer", 25),
            Map.entry("Withdraw", 3),
            Map.entry("Ask", 2),
            Map.entry("AskNew", 1),
            Map.entry("Crash", 1),
            Map.entry("Drop", 1),
            Map.entry("Forge", 1)),
        60,
        List.of(
            new ConformanceCase.Goal("ReachBothHaveIt", 50),
            new ConformanceCase.Goal("ReachAllSlavesHaveIt", 4),
            new ConformanceCase.Goal("ReachBothWays", 15),
            new ConformanceCase.Goal("ReachForeignRefused", 20),
            new ConformanceCase.Goal("ReachRepeatedRefused", 5),
            new ConformanceCase.Goal("ReachPoolShort", 1),
            new ConformanceCase.Goal("ReachCrashBeforeGiving", 10),
            new ConformanceCase.Goal("ReachCrashBeforeAnswer", 20),
            new ConformanceCase.Goal("ReachGivenAfterCrash", 20),
            new ConformanceCase.Goal("ReachAnsweredAgain", 20),
            new ConformanceCase.Goal("ReachWithdrawn", 20),
            new ConformanceCase.Goal("ReachBacklogFull", 1),
            new ConformanceCase.Goal("ReachRefusedForPair", 5),
            new ConformanceCase.Goal("ReachUnknownSlaveRefused", 20),
            new ConformanceCase.Goal("ReachHealthGate", 20),
            new ConformanceCase.Goal("ReachBlockMissing", 5),
            new ConformanceCase.Goal("ReachGivenUp", 1),
            new ConformanceCase.Goal("ReachNewEpoch", 2),
            new ConformanceCase.Goal("ReachAttemptBound", 2)));
  }

  // ---- Seeing ----

  @Override
  public KeyDeliverySnapshot snapshot() {
    // The frames first: they say what the key_IDs are for.
    Set<Message> net = world.net.stream().map(view::message).collect(Collectors.toSet());
    return new KeyDeliverySnapshot(
        view.each(view::taken),
        view.each(view::fresh),
        view.each(view::stored),
        view.each(view::pending),
        view.each(view::withdrawn),
        view.each(view::reserved),
        view.each(view::answered),
        view.each(view::tries),
        Set.copyOf(holds),
        reply,
        net,
        drops,
        crashes,
        view.named(),
        twice);
  }

  // ---- Doing ----

  @Override
  public Attempt attempt(ActionInstance action) {
    DeliveryWorld.Site site = world.at(party(action));
    String before = reply;
    reply = "";
    Attempt outcome = attempt(site, action);
    if (outcome != Attempt.PERFORMED) {
      reply = before;
    }
    return outcome;
  }

  private Attempt attempt(DeliveryWorld.Site site, ActionInstance action) {
    return switch (action.name()) {
      case "TakeIn" -> takeIn(site, action.integer("b"));
      case "Announce" -> announce(site, action.text("c"), slaves(action));
      case "AnnounceWithdrawals" -> announceWithdrawals(site);
      case "AnnounceAgain" -> sent(site.owner.pendingMessage());
      case "HearAnswer" -> hearAnswer(site, action.integer("n"));
      case "GiveMaster" -> giveMaster(site);
      case "Withdraw" -> tried(() -> withdraw(site));
      case "GiveUp" -> done(site.owner.giveUp());
      case "AcceptAnnouncement" -> hear(site, action.integer("n"), "accepted");
      case "RefuseAnnouncement" -> hear(site, action.integer("n"), "refused");
      case "AnswerAgain" -> answerAgain(site);
      case "GiveSlave" -> giveSlave(site, action);
      case "Ask" -> ask(site, action);
      case "AskNew" -> askNew(site, action.text("c"), slaves(action));
      case "Crash" -> crash(site);
      case "Drop" -> drop(site.self, action.text("kind"), action.integer("n"));
      case "Forge" -> forge(site, action.text("kind"), action.integer("n"));
      default -> throw new IllegalArgumentException("the binding knows no action " + action);
    };
  }

  private static Party party(ActionInstance action) {
    return action.text("s").equals(Party.ALICE.specName()) ? Party.ALICE : Party.BOB;
  }

  private static List<SaeId> slaves(ActionInstance action) {
    return elements(action, "S").stream()
        .map(each -> new SaeId(((TlaValue.Text) each).value()))
        .sorted()
        .toList();
  }

  private static List<TlaValue> elements(ActionInstance action, String parameter) {
    return List.copyOf(((TlaValue.SetOf) action.parameter(parameter)).elements());
  }

  private List<UUID> ids(ActionInstance action) {
    return elements(action, "I").stream()
        .map(each -> ((TlaValue.Int) each).value())
        .sorted()
        .map(world::id)
        .toList();
  }

  private static Attempt done(boolean happened) {
    return happened ? Attempt.PERFORMED : Attempt.REFUSED;
  }

  private Attempt sent(Optional<byte[]> message) {
    return done(message.isPresent() && world.send(message.get()));
  }

  /** Tries what a site may find to be out of order. */
  private static Attempt tried(Supplier<Attempt> step) {
    try {
      return step.get();
    } catch (IllegalStateException | NotThis refused) {
      return Attempt.REFUSED;
    }
  }

  private Attempt takeIn(DeliveryWorld.Site site, int block) {
    if (block > view.taken(site) + 1 || block > view.taken(world.at(site.self.peer())) + 1) {
      return Attempt.UNTRIABLE;
    }
    byte[] bytes = world.material.block(block);
    BlockId id = DeliveryMaterial.id(block);
    int before = view.taken(site);
    site.pool.give(id.epoch(), id.block(), SecretBits.fromBytes(bytes, Byte.SIZE * bytes.length));
    return done(view.taken(site) > before);
  }

  // ---- The owner ----

  /** Asks the API, whose service does not run: it gets to that only if it lets the caller pass. */
  private static boolean turnsAway(DeliveryWorld.Site site, String caller, List<SaeId> slaves) {
    String more =
        slaves.stream()
            .skip(1)
            .map(each -> '"' + each.text() + '"')
            .collect(Collectors.joining(","));
    KmeApi.Call call =
        new KmeApi.Call("POST", "/api/v1/keys/" + slaves.get(0).text() + "/enc_keys", null);
    byte[] body =
        ("{\"additional_slave_SAE_IDs\":[" + more + "]}")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return site.api.answer(new SaeId(caller), call, body).status() == HTTP_UNAUTHORIZED;
  }

  private Attempt announce(DeliveryWorld.Site site, String master, List<SaeId> slaves) {
    if (turnsAway(site, master, slaves)) {
      return Attempt.REFUSED;
    }
    return tried(
        () -> {
          KeyRequest request =
              new KeyRequest(new SaeId(master), slaves, DeliveryMaterial.KEY_BITS, 1);
          byte[] message =
              site.store.atomically(
                  () -> {
                    KeyOwner.Announced said = site.owner.announce(List.of(request));
                    if (said.entries().get(0) < 0) {
                      throw new NotThis();
                    }
                    return said.message().orElseThrow();
                  });
          return sent(Optional.of(message));
        });
  }

  private Attempt announceWithdrawals(DeliveryWorld.Site site) {
    return site.owner.hasWithdrawals()
        ? tried(() -> sent(site.owner.announce(List.of()).message()))
        : Attempt.REFUSED;
  }

  private Attempt hearAnswer(DeliveryWorld.Site site, int at) {
    Optional<Frame> frame = find(site.self, "answer", at);
    return frame.isEmpty()
        ? Attempt.UNTRIABLE
        : done(site.owner.hearAnswer(frame.get().encode()).isPresent());
  }

  private Attempt giveMaster(DeliveryWorld.Site site) {
    Optional<String> master = view.pending(site).stream().map(p -> p.m().master()).findFirst();
    if (master.isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    return tried(
        () -> {
          receive(master.get(), site.owner.giveMaster(0));
          return Attempt.PERFORMED;
        });
  }

  private static Attempt withdraw(DeliveryWorld.Site site) {
    if (site.store.pending().filter(pending -> !pending.states().isEmpty()).isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    site.owner.withdraw(0);
    return Attempt.PERFORMED;
  }

  private void receive(String sae, List<DeliveredKey> keys) {
    for (DeliveredKey key : keys) {
      int id = world.number(key.id());
      twice |= !receipts.add(List.of(sae, id));
      holds.add(new Held(sae, id, view.nameAndWipe(key.bytes())));
      key.close();
    }
  }

  // ---- The holder ----

  /** Delivers an announcement, and takes that back if the site's answer is another one. */
  private Attempt hear(DeliveryWorld.Site site, int at, String verdict) {
    Optional<Frame> frame = find(site.self, "announce", at);
    if (frame.isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    return tried(
        () ->
            sent(
                site.store.atomically(
                    () -> {
                      var last = site.store.answered();
                      Optional<byte[]> answer = site.holder.hear(frame.get().encode());
                      if (answer.isEmpty() || site.store.answered().equals(last)) {
                        return Optional.empty();
                      }
                      Message said = view.message(Frame.parse(answer.get()).orElseThrow());
                      if (!said.verdict().equals(verdict)) {
                        throw new NotThis();
                      }
                      return answer;
                    })));
  }

  private Attempt answerAgain(DeliveryWorld.Site site) {
    Optional<Frame> last = site.store.answered().map(each -> each.message());
    return last.filter(world.net::contains).isEmpty()
        ? Attempt.UNTRIABLE
        : sent(site.holder.hear(last.get().encode()));
  }

  private Attempt giveSlave(DeliveryWorld.Site site, ActionInstance action) {
    String slave = action.text("c");
    KeyHolder.Fetched fetched =
        site.holder.give(new SaeId(slave), new SaeId(action.text("m")), ids(action));
    if (fetched instanceof KeyHolder.Keys keys) {
      receive(slave, keys.keys());
      return Attempt.PERFORMED;
    }
    return Attempt.REFUSED;
  }

  /** Asks in vain; if keys come, takes that back. */
  private Attempt ask(DeliveryWorld.Site site, ActionInstance action) {
    return tried(
        () -> {
          KeyHolder.Fetched fetched =
              site.store.atomically(
                  () -> {
                    KeyHolder.Fetched got =
                        site.holder.give(
                            new SaeId(action.text("c")), new SaeId(action.text("m")), ids(action));
                    if (got instanceof KeyHolder.Keys keys) {
                      keys.keys().forEach(DeliveredKey::close);
                      throw new NotThis();
                    }
                    return got;
                  });
          reply = fetched instanceof KeyHolder.Foreign ? "foreign" : "unknown";
          return Attempt.PERFORMED;
        });
  }

  private Attempt askNew(DeliveryWorld.Site site, String master, List<SaeId> slaves) {
    if (turnsAway(site, master, slaves)) {
      reply = "foreign";
      return Attempt.PERFORMED;
    }
    return tried(
        () -> {
          KeyRequest request =
              new KeyRequest(new SaeId(master), slaves, DeliveryMaterial.KEY_BITS, 1);
          site.store.atomically(
              () -> {
                KeyOwner.Announced said = site.owner.announce(List.of(request));
                if (said.message().isPresent()) {
                  throw new NotThis();
                }
                return said;
              });
          reply = "short";
          return Attempt.PERFORMED;
        });
  }

  // ---- Faults and Eve ----

  private Optional<Frame> find(Party receiver, String kind, int at) {
    int type = kind.equals("announce") ? DeliveryView.ANNOUNCEMENT : DeliveryView.ANSWER;
    return world.net.stream()
        .filter(
            frame ->
                frame.header().sender() == receiver.peer()
                    && frame.header().type() == type
                    && DeliveryView.at(frame) == at)
        .findFirst();
  }

  private Attempt crash(DeliveryWorld.Site site) {
    if (crashes == MAX_CRASHES) {
      return Attempt.UNTRIABLE;
    }
    crashes++;
    site.crash();
    return Attempt.PERFORMED;
  }

  @Refines("KeyDelivery!Drop")
  private Attempt drop(Party receiver, String kind, int at) {
    Optional<Frame> frame = find(receiver, kind, at);
    if (drops == MAX_DROPS || frame.isEmpty()) {
      return Attempt.UNTRIABLE;
    }
    drops++;
    world.net.remove(frame.get());
    return Attempt.PERFORMED;
  }

  @Refines("KeyDelivery!Forge")
  private Attempt forge(DeliveryWorld.Site site, String kind, int at) {
    boolean announces = kind.equals("announce");
    Party owner = announces ? site.self.peer() : site.self;
    BlockId block = DeliveryMaterial.id(DeliveryMaterial.blockOf(at));
    int offset = DeliveryMaterial.offset(at);
    int index = offset / Half.UNIT + (announces ? 0 : 1);
    Header header =
        new Header(
            Suite.WEGMAN_CARTER,
            site.self.peer(),
            0,
            0,
            0,
            announces ? DeliveryView.ANNOUNCEMENT : DeliveryView.ANSWER,
            new KeyIndex(block.epoch(), block.block(), index));
    byte[] tag = new byte[TAG_BYTES];
    random.nextBytes(tag);
    int failures = failures(site, owner, block);
    if (announces) {
      List<Announcement.Segment> piece =
          List.of(
              new Announcement.Segment(block.block(), Math.max(offset, Half.STREAM), Half.PADS));
      byte[] payload = new Announcement(List.of(), piece, List.of()).encode();
      site.holder.hear(Frame.withTag(header, payload, tag).encode());
    } else {
      byte[] payload = new Answer(List.of(), List.of()).encode();
      site.owner.hearAnswer(Frame.withTag(header, payload, tag).encode());
    }
    return done(failures(site, owner, block) > failures);
  }

  private static int failures(DeliveryWorld.Site site, Party owner, BlockId block) {
    return site.store.half(owner, block).map(Half::failures).orElse(0);
  }

  @Override
  public boolean disturb(RandomGenerator choice) {
    if (world.net.isEmpty()) {
      return false;
    }
    List<Frame> frames = new ArrayList<>(world.net);
    Frame frame = frames.get(choice.nextInt(frames.size()));
    Party receiver = frame.header().sender().peer();
    byte[] bytes = frame.encode();
    switch (choice.nextInt(5)) {
      case 0 -> bytes[choice.nextInt(bytes.length)] ^= (byte) (1 << choice.nextInt(8));
      case 1 -> bytes = Arrays.copyOf(bytes, choice.nextInt(bytes.length + 8));
      case 2 -> choice.nextBytes(bytes);
      case 3 -> receiver = receiver.peer();
      default -> {
        // Delivered as it is, for the first time or again.
      }
    }
    KeyDeliverySnapshot before = snapshot();
    DeliveryWorld.Site site = world.at(receiver);
    Optional<byte[]> answer = site.holder.hear(bytes);
    if (answer.isPresent()) {
      world.send(answer.get());
    } else {
      site.owner.hearAnswer(bytes);
    }
    if (!snapshot().equals(before)) {
      // Something was heard, so that it is no longer a caller in vain who was last.
      reply = "";
    }
    return true;
  }

  @Override
  public void close() {
    world.close();
  }
}
