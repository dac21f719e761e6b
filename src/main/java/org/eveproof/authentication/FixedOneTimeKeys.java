package org.eveproof.authentication;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eveproof.protocol.Party;

/**
 * A supply of fixed size in memory, expanded from one secret that both parties have: for runs that
 * need no ledger. It survives nothing: whoever makes it twice from one secret uses pads twice.
 */
public final class FixedOneTimeKeys implements OneTimeKeys, AutoCloseable {
  /** Messages that may fail to verify under a key before it is burnt. */
  public static final int MAX_ATTEMPTS = 64;

  private final Pads own;
  private final Pads peers;

  /**
   * Expands a secret into the keys of both directions (HMAC-SHA-256 in counter mode).
   *
   * @param self whose supply this is
   * @param secret at least 16 bytes, known to both parties and nobody else; the caller wipes it
   * @param keys number of one-time keys in each direction, at least 1
   */
  public FixedOneTimeKeys(Party self, byte[] secret, int keys) {
    if (secret.length < 16 || keys < 1) {
      throw new IllegalArgumentException("secret of " + secret.length + " bytes, keys=" + keys);
    }
    this.own = new Pads(self, secret, keys);
    this.peers = new Pads(self.peer(), secret, keys);
  }

  @Override
  public Optional<OneTimeKey> take() {
    Optional<OneTimeKey> key = own.find(own.next);
    own.discardThrough(own.next);
    return key;
  }

  @Override
  public Optional<OneTimeKey> lookup(KeyIndex index) {
    return index.epoch() == 0 && index.block() == 0 ? peers.find(index.index()) : Optional.empty();
  }

  @Override
  public void accepted(KeyIndex index) {
    if (lookup(index).isEmpty()) {
      throw new IllegalStateException("no fresh key " + index);
    }
    peers.discardThrough(index.index());
  }

  @Override
  public void refused(KeyIndex index) {
    if (lookup(index).isPresent()) {
      peers.countTry(index.index());
    }
  }

  /** Overwrites every key that is left. */
  @Override
  public void close() {
    own.discardThrough(own.count() - 1);
    peers.discardThrough(peers.count() - 1);
  }

  /** The keys of one direction; those below {@code next} are overwritten. */
  private static final class Pads {
    private final byte[] hashKey;
    private final byte[] pads;
    private final int[] tries;
    private int next;

    Pads(Party sender, byte[] secret, int keys) {
      try {
        Mac expand = Mac.getInstance("HmacSHA256");
        expand.init(new SecretKeySpec(secret, "HmacSHA256"));
        byte[] hash = block(expand, sender, 'H', 0);
        hashKey = Arrays.copyOf(hash, OneTimeKey.HASH_KEY_BYTES);
        Arrays.fill(hash, (byte) 0);
        pads = new byte[Math.multiplyExact(keys, OneTimeKey.PAD_BYTES)];
        tries = new int[keys];
        for (int i = 0; i < keys; i++) {
          byte[] pad = block(expand, sender, 'P', i);
          System.arraycopy(pad, 0, pads, i * OneTimeKey.PAD_BYTES, OneTimeKey.PAD_BYTES);
          Arrays.fill(pad, (byte) 0);
        }
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every Java platform has HmacSHA256", e);
      }
    }

    private static byte[] block(Mac expand, Party sender, char use, int number) {
      expand.update((byte) (sender == Party.ALICE ? 'A' : 'B'));
      expand.update((byte) use);
      for (int shift = 24; shift >= 0; shift -= 8) {
        expand.update((byte) (number >>> shift));
      }
      return expand.doFinal();
    }

    int count() {
      return pads.length / OneTimeKey.PAD_BYTES;
    }

    Optional<OneTimeKey> find(int index) {
      if (index < next || index >= count() || tries[index] >= MAX_ATTEMPTS) {
        return Optional.empty();
      }
      int from = index * OneTimeKey.PAD_BYTES;
      byte[] pad = Arrays.copyOfRange(pads, from, from + OneTimeKey.PAD_BYTES);
      OneTimeKey key = new OneTimeKey(new KeyIndex(0, 0, index), hashKey, pad);
      Arrays.fill(pad, (byte) 0);
      return Optional.of(key);
    }

    void countTry(int index) {
      if (++tries[index] >= MAX_ATTEMPTS) {
        wipe(index, index + 1);
      }
    }

    private void wipe(int from, int to) {
      Arrays.fill(pads, from * OneTimeKey.PAD_BYTES, to * OneTimeKey.PAD_BYTES, (byte) 0);
    }

    void discardThrough(int index) {
      int end = Math.min(index + 1, count());
      if (end > next) {
        wipe(next, end);
        next = end;
      }
      if (next == count()) {
        Arrays.fill(hashKey, (byte) 0);
      }
    }
  }
}
