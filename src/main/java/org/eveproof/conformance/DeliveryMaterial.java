package org.eveproof.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eveproof.delivery.BlockId;
import org.eveproof.delivery.Half;
import org.eveproof.protocol.Party;

/**
 * The blocks that the link makes for {@code KeyDelivery.tla}, cut into units. A unit is two pads or
 * one key; the first of a half are its hash keys. What exists somewhere is named by its bytes.
 */
final class DeliveryMaterial {
  static final int BLOCKS = 5;
  static final int UNITS = 5;
  static final int UNIT_BYTES = Half.PADS;
  static final int KEY_BITS = Byte.SIZE * UNIT_BYTES;

  private static final int STRIDE = UNITS + 1;
  private static final int BIASED = 2;
  private static final int RENEWING = 5;
  private static final List<Object> UNKNOWN = List.of("nobody", 0);

  private final List<byte[]> blocks = new ArrayList<>();

  DeliveryMaterial(RandomGenerator random) {
    for (int b = 1; b <= BLOCKS; b++) {
      byte[] block = new byte[2 * STRIDE * UNIT_BYTES];
      random.nextBytes(block);
      if (b == BIASED) {
        // Three of four bits are one: the health tests refuse it, whatever came before.
        for (int i = 0; i < block.length; i++) {
          block[i] |= (byte) random.nextInt();
        }
      }
      blocks.add(block);
    }
  }

  /** Returns a copy of what the link gives of a block. */
  byte[] block(int b) {
    return blocks.get(b - 1).clone();
  }

  /** Returns how the link numbers a block: a new epoch begins anew. */
  static BlockId id(int b) {
    return b < RENEWING ? new BlockId(0, b) : new BlockId(1, b - RENEWING + 1);
  }

  /** Returns the number of a block. */
  static int number(BlockId id) {
    return id.epoch() == 0 ? id.block() : id.block() + RENEWING - 1;
  }

  /** Returns the position of the unit that begins, or has a pad, at an offset in a half. */
  static int position(BlockId block, int offset) {
    return number(block) * STRIDE + offset / UNIT_BYTES;
  }

  /** Returns the block of a position. */
  static int blockOf(int position) {
    return position / STRIDE;
  }

  /** Returns where in its half the unit at a position begins. */
  static int offset(int position) {
    return position % STRIDE * UNIT_BYTES;
  }

  /** Names bytes: the half and the position that they came from. */
  List<Object> name(byte[] unit) {
    for (int b = 1; b <= BLOCKS; b++) {
      byte[] block = blocks.get(b - 1);
      for (int at = 0; at < block.length; at += UNIT_BYTES) {
        if (Arrays.equals(block, at, at + UNIT_BYTES, unit, 0, unit.length)) {
          int half = block.length / 2;
          Party owner = at < half ? Party.ALICE : Party.BOB;
          return List.of(owner.specName(), position(id(b), at % half));
        }
      }
    }
    return UNKNOWN;
  }

  /** Names all units of which a pad's worth of bytes stands somewhere in a text. */
  List<List<Object>> in(byte[] text) {
    List<List<Object>> found = new ArrayList<>();
    for (int b = 1; b <= BLOCKS; b++) {
      byte[] block = blocks.get(b - 1);
      for (int at = 0; at < block.length; at += Half.UNIT) {
        if (contains(text, block, at)) {
          int unit = at / UNIT_BYTES * UNIT_BYTES;
          found.add(name(Arrays.copyOfRange(block, unit, unit + UNIT_BYTES)));
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] text, byte[] block, int at) {
    for (int i = 0; i + Half.UNIT <= text.length; i++) {
      if (Arrays.equals(text, i, i + Half.UNIT, block, at, at + Half.UNIT)) {
        return true;
      }
    }
    return false;
  }
}
