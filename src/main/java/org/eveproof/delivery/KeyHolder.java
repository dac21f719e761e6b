package org.eveproof.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.delivery.Announcement.Entry;
import org.eveproof.delivery.Announcement.Segment;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;

/**
 * What a site does for its slaves: it hears what keys the other site announces, keeps them for the
 * slaves that are named, and gives each key to each of them once. Everything is durable before it
 * leaves.
 */
public final class KeyHolder {
  /** Among how many latest keys the spent ones are remembered, so as to refuse them if repeated. */
  static final int REMEMBERED = 20_000;

  private final DeliveryStore store;
  private final DeliveryRules rules;
  private final Entitlements entitlements;
  private final Consumer<DeliveryEvent> events;
  private final Party owner;
  private final MessageSeal seal;

  /**
   * Makes the role over what the site remembers.
   *
   * @param entitlements whose pairs with a master at the other site count here
   * @param events told of alarms
   */
  public KeyHolder(
      DeliveryStore store,
      DeliveryRules rules,
      Entitlements entitlements,
      Consumer<DeliveryEvent> events) {
    this.store = store;
    this.rules = rules;
    this.entitlements = entitlements;
    this.events = events;
    this.owner = store.site().peer();
    this.seal = new MessageSeal(store, owner);
  }

  /** What a slave gets. */
  public sealed interface Fetched {}

  /** The keys, in the order asked for; the caller closes them. */
  public record Keys(List<DeliveredKey> keys) implements Fetched {
    /** Copies the list. */
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /** Nothing: this is not known, or was fetched by this slave before. */
  public record Unknown(UUID id) implements Fetched {}

  /** Nothing: this key, or any of this master, is not this slave's. */
  public record Foreign() implements Fetched {}

  /**
   * Hears an announcement. A repeated one gets the same answer.
   *
   * @param message untrusted bytes
   * @return the answer to be sent; empty if this is no announcement that can be verified, and then
   *     nothing has changed but perhaps the count of forgeries
   */
  @Refines("KeyDelivery!AcceptAnnouncement")
  @Refines("KeyDelivery!RefuseAnnouncement")
  @Refines("KeyDelivery!AnswerAgain")
  public Optional<byte[]> hear(byte[] message) {
    Optional<Frame> frame = Frame.parse(message);
    return frame.isEmpty() ? Optional.empty() : store.atomically(() -> hear(frame.get()));
  }

  private Optional<byte[]> hear(Frame frame) {
    Optional<AnsweredAnnouncement> answered = store.answered();
    if (answered.isPresent() && answered.get().message().equals(frame)) {
      return Optional.of(answered.get().answer().encode());
    }
    BlockId block = MessageSeal.block(frame.header());
    int offset = MessageSeal.offset(frame.header());
    Header expected = seal.header(MessageSeal.ANNOUNCEMENT, block, offset);
    Optional<Half> half = store.half(owner, block);
    if (!frame.header().equals(expected)
        || half.isEmpty()
        || half.get().failures() >= rules.maxFailures()
        || offset < half.get().next()
        || offset > half.get().held() - Half.PADS) {
      return Optional.empty();
    }
    if (!seal.verifies(frame)) {
      store.countFailure(owner, block);
      events.accept(new DeliveryEvent.MessageForged(block, half.get().failures() + 1));
      return Optional.empty();
    }
    Optional<Announcement> said =
        Announcement.parse(frame.payload()).filter(each -> beginsAt(each, block, offset));
    Answer answer =
        said.map(each -> decide(block.epoch(), each))
            .orElseGet(() -> new Answer(List.of(), List.of()));
    Frame sealed = seal.seal(seal.header(MessageSeal.ANSWER, block, offset), answer.encode());
    passOver(block, offset, Half.PADS);
    said.ifPresent(each -> passOver(block.epoch(), each.segments()));
    store.setAnswered(new AnsweredAnnouncement(frame, sealed));
    return Optional.of(sealed.encode());
  }

  private static boolean beginsAt(Announcement said, BlockId block, int offset) {
    Segment first = said.segments().get(0);
    return first.block() == block.block() && first.offset() == offset;
  }

