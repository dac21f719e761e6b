package org.eveproof.session;

import java.util.Optional;

/**
 * The messages of one exchange, in the order in which they are first said. Bob has the odd sequence
 * numbers, Alice the even ones.
 */
public enum MessageType {
  /** Which pulses Bob detected and in which bases: his measurements are over. */
  DETECTIONS(1),
  /** Alice's bases, and the sample with her bits there. */
  SIFTING(2),
  /** Bob's bits of the sample. */
  SAMPLE(3),
  /** Parities of blocks of Alice's key. */
  PARITIES(4),
  /** Which parities Bob wants next. */
  QUERIES(5),
  /** Bob wants no more parities. */
  CORRECTED(6),
  /** A universal hash of Alice's key, under a seed drawn for it. */
  VERIFICATION(7),
  /** Bob's key has the same hash. */
  VERIFIED(8),
  /** The seed of privacy amplification, drawn for it, and the length of the secret key. */
  AMPLIFICATION(9),
  /** Bob has the secret key and will not abort any more. */
  CONFIRM(10),
  /** Alice has released the secret key. */
  DONE(11),
  /** The session ends without a key; either party says it. */
  ABORT(12);

  private final int code;

  MessageType(int code) {
    this.code = code;
  }

  /** Returns the number that stands for this type in a frame's header. */
  public int code() {
    return code;
  }

  /** Returns the type that a number in a header stands for, if it is one of the exchange's. */
  public static Optional<MessageType> ofCode(int code) {
    for (MessageType type : values()) {
      if (type.code == code) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
