package org.eveproof.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.OneTimeKeys;
import org.eveproof.protocol.Party;

/**
 * One party's place in the strictly alternating conversation of one exchange: what it may accept,
 * and what it said last. All of it is public.
 *
 * @param authenticator how tags are made in this session
 * @param self whose place this is
 * @param session identifier of the link's session
 * @param round number of the exchange within the session, from 0
 * @param expected sequence number of the peer's next message: odd ones are Bob's, even ones Alice's
 * @param heard the peer's message that was accepted last
 * @param said the own message that was said last
 */
public record Conversation(
    MessageAuthenticator authenticator,
    Party self,
    long session,
    int round,
    int expected,
    Optional<Frame> heard,
    Optional<Frame> said) {

  /** A message that passed every check that does not look into its payload. */
  record Incoming(Frame frame, MessageType type) {
    PayloadReader payload() {
      return new PayloadReader(frame.payload());
    }
  }

  /** Begins the conversation of an exchange: nothing has been said. */
  static Conversation begin(
      MessageAuthenticator authenticator, Party self, long session, int round) {
    int expected = self == Party.ALICE ? 1 : 2;
    return new Conversation(
        authenticator, self, session, round, expected, Optional.empty(), Optional.empty());
  }

  /** Returns how many messages have been said and heard, as far as this party knows. */
  public int messages() {
    return Math.max(lastSaid(), expected - 2);
  }

  /** Returns the sequence number of the last own message; 0 if there is none. */
  public int lastSaid() {
    return said.map(frame -> frame.header().sequence()).orElse(0);
  }

  /** Returns whether these are the bytes of the message that was accepted last. */
  boolean isRepetition(byte[] bytes) {
    return heard.isPresent() && Frame.parse(bytes).equals(heard);
  }

  /** Returns whether bytes claim to be something of the peer's in this exchange, but no abort. */
  boolean looksLikeAQuestion(byte[] bytes) {
    return Frame.parse(bytes)
        .map(Frame::header)
        .filter(this::isOfThisSession)
        .filter(this::isFromPeer)
        .filter(header -> header.type() != MessageType.ABORT.code())
        .isPresent();
  }

  /**
   * Decides whether bytes from the channel are the peer's next message. Cheap checks come first, so
   * that a flood of garbage costs no cryptography. Changes nothing but the supply's count of failed
   * attempts.
   *
   * @param legal the types that the peer may say here
   * @throws RefusedException if one of the checks fails
   */
  Incoming check(byte[] bytes, Set<MessageType> legal, OneTimeKeys keys) throws RefusedException {
    Frame frame = Frame.parse(bytes).orElseThrow(() -> new RefusedException(Refusal.MALFORMED));
    Header header = frame.header();
    if (!isOfThisSession(header)) {
      throw new RefusedException(Refusal.OTHER_SESSION);
    }
    if (!isFromPeer(header)) {
      throw new RefusedException(Refusal.NOT_FROM_PEER);
    }
    MessageType type =
        MessageType.ofCode(header.type())
            .filter(legal::contains)
            .orElseThrow(() -> new RefusedException(Refusal.OUT_OF_PLACE));
    if (!isInSequence(header, type)) {
      throw new RefusedException(Refusal.OUT_OF_SEQUENCE);
    }
    try (OneTimeKey key =
        keys.lookup(header.key()).orElseThrow(() -> new RefusedException(Refusal.STALE_KEY))) {
      if (!frame.verifies(authenticator, key)) {
        keys.refused(header.key());
        throw new RefusedException(Refusal.BAD_TAG);
      }
    }
    return new Incoming(frame, type);
  }

  private boolean isOfThisSession(Header header) {
    return header.session() == session && header.round() == round;
  }

  private boolean isFromPeer(Header header) {
    return header.sender() == self.peer();
  }

  /** An abort ends the session, whatever else is still under way. */
  private boolean isInSequence(Header header, MessageType type) {
    return type == MessageType.ABORT
        ? header.sequence() >= expected
        : header.sequence() == expected;
  }

  /** Notes a message as accepted: its one-time key is used up, and the next one is expected. */
  Conversation hear(Incoming message, OneTimeKeys keys) {
    keys.accepted(message.frame().header().key());
    return new Conversation(
        authenticator, self, session, round, expected + 2, Optional.of(message.frame()), said);
  }

  /**
   * Says the next own message.
   *
   * @param key taken for this message; wiped here
   */
  Conversation say(MessageType type, byte[] payload, OneTimeKey key) {
    try (key) {
      int first = self == Party.BOB ? 1 : 2;
      int sequence = said.isPresent() ? lastSaid() + 2 : first;
      Header header =
          new Header(
              authenticator.suite(), self, session, round, sequence, type.code(), key.index());
      Frame frame = Frame.seal(authenticator, key, header, payload);
      return new Conversation(
          authenticator, self, session, round, expected, heard, Optional.of(frame));
    }
  }

  /** Returns the effect of saying the last message, for the first time or once more. */
  List<Effect> lastWords() {
    return said.map(frame -> List.<Effect>of(new Effect.Send(frame))).orElse(List.of());
  }
}
