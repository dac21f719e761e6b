package org.eveproof.adversary.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eveproof.protocol.Party;

/** Where a link can be killed: every place around every message that it has. */
final class Catalogue {
  private static final Set<String> BOOTSTRAP = Set.of("HELLO", "CHALLENGE", "PROOF", "ACCEPT");
  private static final Set<String> MEETING =
      Set.of(MessageName.NOTHING, MessageName.POSITION, "OPEN");

  /**
   * What Alice says, in this order; then what Bob says. These links have no errors, and then Bob
   * has no queries.
   */
  private static final List<String> ALICE =
      List.of(
          "HELLO",
          "PROOF",
          MessageName.POSITION,
          "OPEN",
          MessageName.LIGHT,
          "SIFTING",
          "PARITIES",
          "VERIFICATION",
          "AMPLIFICATION",
          "DONE",
          "PREPARE",
          "COMMIT");

  private static final List<String> BOB =
      List.of(
          "CHALLENGE",
          "ACCEPT",
          MessageName.POSITION,
          "OPEN",
          "DETECTIONS",
          "SAMPLE",
          "CORRECTED",
          "VERIFIED",
          "CONFIRM",
          "ACK",
          "HANDOVER_DONE");

  /** Each round has a message of these kinds; the second one is another place. */
  private static final int ROUNDS = 2;

  /** Of these a round has many. */
  private static final Map<String, Integer> MANY = Map.of(MessageName.LIGHT, 4);

  private static final List<Place> WRITES =
      List.of(
          Place.LEDGER_BEFORE,
          Place.LEDGER_DURING,
          Place.LEDGER_WRITTEN,
          Place.GUARD_DURING,
          Place.GUARD_WRITTEN);

  private Catalogue() {}

  /** Whose site, and where. */
  record Target(Party party, Stop stop) {}

  static boolean isOfBootstrap(Stop stop) {
    return BOOTSTRAP.contains(stop.message());
  }

  static boolean isOfMeeting(Stop stop) {
    return isOfBootstrap(stop) || MEETING.contains(stop.message());
  }

  private static List<String> said(Party party) {
    return party == Party.ALICE ? ALICE : BOB;
  }

  /** Returns all places that are passed while the ends authenticate each other. */
  static List<Target> bootstrap() {
    return all().stream().filter(target -> isOfBootstrap(target.stop)).toList();
  }

  /** Returns all other places. */
  static List<Target> others() {
    return all().stream().filter(target -> !isOfBootstrap(target.stop)).toList();
  }

  private static List<Target> all() {
    List<Target> targets = new ArrayList<>();
    for (Party party : Party.values()) {
      add(targets, party, Place.STARTED, MessageName.NOTHING, 1);
      for (String message : said(party)) {
        add(targets, party, Place.SEND_BEFORE, message, times(message));
        add(targets, party, Place.SEND_AFTER, message, times(message));
      }
      for (String message : said(party.peer())) {
        add(targets, party, Place.RECEIVED, message, times(message));
        add(targets, party, Place.HANDLED, message, times(message));
        for (Place place : WRITES) {
          add(targets, party, place, message, writes(party, message));
        }
      }
      for (Place place : List.of(Place.KEYS_BEFORE, Place.KEYS_DURING, Place.KEYS_WRITTEN)) {
        add(targets, party, place, party == Party.ALICE ? "ACK" : "COMMIT", ROUNDS);
      }
    }
    return targets;
  }

  private static int times(String message) {
    return BOOTSTRAP.contains(message) || MEETING.contains(message)
        ? 1
        : MANY.getOrDefault(message, ROUNDS);
  }

  /** How often a ledger is written for such messages: to accept, to take keys, to settle blocks. */
  private static int writes(Party party, String message) {
    return switch (message) {
      case "HELLO", "CHALLENGE" -> 0;
      case "PROOF" -> 1;
      case "ACCEPT" -> 2;
      case MessageName.POSITION -> party == Party.ALICE ? 1 : 0;
      case "OPEN" -> party == Party.ALICE ? 1 : 2;
      case MessageName.LIGHT, "HANDOVER_DONE" -> ROUNDS;
      case "ACK" -> 3 * ROUNDS;
      case "CONFIRM" -> 4 * ROUNDS;
      default -> 2 * times(message);
    };
  }

  private static void add(
      List<Target> targets, Party party, Place place, String message, int times) {
    for (int ordinal = 1; ordinal <= times; ordinal++) {
      targets.add(new Target(party, new Stop(place, message, ordinal)));
    }
  }
}
