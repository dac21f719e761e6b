package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.conformance.KeyDeliverySnapshot.Answered;
import org.eveproof.conformance.KeyDeliverySnapshot.Message;
import org.eveproof.conformance.KeyDeliverySnapshot.Naming;
import org.eveproof.conformance.KeyDeliverySnapshot.Pending;
import org.eveproof.conformance.KeyDeliverySnapshot.Reserved;
import org.eveproof.delivery.Announcement;
import org.eveproof.delivery.Announcement.Entry;
import org.eveproof.delivery.Answer;
import org.eveproof.delivery.BlockId;
import org.eveproof.delivery.Half;
import org.eveproof.delivery.PendingAnnouncement;
import org.eveproof.delivery.ReservedKey;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.Verdict;
import org.eveproof.protocol.Party;

/** Reads what the stores and the frames of a {@link DeliveryWorld} say. */
final class DeliveryView {
  static final int ANNOUNCEMENT = 96;
  static final int ANSWER = 97;

  private final DeliveryWorld world;
  private final Map<Integer, Naming> named = new HashMap<>();

  DeliveryView(DeliveryWorld world) {
    this.world = world;
  }

  <T> Map<String, T> each(Function<DeliveryWorld.Site, T> view) {
    Map<String, T> values = new HashMap<>();
    world.sites.forEach((party, site) -> values.put(party.specName(), view.apply(site)));
    return values;
  }

  int taken(DeliveryWorld.Site site) {
    return site.store.lastTakenIn().map(DeliveryMaterial::number).orElse(0);
  }

  /** Returns the units that the halves of a site count as not taken. */
  Set<List<Object>> fresh(DeliveryWorld.Site site) {
    Set<List<Object>> fresh = new HashSet<>();
    for (Party owner : Party.values()) {
      for (Half half : site.store.halves(owner)) {
        int unit = DeliveryMaterial.UNIT_BYTES;
        int first = (half.next() + unit - 1) / unit * unit;
        for (int at = first; at + unit <= half.held(); at += unit) {
          fresh.add(List.of(owner.specName(), DeliveryMaterial.position(half.id(), at)));
        }
      }
    }
    return fresh;
  }

  /**
   * Returns the units of which there are bytes: in the halves past their hash keys, and reserved.
   */
  Set<List<Object>> stored(DeliveryWorld.Site site) {
    Set<List<Object>> stored = new HashSet<>();
    for (Party owner : Party.values()) {
      for (Half half : site.store.halves(owner)) {
        for (int at = Half.STREAM;
            at + DeliveryMaterial.UNIT_BYTES <= half.held();
            at += DeliveryMaterial.UNIT_BYTES) {
          nameOf(site.store.read(owner, half.id(), at, DeliveryMaterial.UNIT_BYTES))
              .ifPresent(stored::add);
        }
      }
    }
    for (UUID id : world.ids()) {
      if (site.store.reserved(id).isPresent()) {
        nameOf(site.store.keyBytes(id)).ifPresent(stored::add);
      }
    }
    return stored;
  }

  /** Names bytes, if they are there and not overwritten. */
  private Optional<List<Object>> nameOf(byte[] bytes) {
    boolean there = false;
    for (byte each : bytes) {
      there |= each != 0;
    }
    return there ? Optional.of(world.material.name(bytes)) : Optional.empty();
  }

  Set<Pending> pending(DeliveryWorld.Site site) {
    return site.store
        .pending()
        .map(pending -> Set.of(new Pending(message(pending.message()), state(pending))))
        .orElse(Set.of());
  }

  private static String state(PendingAnnouncement pending) {
    if (pending.states().isEmpty()) {
      return "waiting";
    }
    return switch (pending.states().get(0)) {
      case ANNOUNCED -> "waiting";
      case ACCEPTED -> "accepted";
      case SETTLED -> "settled";
    };
  }

  Set<Integer> withdrawn(DeliveryWorld.Site site) {
    return numbers(site.store.withdrawals(Announcement.MAX_WITHDRAWN));
  }

  private Set<Integer> numbers(List<UUID> ids) {
    return ids.stream().map(world::number).collect(Collectors.toSet());
  }

  /** Returns what a site remembers of keys. One that is spent is named by its announcement. */
  Set<Reserved> reserved(DeliveryWorld.Site site) {
    Set<Reserved> all = new HashSet<>();
    for (UUID id : world.ids()) {
      Optional<ReservedKey> found = site.store.reserved(id);
      if (found.isPresent()) {
        ReservedKey key = found.get();
        Set<String> fetched = new HashSet<>(texts(key.slaves()));
        fetched.removeAll(texts(key.waiting()));
        Naming naming = named.get(world.number(id));
        List<Object> bytes =
            key.waiting().isEmpty() && naming != null
                ? List.of(naming.from(), naming.key())
                : world.material.name(site.store.keyBytes(id));
        all.add(
            new Reserved(
                world.number(id), bytes, key.master().text(), texts(key.slaves()), fetched));
      }
    }
    return all;
  }

