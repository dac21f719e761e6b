package org.eveproof.delivery;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What an owner tells the holder: which keys it withdraws, and where in its stream which new keys
 * for whom lie. Nothing in it is secret. The encoding is canonical; all numbers are big-endian.
 *
 * <pre>
 * withdrawn 2 | that many times: id 16
 * segments 2  | that many times: block 4, offset 4, length 4
 * entries 2   | that many times: master, slaves 1, that many times: slave,
 *               key bits 4, keys 2, that many times: id 16
 * an SAE: length 1, that many ASCII characters
 * </pre>
 *
 * @param withdrawn keys announced before that no master gets, each once
 * @param segments the piece of the stream, in order: two pads, then the keys, each in whole units
 * @param entries the keys, in the order in which they lie there
 */
public record Announcement(List<UUID> withdrawn, List<Segment> segments, List<Entry> entries) {

  /** Greatest number of new keys. */
  public static final int MAX_KEYS = 2048;

  /** Greatest number of keys withdrawn. */
  public static final int MAX_WITHDRAWN = 4096;

  /** Greatest number of segments. */
  public static final int MAX_SEGMENTS = 1024;

  /** Greatest number of slaves that get the same key. */
  public static final int MAX_SLAVES = 16;

  /** Greatest size of a key, in bits. */
  public static final int MAX_KEY_BITS = 1 << 16;

  private static final int ID_BYTES = 16;
  private static final int SEGMENT_BYTES = 12;

  /** Greatest length of the encoding, in bytes. */
  public static final int MAX_BYTES =
      6
          + MAX_WITHDRAWN * ID_BYTES
          + MAX_SEGMENTS * SEGMENT_BYTES
          + MAX_KEYS * (ID_BYTES + 7 + (MAX_SLAVES + 1) * (SaeId.MAX_LENGTH + 1));

  /**
   * A stretch of the owner's half of one block.
   *
   * @param block number within the epoch that the message's own key names
   * @param offset in the half, a multiple of {@link Half#UNIT}, past the hash keys
   * @param length a positive multiple of {@link Half#UNIT}
   */
  public record Segment(int block, int offset, int length) {
    /** Checks the ranges. */
    public Segment {
      if (block < 0
          || offset < Half.STREAM
          || offset % Half.UNIT != 0
          || length < Half.UNIT
          || length % Half.UNIT != 0
          || length > Integer.MAX_VALUE - offset) {
        throw new IllegalArgumentException("block=" + block + " " + offset + "+" + length);
      }
    }
  }

  /**
   * Keys of one request.
   *
   * @param ids one for each key
   */
  public record Entry(KeyRequest request, List<UUID> ids) {
    /** Checks that there are as many identifiers as keys. */
    public Entry {
      ids = List.copyOf(ids);
      if (ids.size() != request.number()) {
        throw new IllegalArgumentException(ids.size() + " ids for " + request.number() + " keys");
      }
    }
  }

  /** Checks that the parts go together. */
  public Announcement {
    withdrawn = List.copyOf(withdrawn);
    segments = List.copyOf(segments);
    entries = List.copyOf(entries);
    if (!fits(withdrawn, segments, entries)) {
      throw new IllegalArgumentException("segments, keys and identifiers do not go together");
    }
  }

  private static boolean fits(List<UUID> withdrawn, List<Segment> segments, List<Entry> entries) {
    int keys = keys(entries);
    if (withdrawn.size() > MAX_WITHDRAWN || segments.size() > MAX_SEGMENTS || keys > MAX_KEYS) {
      return false;
    }
    Set<UUID> ids = new HashSet<>(withdrawn);
    entries.forEach(entry -> ids.addAll(entry.ids()));
    return ids.size() == withdrawn.size() + keys && pieceFits(segments, entries);
  }

  private static boolean pieceFits(List<Segment> segments, List<Entry> entries) {
    if (segments.isEmpty() || segments.get(0).length() < Half.PADS) {
      return false;
    }
    long length = 0;
    int last = -1;
    for (Segment segment : segments) {
      if (segment.block() <= last) {
        return false;
      }
      last = segment.block();
      length += segment.length();
    }
    long wanted = Half.PADS;
    for (Entry entry : entries) {
      wanted += entry.request().streamBytes();
    }
    return length == wanted;
  }

  private static int keys(List<Entry> entries) {
    return entries.stream().mapToInt(entry -> entry.request().number()).sum();
  }

  /** Returns the number of new keys. */
  public int keys() {
    return keys(entries);
  }

  /** Returns the one encoding. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(encodedBytes());
    putIds(out, withdrawn);
    out.putShort((short) segments.size());
    for (Segment segment : segments) {
      out.putInt(segment.block()).putInt(segment.offset()).putInt(segment.length());
    }
    out.putShort((short) entries.size());
    for (Entry entry : entries) {
      KeyRequest request = entry.request();
      putSae(out, request.master());
      out.put((byte) request.slaves().size());
      request.slaves().forEach(slave -> putSae(out, slave));
      out.putInt(request.keyBits());
      putIds(out, entry.ids());
    }
    return out.array();
  }

  private int encodedBytes() {
    int bytes = 6 + withdrawn.size() * ID_BYTES + segments.size() * SEGMENT_BYTES;
    for (Entry entry : entries) {
      bytes += 1 + entry.request().master().text().length() + 7 + entry.ids().size() * ID_BYTES;
      for (SaeId slave : entry.request().slaves()) {
        bytes += 1 + slave.text().length();
      }
    }
    return bytes;
  }

  /** Returns the announcement whose one encoding these bytes are; empty if there is none. */
  public static Optional<Announcement> parse(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      List<UUID> withdrawn = ids(in, MAX_WITHDRAWN);
      int count = count(in, MAX_SEGMENTS);
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        segments.add(new Segment(in.getInt(), in.getInt(), in.getInt()));
      }
      count = count(in, MAX_KEYS);
      List<Entry> entries = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        entries.add(entry(in));
      }
      return in.hasRemaining()
          ? Optional.empty()
          : Optional.of(new Announcement(withdrawn, segments, entries));
    } catch (BufferUnderflowException | IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static Entry entry(ByteBuffer in) {
    SaeId master = sae(in);
    int count = Byte.toUnsignedInt(in.get());
    List<SaeId> slaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slaves.add(sae(in));
    }
    int keyBits = in.getInt();
    List<UUID> ids = ids(in, MAX_KEYS);
    return new Entry(new KeyRequest(master, slaves, keyBits, ids.size()), ids);
  }

  private static void putIds(ByteBuffer out, List<UUID> ids) {
    out.putShort((short) ids.size());
    for (UUID id : ids) {
      out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
  }

  private static List<UUID> ids(ByteBuffer in, int most) {
    int count = count(in, most);
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new UUID(in.getLong(), in.getLong()));
    }
    return ids;
  }

  private static int count(ByteBuffer in, int most) {
    int count = Short.toUnsignedInt(in.getShort());
    if (count > most) {
      throw new IllegalArgumentException(count + " of at most " + most);
    }
    return count;
  }

  private static void putSae(ByteBuffer out, SaeId sae) {
    byte[] text = sae.text().getBytes(StandardCharsets.US_ASCII);
    out.put((byte) text.length).put(text);
  }

  private static SaeId sae(ByteBuffer in) {
    byte[] text = new byte[Byte.toUnsignedInt(in.get())];
    in.get(text);
    // A byte that is no character of the alphabet becomes one that is not either.
    return new SaeId(new String(text, StandardCharsets.ISO_8859_1));
  }
}
