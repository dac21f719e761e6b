package org.eveproof.delivery;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.delivery.Announcement.Entry;
import org.eveproof.delivery.Announcement.Segment;
import org.eveproof.delivery.PendingAnnouncement.EntryState;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretRandom;

/**
 * What a site does for its masters: it takes keys from its half of the pool, announces them to the
 * other site, and gives them out once that has agreed. One announcement is under way at a time; it
 * may serve many requests. Everything is durable before it leaves.
 */
public final class KeyOwner {
  private final DeliveryStore store;
  private final DeliveryRules rules;
  private final SecretRandom random;
  private final Consumer<DeliveryEvent> events;
  private final MessageSeal seal;

  /**
   * Makes the role over what the site remembers.
   *
   * @param random for key identifiers
   * @param events told of alarms
   */
  public KeyOwner(
      DeliveryStore store,
      DeliveryRules rules,
      SecretRandom random,
      Consumer<DeliveryEvent> events) {
    this.store = store;
    this.rules = rules;
    this.random = random;
    this.events = events;
    this.seal = new MessageSeal(store, store.site());
  }

  /**
   * What became of requests that were to be announced.
   *
   * @param message to be sent, and repeated until {@link #hearAnswer} has an answer; empty if there
   *     was nothing to say, or no key to say it with
   * @param entries for each request its number in the announcement, or -1 if there are too few keys
   *     for it; nothing was taken then
   */
  public record Announced(Optional<byte[]> message, List<Integer> entries) {}

  /** Returns how many keys of a size could be had at once. */
  public long stored(int keyBits) {
    List<Half> halves = usable();
    return Math.max(0, room(halves)) / KeyRequest.streamBytes(keyBits);
  }

  /** Returns the message that waits for an answer, to be sent again. */
  @Refines("KeyDelivery!AnnounceAgain")
  public Optional<byte[]> pendingMessage() {
    return store.pending().filter(KeyOwner::unanswered).map(pending -> pending.message().encode());
  }

  /** Returns whether there is something to say to the holder even if no master asks. */
  public boolean hasWithdrawals() {
    return !store.withdrawals(1).isEmpty();
  }

  /**
   * Takes keys for requests and makes the announcement of them, together with all withdrawals.
   *
   * @param requests that the caller has found entitled
   * @throws IllegalStateException if an announcement is not settled
   */
  @Refines("KeyDelivery!Announce")
  @Refines("KeyDelivery!AnnounceWithdrawals")
  public Announced announce(List<KeyRequest> requests) {
    return store.atomically(
        () -> {
          if (store.pending().isPresent()) {
            throw new IllegalStateException("the last announcement is not settled");
          }
          dropShortTails();
          List<Half> halves = usable();
          long room = room(halves);
          List<Entry> entries = new ArrayList<>();
          List<Integer> numbers = new ArrayList<>();
          int keys = 0;
          int bytes = Half.PADS;
          for (KeyRequest request : requests) {
            boolean fits =
                request.streamBytes() <= room && keys + request.number() <= Announcement.MAX_KEYS;
            numbers.add(fits ? entries.size() : -1);
            if (fits) {
              room -= request.streamBytes();
              bytes += request.streamBytes();
              keys += request.number();
              entries.add(new Entry(request, ids(request.number())));
            }
          }
          List<UUID> withdrawn = store.withdrawals(Announcement.MAX_WITHDRAWN);
          if (halves.isEmpty() || (entries.isEmpty() && withdrawn.isEmpty())) {
            return new Announced(Optional.empty(), numbers);
          }
          Announcement said = new Announcement(withdrawn, cut(halves, bytes), entries);
          Half first = halves.get(0);
          Frame frame =
              seal.seal(
                  seal.header(MessageSeal.ANNOUNCEMENT, first.id(), first.next()), said.encode());
          for (Segment segment : said.segments()) {
            store.take(
                store.site(),
                new BlockId(first.id().epoch(), segment.block()),
                segment.offset() + segment.length());
          }
          store.setPending(
              new PendingAnnouncement(
                  frame, Collections.nCopies(entries.size(), EntryState.ANNOUNCED)));
          return new Announced(Optional.of(frame.encode()), numbers);
        });
  }

  private List<UUID> ids(int number) {
    return IntStream.range(0, number).mapToObj(i -> randomId()).toList();
  }

