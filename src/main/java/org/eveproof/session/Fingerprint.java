package org.eveproof.session;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * What two people read to each other, over a channel that Eve does not control, to learn whether
 * their devices made their keys with each other or each with Eve. It is the only thing that ends
 * the stay of somebody who was in the middle of the bootstrap.
 *
 * <p>It is cut from a hash of all that was said while the keys were made ({@link RoundTranscript}),
 * not from the keys: whoever is in the middle of privacy amplification can choose the two hash
 * functions such that both ends come out with one key, which she has too. And what is public may be
 * read aloud without any cost to a key. If both ends saw the same conversation, nobody was between
 * them, and what the error rate says holds. 160 bits, because Eve has a part in both conversations
 * and may look for two that collide.
 *
 * @param hex forty hexadecimal digits
 */
public record Fingerprint(String hex) {
  /** Length in bytes. */
  public static final int BYTES = 20;

  private static final int GROUP = 4;

  /** Checks the form. */
  public Fingerprint {
    if (!hex.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IllegalArgumentException(
          "a fingerprint has " + 2 * BYTES + " hexadecimal digits, not " + hex);
    }
  }

  /** Reads what somebody typed: capitals, blanks, hyphens and colons do not matter. */
  public static Optional<Fingerprint> parse(String text) {
    String hex = text.toLowerCase(Locale.ROOT).replaceAll("[\\s:-]", "");
    return hex.matches("[0-9a-f]{" + 2 * BYTES + "}")
        ? Optional.of(new Fingerprint(hex))
        : Optional.empty();
  }

  /** Returns the {@value #BYTES} bytes: what the next round goes on from. */
  byte[] toBytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Returns the digits in groups of four, to be read aloud. */
  @Override
  public String toString() {
    return hex.replaceAll("(.{" + GROUP + "})(?!$)", "$1 ");
  }
}