  Set<Answered> answered(DeliveryWorld.Site site) {
    return site.store
        .answered()
        .map(last -> Set.of(new Answered(message(last.message()), message(last.answer()))))
        .orElse(Set.of());
  }

  /** Returns the failures counted under hash keys that something can still be verified with. */
  Set<List<Object>> tries(DeliveryWorld.Site site) {
    Set<List<Object>> fresh = fresh(site);
    Set<List<Object>> stored = stored(site);
    Set<List<Object>> tries = new HashSet<>();
    for (Party owner : Party.values()) {
      for (Half half : site.store.halves(owner)) {
        int block = DeliveryMaterial.number(half.id());
        boolean used =
            fresh.stream()
                    .anyMatch(
                        unit ->
                            unit.get(0).equals(owner.specName())
                                && DeliveryMaterial.blockOf((Integer) unit.get(1)) == block)
                || (owner == site.self
                    && pending(site).stream()
                        .map(pending -> pending.m().at())
                        .anyMatch(
                            at ->
                                DeliveryMaterial.blockOf(at) == block
                                    && stored.contains(List.of(owner.specName(), at))));
        if (used && half.failures() > 0) {
          tries.add(List.of(List.of(owner.specName(), block), half.failures()));
        }
      }
    }
    return tries;
  }

  /** Returns the keys of all announcements that were ever made. */
  Set<Naming> named() {
    return Set.copyOf(named.values());
  }

  /** Returns where an announcement or an answer has its pads. */
  static int at(Frame frame) {
    Header header = frame.header();
    BlockId block = new BlockId(header.key().epoch(), header.key().block());
    return DeliveryMaterial.position(block, header.key().index() * Half.UNIT);
  }

  /** Returns a frame that a site made, as the specification sees it. */
  Message message(Frame frame) {
    return frame.header().type() == ANNOUNCEMENT ? announcement(frame) : answer(frame);
  }

  private Message announcement(Frame frame) {
    Announcement said = Announcement.parse(frame.payload()).orElseThrow();
    String from = frame.header().sender().specName();
    Set<Integer> withdrawn = numbers(said.withdrawn());
    Set<List<Object>> clear = new HashSet<>(world.material.in(frame.payload()));
    int at = at(frame);
    if (said.entries().isEmpty()) {
      return new Message("announce", from, at, "", Set.of(), 0, 0, "", Set.of(), withdrawn, clear);
    }
    Entry entry = said.entries().get(0);
    int id = world.number(entry.ids().get(0));
    int key = units(frame.header().key().epoch(), said).get(1);
    String master = entry.request().master().text();
    Set<String> slaves = texts(entry.request().slaves());
    named.putIfAbsent(id, new Naming(id, from, key, master, slaves));
    return new Message(
        "announce", from, at, "", Set.of(), id, key, master, slaves, withdrawn, clear);
  }

  /** Returns the positions that an announcement speaks of, in order. */
  private static List<Integer> units(int epoch, Announcement said) {
    List<Integer> units = new ArrayList<>();
    for (Announcement.Segment segment : said.segments()) {
      for (int i = 0; i < segment.length(); i += DeliveryMaterial.UNIT_BYTES) {
        units.add(
            DeliveryMaterial.position(new BlockId(epoch, segment.block()), segment.offset() + i));
      }
    }
    return units;
  }

  private Message answer(Frame frame) {
    Answer answer = Answer.parse(frame.payload()).orElseThrow();
    int epoch = frame.header().key().epoch();
    boolean accepted =
        answer.missing().isEmpty()
            && answer.verdicts().stream().allMatch(verdict -> verdict == Verdict.ACCEPTED);
    return new Message(
        "answer",
        frame.header().sender().specName(),
        at(frame),
        accepted ? "accepted" : "refused",
        answer.missing().stream()
            .map(block -> DeliveryMaterial.number(new BlockId(epoch, block)))
            .collect(Collectors.toSet()),
        0,
        0,
        "",
        Set.of(),
        Set.of(),
        new HashSet<>(world.material.in(frame.payload())));
  }

  static Set<String> texts(List<SaeId> saes) {
    return saes.stream().map(SaeId::text).collect(Collectors.toSet());
  }

  /** Names the bytes of a key that came out, and wipes them. */
  List<Object> nameAndWipe(byte[] key) {
    List<Object> name = world.material.name(key);
    Arrays.fill(key, (byte) 0);
    return name;
  }
}
