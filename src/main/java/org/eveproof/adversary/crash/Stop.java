package org.eveproof.adversary.crash;

import java.util.Locale;
import java.util.Optional;

/**
 * An exact place in the life of a site.
 *
 * @param place what the site is about to do or has done
 * @param message at {@link Place#SEND_BEFORE} and {@link Place#SEND_AFTER} the message that is
 *     sent, elsewhere the last one that was received ({@link MessageName#NOTHING} if none was);
 *     {@link #ANY} for whichever
 * @param ordinal how often the site has to come there, from 1
 */
record Stop(Place place, String message, int ordinal) {
  static final String ANY = "ANY";

  /** Returns whether this is the place, whichever time. */
  boolean isAt(Place where, String what) {
    return where == place && (message.equals(ANY) || message.equals(what));
  }

  /** Returns the stop as one word that {@link #parse} takes. */
  String encode() {
    return place + ":" + message + ":" + ordinal;
  }

  /** Reads what {@link #encode} made; empty if this is no such word. */
  static Optional<Stop> parse(String word) {
    String[] parts = word.split(":", -1);
    return parts.length == 3
        ? Optional.of(new Stop(Place.valueOf(parts[0]), parts[1], Integer.parseInt(parts[2])))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return place.label() + " " + message.toLowerCase(Locale.ROOT) + " #" + ordinal;
  }
}
