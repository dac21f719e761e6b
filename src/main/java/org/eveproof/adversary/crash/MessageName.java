package org.eveproof.adversary.crash;

import java.util.Arrays;
import java.util.Locale;
import org.eveproof.authentication.Frame;
import org.eveproof.bootstrap.HandshakeMessage;
import org.eveproof.handover.MessageKind;
import org.eveproof.session.MessageType;

/** What the messages of a link are called, whichever protocol they belong to. */
final class MessageName {
  /** In place of a message, before any has come. */
  static final String NOTHING = "NOTHING";

  /** Light on the fibre. */
  static final String LIGHT = "LIGHT";

  /** Where a ledger stands, said without authentication when the ends meet. */
  static final String POSITION = "POSITION";

  /** Types of frames from here on open and close the link. */
  private static final int LINK_TYPES = 64;

  private MessageName() {}

  /** Returns the name of the message that these bytes are. */
  static String of(byte[] bytes) {
    return Frame.parse(bytes)
        .map(frame -> ofType(frame.header().type()))
        .or(
            () ->
                HandshakeMessage.parse(bytes)
                    .map(message -> message.getClass().getSimpleName().toUpperCase(Locale.ROOT)))
        .orElse(POSITION);
  }

  private static String ofType(int type) {
    if (type >= LINK_TYPES) {
      return type < LINK_TYPES + 2 ? "OPEN" : "CLOSE";
    }
    return MessageType.ofCode(type)
        .map(Enum::name)
        .orElseGet(
            () ->
                Arrays.stream(MessageKind.values())
                    .filter(kind -> kind.type() == type)
                    .map(kind -> kind == MessageKind.DONE ? "HANDOVER_DONE" : kind.name())
                    .findFirst()
                    .orElse("OTHER"));
  }
}