  /** Draws a version 4 UUID (RFC 4122, section 4.4). */
  private UUID randomId() {
    ByteBuffer bits = ByteBuffer.wrap(random.publicBits(128).toBytes());
    return new UUID(
        (bits.getLong() & ~0xF000L) | 0x4000L,
        (bits.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
  }

  /** Returns the halves to take from; the first has room for pads. */
  private List<Half> usable() {
    return store.halves(store.site()).stream()
        .dropWhile(half -> half.rest() < Half.PADS)
        .limit(Announcement.MAX_SEGMENTS)
        .toList();
  }

  private static long room(List<Half> halves) {
    return halves.stream().mapToLong(Half::rest).sum() - Half.PADS;
  }

  private void dropShortTails() {
    store.halves(store.site()).stream()
        .takeWhile(half -> half.rest() < Half.PADS)
        .forEach(half -> store.drop(store.site(), half.id()));
  }

  private static List<Segment> cut(List<Half> halves, int bytes) {
    List<Segment> segments = new ArrayList<>();
    int left = bytes;
    for (Half half : halves) {
      int length = Math.min(left, half.rest());
      if (length > 0) {
        segments.add(new Segment(half.id().block(), half.next(), length));
        left -= length;
      }
    }
    return segments;
  }

  /**
   * Hears what the holder says to the announcement under way.
   *
   * @param message untrusted bytes
   * @return for each entry what the holder says; empty if this is no answer to that announcement,
   *     and then nothing has changed but perhaps the count of forgeries
   */
  @Refines("KeyDelivery!HearAnswer")
  public Optional<List<Verdict>> hearAnswer(byte[] message) {
    Optional<Frame> frame = Frame.parse(message);
    return frame.isEmpty() ? Optional.empty() : store.atomically(() -> hear(frame.get()));
  }

  private Optional<List<Verdict>> hear(Frame frame) {
    Optional<PendingAnnouncement> pending = store.pending().filter(KeyOwner::unanswered);
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    Header asked = pending.get().message().header();
    BlockId block = MessageSeal.block(asked);
    Header expected = seal.header(MessageSeal.ANSWER, block, MessageSeal.offset(asked));
    Optional<Half> half = store.half(store.site(), block);
    if (!frame.header().equals(expected)
        || half.isEmpty()
        || half.get().failures() >= rules.maxFailures()) {
      return Optional.empty();
    }
    if (!seal.verifies(frame)) {
      store.countFailure(store.site(), block);
      events.accept(new DeliveryEvent.MessageForged(block, half.get().failures() + 1));
      return Optional.empty();
    }
    Announcement said = said(pending.get());
    Answer answer = Answer.parse(frame.payload()).orElseGet(() -> new Answer(List.of(), List.of()));
    List<Verdict> verdicts =
        answer.verdicts().size() == said.entries().size() && answer.missing().isEmpty()
            ? answer.verdicts()
            : Collections.nCopies(said.entries().size(), Verdict.BLOCK_MISSING);
    store.clearWithdrawals(said.withdrawn());
    List<EntryState> states = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      boolean accepted = verdicts.get(i) == Verdict.ACCEPTED;
      states.add(accepted ? EntryState.ACCEPTED : EntryState.SETTLED);
      if (!accepted) {
        int keys = said.entries().get(i).request().number();
        events.accept(new DeliveryEvent.KeysRefused(verdicts.get(i), keys));
      }
    }
    remember(new PendingAnnouncement(pending.get().message(), states));
    answer.missing().forEach(missing -> burnBlock(new BlockId(block.epoch(), missing)));
    return Optional.of(verdicts);
  }

  /**
   * Gives the keys of an accepted entry to its master: this site's copy is overwritten.
   *
   * @return the keys in the order of the announcement; the caller closes them
   * @throws IllegalStateException if the entry is not accepted, or settled before
   */
  @Refines("KeyDelivery!GiveMaster")
  public List<DeliveredKey> giveMaster(int entry) {
    return settle(List.of(entry), List.of()).get(0);
  }

  /**
   * Gives up the keys of an accepted entry, which no master waits for any more; the next
   * announcement says so.
   *
   * @throws IllegalStateException if the entry is not accepted, or settled before
   */
  @Refines("KeyDelivery!Withdraw")
  public void withdraw(int entry) {
    settle(List.of(), List.of(entry));
  }

  /**
   * Does several of {@link #giveMaster} and {@link #withdraw} at once.
   *
   * @param given entries whose masters wait
   * @param withdrawn entries whose masters do not
   * @return the keys of the entries given, in that order; the caller closes them
   * @throws IllegalStateException if an entry is not accepted, or settled before
   */
  public List<List<DeliveredKey>> settle(List<Integer> given, List<Integer> withdrawn) {
    return store.atomically(
        () -> {
          PendingAnnouncement pending =
              store.pending().orElseThrow(() -> new IllegalStateException("nothing is announced"));
          Announcement said = said(pending);
          List<EntryState> states = new ArrayList<>(pending.states());
          given.forEach(entry -> settle(states, entry));
          withdrawn.forEach(entry -> settle(states, entry));
          KeyPiece piece = new KeyPiece(store, store.site(), epoch(pending), said);
          List<List<DeliveredKey>> keys = given.isEmpty() ? List.of() : piece.keys(given);
          withdrawn.forEach(entry -> store.addWithdrawals(said.entries().get(entry).ids()));
          if (!isSettled(states)) {
            given.forEach(piece::wipe);
            withdrawn.forEach(piece::wipe);
          }
          remember(new PendingAnnouncement(pending.message(), states));
          return keys;
        });
  }

  private static void settle(List<EntryState> states, int entry) {
    if (entry >= states.size() || states.get(entry) != EntryState.ACCEPTED) {
      throw new IllegalStateException("entry " + entry + " of " + states + " is not accepted");
    }
    states.set(entry, EntryState.SETTLED);
  }

  /** Withdraws, after a start, what was accepted for masters that are gone. */
  public void recover() {
    store.atomically(
        () -> {
          List<EntryState> states =
              store.pending().map(PendingAnnouncement::states).orElse(List.of());
          List<Integer> accepted =
              IntStream.range(0, states.size())
                  .filter(entry -> states.get(entry) == EntryState.ACCEPTED)
                  .boxed()
                  .toList();
          return accepted.isEmpty() ? List.of() : settle(List.of(), accepted);
        });
  }

  /**
   * Gives up the announcement under way and the rest of its block, if it can get no answer any
   * more: the block was retired, or two later blocks are there. In the second case the holder, at
   * most one block behind, has that block and yet does not answer.
   *
   * @return whether anything was given up
   */
  @Refines("KeyDelivery!GiveUp")
  public boolean giveUp() {
    return store.atomically(
        () -> {
          Optional<PendingAnnouncement> pending = store.pending().filter(KeyOwner::unanswered);
          if (pending.isEmpty()) {
            return false;
          }
          Announcement said = said(pending.get());
          BlockId first = MessageSeal.block(pending.get().message().header());
          long later =
              store.halves(store.site()).stream().filter(h -> h.id().compareTo(first) > 0).count();
          if (later < 2 && store.half(store.site(), first).isPresent()) {
            return false;
          }
          said.entries().forEach(entry -> store.addWithdrawals(entry.ids()));
          remember(
              new PendingAnnouncement(
                  pending.get().message(),
                  Collections.nCopies(said.entries().size(), EntryState.SETTLED)));
          burnBlock(first);
          return true;
        });
  }

  /** Remembers what became of the entries; when there is nothing left to do, wipes the piece. */
  private void remember(PendingAnnouncement pending) {
    if (isSettled(pending.states())) {
      new KeyPiece(store, store.site(), epoch(pending), said(pending)).wipeAll();
      store.clearPending();
    } else {
      store.setPending(pending);
    }
  }

  private static boolean isSettled(List<EntryState> states) {
    return states.stream().allMatch(state -> state == EntryState.SETTLED);
  }

  private void burnBlock(BlockId block) {
    store
        .half(store.site(), block)
        .ifPresent(
            half -> {
              store.drop(store.site(), block);
              events.accept(new DeliveryEvent.BlockBurnt(block, half.rest()));
            });
  }

  private static boolean unanswered(PendingAnnouncement pending) {
    return pending.states().stream().allMatch(state -> state == EntryState.ANNOUNCED);
  }

  private static int epoch(PendingAnnouncement pending) {
    return pending.message().header().key().epoch();
  }

  private static Announcement said(PendingAnnouncement pending) {
    return Announcement.parse(pending.message().payload()).orElseThrow();
  }
}
