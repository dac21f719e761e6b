package org.eveproof.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.OneTimeKeys;
import org.eveproof.protocol.Party;

/**
 * One authenticated question of Alice's and Bob's answer, by which a link is opened and closed. On
 * opening both say how they are configured, and the link ends there if that differs.
 */
final class Greeting implements LinkStage {

  /** What is said. */
  enum Kind {
    OPEN(64),
    CLOSE(66);

    private final int question;

    Kind(int question) {
      this.question = question;
    }

    private int type(Party sender) {
      return sender == Party.ALICE ? question : question + 1;
    }
  }

  private final Kind kind;
  private final Party self;
  private final long session;
  private final MessageAuthenticator authenticator;
  private final OneTimeKeys keys;
  private final String words;
  private Optional<String> failure = Optional.empty();
  private boolean contradicted;
  private boolean over;

  /**
   * Prepares a greeting.
   *
   * @param words what both must say for the link to go on
   */
  Greeting(
      Kind kind,
      Party self,
      long session,
      MessageAuthenticator authenticator,
      OneTimeKeys keys,
      String words) {
    this.kind = kind;
    this.self = self;
    this.session = session;
    this.authenticator = authenticator;
    this.keys = keys;
    this.words = words;
  }

  /** Returns whether the peer said something else. */
  boolean isContradicted() {
    return contradicted;
  }

  /** Returns what is said. */
  Kind kind() {
    return kind;
  }

  @Override
  public List<LinkEffect> begin() {
    return self == Party.ALICE ? say() : List.of();
  }

  @Override
  public Optional<List<LinkEffect>> receive(byte[] bytes) {
    Optional<Frame> frame = Frame.parse(bytes).filter(this::isAwaited);
    if (over || frame.isEmpty() || !isAuthentic(frame.get())) {
      return Optional.empty();
    }
    keys.accepted(frame.get().header().key());
    over = true;
    String theirs = new String(frame.get().payload(), UTF_8).replaceAll("[^ -~]", "?");
    contradicted = !theirs.equals(words);
    if (contradicted) {
      failure =
          Optional.of("the peer is configured differently: here " + words + "; there " + theirs);
    }
    return Optional.of(self == Party.BOB ? say() : List.of());
  }

  @Override
  public List<LinkEffect> giveUp() {
    over = true;
    return List.of();
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public Optional<String> failure() {
    return failure;
  }

  @Override
  public void close() {
    // Nothing here is secret.
  }

  private boolean isAwaited(Frame frame) {
    Header header = frame.header();
    return header.sender() == self.peer()
        && header.session() == session
        && header.type() == kind.type(self.peer());
  }

  private boolean isAuthentic(Frame frame) {
    Optional<OneTimeKey> found = keys.lookup(frame.header().key());
    if (found.isEmpty()) {
      return false;
    }
    try (OneTimeKey key = found.get()) {
      boolean authentic = frame.verifies(authenticator, key);
      if (!authentic) {
        keys.refused(frame.header().key());
      }
      return authentic;
    }
  }

  private List<LinkEffect> say() {
    Optional<OneTimeKey> next = keys.take();
    if (next.isEmpty()) {
      over = true;
      failure = failure.or(() -> Optional.of(LinkEnd.EXHAUSTED));
      return List.of();
    }
    try (OneTimeKey key = next.get()) {
      Header header =
          new Header(authenticator.suite(), self, session, 0, 0, kind.type(self), key.index());
      Frame frame = Frame.seal(authenticator, key, header, words.getBytes(UTF_8));
      return List.of(new LinkEffect.Send(frame.encode()));
    }
  }
}