  /** Decides on each entry, and keeps the keys of those accepted. */
  private Answer decide(int epoch, Announcement said) {
    for (UUID id : said.withdrawn()) {
      store.reserved(id).ifPresent(key -> store.update(key, key.spent()));
    }
    List<Integer> missing =
        said.segments().stream()
            .filter(segment -> !holds(epoch, segment))
            .map(Segment::block)
            .toList();
    int entries = said.entries().size();
    if (!missing.isEmpty()) {
      return new Answer(Collections.nCopies(entries, Verdict.BLOCK_MISSING), missing);
    }
    List<Verdict> verdicts = new ArrayList<>();
    List<List<DeliveredKey>> keys =
        new KeyPiece(store, owner, epoch, said).keys(IntStream.range(0, entries).boxed().toList());
    for (int i = 0; i < entries; i++) {
      Verdict verdict = judge(said.entries().get(i));
      if (verdict == Verdict.ACCEPTED) {
        reserve(said.entries().get(i).request(), keys.get(i));
      }
      keys.get(i).forEach(DeliveredKey::close);
      verdicts.add(verdict);
    }
    store.forgetSpent(REMEMBERED);
    return new Answer(verdicts, List.of());
  }

  private boolean holds(int epoch, Segment segment) {
    return store
        .half(owner, new BlockId(epoch, segment.block()))
        .filter(
            half ->
                segment.offset() >= half.next()
                    && segment.offset() + segment.length() <= half.held())
        .isPresent();
  }

  private Verdict judge(Entry entry) {
    KeyRequest request = entry.request();
    if (request.slaves().stream()
        .anyMatch(slave -> !entitlements.allows(owner, request.master(), slave))) {
      return Verdict.NOT_ENTITLED;
    }
    if (entry.ids().stream().anyMatch(id -> store.reserved(id).isPresent())) {
      return Verdict.REPEATED_ID;
    }
    boolean full =
        store.backlog() + (long) request.number() * request.slaves().size() > rules.maxBacklog()
            || request.slaves().stream()
                .anyMatch(
                    slave ->
                        store.backlog(request.master(), slave) + request.number()
                            > rules.maxPairBacklog());
    return full ? Verdict.BACKLOG_FULL : Verdict.ACCEPTED;
  }

  private void reserve(KeyRequest request, List<DeliveredKey> keys) {
    for (DeliveredKey key : keys) {
      byte[] bytes = key.bytes();
      store.reserve(
          new ReservedKey(key.id(), request.master(), request.slaves(), request.slaves()), bytes);
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private void passOver(int epoch, List<Segment> segments) {
    for (Segment segment : segments) {
      BlockId block = new BlockId(epoch, segment.block());
      int length = segment.length();
      // Of a block that is not held as far, as much as there is.
      store
          .half(owner, block)
          .ifPresent(
              half ->
                  passOver(
                      block, segment.offset(), Math.min(length, half.held() - segment.offset())));
    }
  }

  /** Overwrites everything of the owner up to the end of a stretch: it is never used again. */
  private void passOver(BlockId block, int offset, int length) {
    for (Half half : store.halves(owner)) {
      int order = half.id().compareTo(block);
      if (order < 0) {
        store.drop(owner, half.id());
      } else if (order == 0 && half.next() < offset + length) {
        store.wipe(owner, block, half.next(), offset + length - half.next());
        store.take(owner, block, offset + length);
      }
    }
  }

  /**
   * Gives keys to a slave: all that it asks for, or none.
   *
   * @param slave who asks, as its certificate says
   * @param master whose keys it asks for
   * @param ids each once
   */
  @Refines("KeyDelivery!GiveSlave")
  @Refines("KeyDelivery!Ask")
  public Fetched give(SaeId slave, SaeId master, List<UUID> ids) {
    if (new HashSet<>(ids).size() != ids.size()) {
      throw new IllegalArgumentException("a key identifier is repeated");
    }
    if (!entitlements.allows(owner, master, slave)) {
      return new Foreign();
    }
    return store.atomically(
        () -> {
          List<ReservedKey> wanted = new ArrayList<>();
          List<UUID> unknown = new ArrayList<>();
          for (UUID id : ids) {
            Optional<ReservedKey> key = store.reserved(id);
            if (key.isPresent()
                && !(key.get().master().equals(master) && key.get().slaves().contains(slave))) {
              return new Foreign();
            }
            key.filter(each -> each.waiting().contains(slave))
                .ifPresentOrElse(wanted::add, () -> unknown.add(id));
          }
          return unknown.isEmpty() ? new Keys(handOut(wanted, slave)) : new Unknown(unknown.get(0));
        });
  }

  private List<DeliveredKey> handOut(List<ReservedKey> wanted, SaeId slave) {
    List<DeliveredKey> keys = new ArrayList<>();
    for (ReservedKey key : wanted) {
      keys.add(new DeliveredKey(key.id(), store.keyBytes(key.id())));
      store.update(key, key.without(slave));
    }
    return keys;
  }

  /** Returns how many keys wait for a slave of a master at the other site. */
  public long backlog(SaeId master, SaeId slave) {
    return store.backlog(master, slave);
  }
}
