package org.eveproof.adversary;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Suite;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * Makes hostile bytes out of what Eve has recorded: the frames of the attacked link, and those of
 * another link between the same devices. It keeps to no rule of {@link Frame}: Eve writes bytes.
 *
 * @param link the attacked link, left alone; its frames yet to come are known because a stronger
 *     Eve does no harm to the experiment
 * @param other another session
 */
record FrameMutations(LinkRecording link, LinkRecording other) {
  private static final int HEADER_BYTES = 32;
  private static final int PREFIX_BYTES = HEADER_BYTES + Integer.BYTES;

  /** Where a field lies in a frame, and how long it is. */
  private record Field(int offset, int length) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(0, 1), // version
          new Field(1, 1), // suite
          new Field(2, 1), // sender
          new Field(3, 1), // type
          new Field(4, 8), // session
          new Field(12, 4), // round
          new Field(16, 4), // sequence
          new Field(20, 4), // epoch
          new Field(24, 4), // block
          new Field(28, 4), // index
          new Field(32, 4)); // payload length

  /**
   * Makes the bytes of one attack.
   *
   * @param at number of the step whose frame is awaited
   */
  byte[] make(AttackKind kind, int at, RandomGenerator random) {
    LinkRecording.Step step = link.steps().get(at);
    Party victim = step.to();
    byte[] awaited = step.frame().toBytes();
    return switch (kind) {
      case FLIP -> flip(awaited, random);
      case FIELD -> change(awaited, random);
      case REORDER -> one(link.heardBy(victim, at + 1, link.steps().size()), victim, random);
      case REFLECT -> one(link.heardBy(victim.peer(), 0, at), victim.peer(), random);
      case REPLAY ->
          one(random.nextBoolean() ? link.heardBy(victim, 0, at) : List.of(), victim, random);
      case TRUNCATE -> truncate(awaited, random);
      case EXTEND -> extend(awaited, random);
      case SPLICE -> splice(at, victim, random);
      case GUESS -> guess(awaited, random);
    };
  }

  /** Returns one of these frames, or one that the party heard in the other session. */
  private byte[] one(List<Bits> frames, Party hearer, RandomGenerator random) {
    List<Bits> choice = frames.isEmpty() ? other.heardBy(hearer, 0, other.steps().size()) : frames;
    return choice.get(random.nextInt(choice.size())).toBytes();
  }

  private static byte[] flip(byte[] frame, RandomGenerator random) {
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      // Header and tag are short beside a long payload: each gets its share.
      int at =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt(Math.min(PREFIX_BYTES, frame.length));
            case 1 -> frame.length - 1 - random.nextInt(Math.min(Short.SIZE, frame.length));
            default -> random.nextInt(frame.length);
          };
      frame[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return frame;
  }

  private static byte[] change(byte[] frame, RandomGenerator random) {
    Field field = FIELDS.get(random.nextInt(FIELDS.size()));
    if (frame.length < field.offset() + field.length()) {
      return flip(frame, random);
    }
    int last = field.offset() + field.length() - 1;
    switch (random.nextInt(4)) {
      case 0 -> frame[last]++;
      case 1 -> frame[last]--;
      case 2 -> {
        Suite[] suites = Suite.values();
        frame[last] =
            (byte)
                (field.offset() == 1
                    ? suites[random.nextInt(suites.length)].code()
                    : frame[last] ^ 'A' ^ 'B');
      }
      default -> {
        for (int i = field.offset(); i <= last; i++) {
          frame[i] = (byte) random.nextInt();
        }
      }
    }
    return frame;
  }

  private static byte[] truncate(byte[] frame, RandomGenerator random) {
    int length =
        random.nextBoolean()
            ? random.nextInt(frame.length)
            : Math.max(0, frame.length - 1 - random.nextInt(PREFIX_BYTES));
    return Arrays.copyOf(frame, length);
  }

  private static byte[] extend(byte[] frame, RandomGenerator random) {
    if (random.nextInt(8) == 0) {
      return concatenate(frame, frame);
    }
    byte[] more = new byte[1 + random.nextInt(40)];
    if (random.nextBoolean()) {
      random.nextBytes(more);
    }
    return concatenate(frame, more);
  }

  private byte[] splice(int at, Party victim, RandomGenerator random) {
    byte[] head = any(at, victim, random);
    byte[] body = any(at, victim, random);
    byte[] tail = any(at, victim, random);
    Optional<Frame> payload = Frame.parse(body);
    Optional<Frame> tag = Frame.parse(tail);
    if (payload.isEmpty() || tag.isEmpty() || head.length < PREFIX_BYTES) {
      byte[] start = Arrays.copyOf(head, random.nextInt(head.length + 1));
      int rest = random.nextInt(tail.length + 1);
      return concatenate(start, Arrays.copyOfRange(tail, rest, tail.length));
    }
    byte[] content = payload.get().payload();
    byte[] prefix =
        ByteBuffer.allocate(PREFIX_BYTES).put(head, 0, HEADER_BYTES).putInt(content.length).array();
    return concatenate(concatenate(prefix, content), tag.get().tag());
  }

  /** Returns the awaited frame, or another that Eve has. */
  private byte[] any(int at, Party victim, RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> one(link.heardBy(victim, 0, at), victim, random);
      case 1 -> one(List.of(), victim, random);
      case 2 -> one(link.heardBy(victim.peer(), 0, at), victim.peer(), random);
      default -> link.steps().get(at).frame().toBytes();
    };
  }

  private static byte[] guess(byte[] frame, RandomGenerator random) {
    Optional<Frame> parsed = Frame.parse(frame);
    if (parsed.isEmpty()) {
      byte[] tail = new byte[Math.min(frame.length, 64)];
      random.nextBytes(tail);
      System.arraycopy(tail, 0, frame, frame.length - tail.length, tail.length);
      return frame;
    }
    byte[] payload = parsed.get().payload();
    byte[] tag = parsed.get().tag();
    if (payload.length > 0 && random.nextInt(4) > 0) {
      payload[random.nextInt(payload.length)] ^= (byte) (1 + random.nextInt(255));
    }
    if (random.nextInt(4) > 0) {
      random.nextBytes(tag);
    }
    return Frame.withTag(parsed.get().header(), payload, tag).encode();
  }

  private static byte[] concatenate(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
