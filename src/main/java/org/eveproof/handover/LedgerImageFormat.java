package org.eveproof.handover;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.handover.LedgerImage.Held;
import org.eveproof.protocol.Party;

/**
 * The encoding of a ledger's image: big-endian numbers, the blocks, and SHA-256 over all of it,
 * which finds damage (and is no defence against whoever can write the store).
 */
final class LedgerImageFormat {
  private static final int FORMAT = 0x45504c34;
  private static final int NOT_ASKED = -1;
  private static final int INDEX_BYTES = 3 * Integer.BYTES;
  private static final int FIXED_BYTES =
      Long.BYTES + 10 * Integer.BYTES + 2 * INDEX_BYTES + JournalEntry.HASH_BYTES;

  private LedgerImageFormat() {}

  static byte[] encode(LedgerImage image) {
    int length =
        FIXED_BYTES
            + image.tries().size() * (INDEX_BYTES + Integer.BYTES)
            + image.journal().length();
    for (Held entry : image.held().values()) {
      length += 4 * Integer.BYTES + entry.keys().length();
    }
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putInt(FORMAT).putInt(JournalEntry.code(image.owner()));
    out.putLong(image.version()).putInt(image.epoch());
    put(out, image.mark());
    put(out, image.heard());
    out.putInt(image.asked().map(MessageKind::type).orElse(NOT_ASKED)).putInt(image.accounted());
    out.putInt(image.blocks());
    image.journal().put(out);
    out.putInt(image.spare()).putInt(image.lowWater());
    out.putInt(image.tries().size());
    image.tries().forEach((index, number) -> put(out, index).putInt(number));
    out.putInt(image.held().size());
    image
        .held()
        .forEach(
            (block, entry) -> {
              byte[] secret = entry.keys().toBytes();
              out.putInt(block).putInt(entry.state().code());
              out.putInt(entry.keys().keys()).putInt(secret.length).put(secret);
              Arrays.fill(secret, (byte) 0);
            });
    byte[] body = out.array();
    int end = out.position();
    out.put(checksum(body, end));
    byte[] encoded = Arrays.copyOf(body, out.position());
    Arrays.fill(body, (byte) 0);
    return encoded;
  }

  static LedgerImage decode(byte[] encoded) {
    int end = encoded.length - JournalEntry.HASH_BYTES;
    if (end < Integer.BYTES || ByteBuffer.wrap(encoded).getInt() != FORMAT) {
      throw new IllegalArgumentException("not the image of a ledger");
    }
    byte[] checksum = Arrays.copyOfRange(encoded, end, encoded.length);
    if (!MessageDigest.isEqual(checksum, checksum(encoded, end))) {
      throw new IllegalArgumentException("the image of the ledger is damaged");
    }
    try {
      return decode(ByteBuffer.wrap(encoded, Integer.BYTES, end - Integer.BYTES));
    } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("the image of the ledger is damaged", e);
    }
  }

  private static LedgerImage decode(ByteBuffer in) {
    Party owner = JournalEntry.party(in.getInt());
    long version = in.getLong();
    int epoch = in.getInt();
    KeyIndex mark = index(in);
    KeyIndex heard = index(in);
    int asked = in.getInt();
    int accounted = in.getInt();
    int blocks = in.getInt();
    LedgerImage image =
        new LedgerImage(
            owner,
            version,
            epoch,
            blocks,
            mark,
            heard,
            asked == NOT_ASKED ? Optional.empty() : Optional.of(MessageKind.ofCode(asked)),
            accounted,
            Journal.get(in));
    image.keepReserve(in.getInt(), in.getInt());
    for (int left = in.getInt(); left > 0; left--) {
      image.keepTries(index(in), in.getInt());
    }
    for (int left = in.getInt(); left > 0; left--) {
      int block = Objects.checkIndex(in.getInt(), blocks);
      BlockState state = BlockState.ofCode(in.getInt());
      int keys = in.getInt();
      byte[] secret = new byte[Math.min(in.getInt(), in.remaining())];
      in.get(secret);
      image.held().put(block, new Held(state, KeyBlock.fromBytes(keys, secret)));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("the image of the ledger is too long");
    }
    return image;
  }

  private static byte[] checksum(byte[] bytes, int end) {
    MessageDigest digest = JournalEntry.sha256();
    digest.update(bytes, 0, end);
    return digest.digest();
  }

  private static ByteBuffer put(ByteBuffer out, KeyIndex index) {
    return out.putInt(index.epoch()).putInt(index.block()).putInt(index.index());
  }

  private static KeyIndex index(ByteBuffer in) {
    return new KeyIndex(in.getInt(), in.getInt(), in.getInt());
  }
}
