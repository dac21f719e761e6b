package org.eveproof.handover;

import java.util.Optional;

/** The kinds of authenticated messages, as far as the ledger tells them apart. */
public enum MessageKind {
  /** Any message that is not the ledger's own. */
  DATA(0),
  /** Alice asks whether Bob holds the same block. */
  PREPARE(32),
  /** Bob holds the same block. */
  ACK(33),
  /** Bob's block differs; it is wiped. */
  NAK(34),
  /** Alice uses the block from here on. */
  COMMIT(35),
  /** Bob does so too. */
  DONE(36);

  private final int type;

  MessageKind(int type) {
    this.type = type;
  }

  /** Returns the type in a frame's header, 32 to 63; 0 for {@link #DATA}, which has many. */
  public int type() {
    return type;
  }

  static MessageKind ofCode(int code) {
    for (MessageKind kind : values()) {
      if (kind.type == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of message has the number " + code);
  }

  /** Returns the ledger's own kind of message with this type, if it is one. */
  static Optional<MessageKind> ofType(int type) {
    for (MessageKind kind : values()) {
      if (kind != DATA && kind.type == type) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
