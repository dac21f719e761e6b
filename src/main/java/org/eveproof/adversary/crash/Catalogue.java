package org.eveproof.adversary.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eveproof.protocol.Party;

/** Where a link can be killed: every place around every message that it has. */
final class Catalogue {
  private static final Set<String> BOOTSTRAP = Set.of("HELLO", "CHALLENGE", "PROOF", "ACCEPT");
  private static final Set<String> MEETING =
      Set.of(MessageName.NOTHING, MessageName.POSITION, "OPEN");

  /** What Alice says, in this order; then what Bob says. */
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
          "QUERIES",
          "CORRECTED",
          "VERIFIED",
          "CONFIRM",
          "ACK",
          "HANDOVER_DONE");

  /** Messages to which a party has something to write before it answers: twice, mostly. */
  private static final Set<String> NO_WRITES = Set.of("HELLO", "CHALLENGE");

  /** Where the place is passed again in each round, the second time is another place. */
  private static final int ROUNDS = 2;

  private static final int WRITES = 2;

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
      targets.add(new Target(party, new Stop(Place.STARTED, MessageName.NOTHING, 1)));
      for (String message : said(party)) {
        add(targets, party, Place.SEND_BEFORE, message, 1);
        add(targets, party, Place.SEND_AFTER, message, 1);
      }
      for (String message : said(party.peer())) {
        add(targets, party, Place.RECEIVED, message, 1);
        add(targets, party, Place.HANDLED, message, 1);
        if (!NO_WRITES.contains(message)) {
          for (Place place :
              List.of(
                  Place.LEDGER_BEFORE,
                  Place.LEDGER_DURING,
                  Place.LEDGER_WRITTEN,
                  Place.GUARD_DURING,
                  Place.GUARD_WRITTEN)) {
            add(targets, party, place, message, WRITES);
          }
        }
      }
      for (Place place : List.of(Place.KEYS_BEFORE, Place.KEYS_DURING, Place.KEYS_WRITTEN)) {
        add(targets, party, place, party == Party.ALICE ? "ACK" : "COMMIT", 1);
      }
    }
    return targets;
  }

  private static void add(
      List<Target> targets, Party party, Place place, String message, int times) {
    int most = MEETING.contains(message) || BOOTSTRAP.contains(message) ? times : ROUNDS * times;
    for (int ordinal = 1; ordinal <= most; ordinal++) {
      targets.add(new Target(party, new Stop(place, message, ordinal)));
    }
  }
}
