package org.eveproof.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * All that was said in one exchange, in the order in which both ends said and heard it: they speak
 * in turn, so that the order is the same for both. A message that came again counts once.
 */
public final class RoundTranscript {
  private final Set<String> hashes = new LinkedHashSet<>();

  /** Notes a message that was said or accepted. */
  public void add(byte[] frame) {
    hashes.add(HexFormat.of().formatHex(sha256().digest(frame)));
  }

  /**
   * Returns the fingerprint of what was said so far.
   *
   * @param start what the exchange rests on: the transcript of the bootstrap, or the fingerprint of
   *     all rounds before
   */
  public Fingerprint fingerprint(byte[] start) {
    MessageDigest digest = sha256();
    digest.update("eveproof fingerprint 2".getBytes(StandardCharsets.US_ASCII));
    digest.update(sha256().digest(start));
    hashes.forEach(hash -> digest.update(HexFormat.of().parseHex(hash)));
    return new Fingerprint(HexFormat.of().formatHex(digest.digest(), 0, Fingerprint.BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
