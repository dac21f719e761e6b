package org.eveproof.delivery;

import java.util.Arrays;
import java.util.List;
import org.eveproof.authentication.Frame;

/**
 * An announcement that an owner has made and not settled.
 *
 * @param message the frame, to be repeated bit for bit until there is an answer
 * @param states what became of each entry, none if there are only withdrawals
 */
public record PendingAnnouncement(Frame message, List<EntryState> states) {

  /** What became of an entry. */
  public enum EntryState {
    /** There is no answer yet. */
    ANNOUNCED('n'),
    /** The holder keeps the keys for the slaves; the master has nothing yet. */
    ACCEPTED('a'),
    /** Nothing more will happen: given, withdrawn or refused. */
    SETTLED('s');

    private final char letter;

    EntryState(char letter) {
      this.letter = letter;
    }

    /** Returns the letter that stands for this in a store. */
    char letter() {
      return letter;
    }

    static EntryState ofLetter(int letter) {
      return Arrays.stream(values())
          .filter(state -> state.letter == letter)
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no state of an entry"));
    }
  }

  /** Copies the list. */
  public PendingAnnouncement {
    states = List.copyOf(states);
  }
}
