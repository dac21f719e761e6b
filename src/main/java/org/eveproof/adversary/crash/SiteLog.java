package org.eveproof.adversary.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;

/**
 * What a site did, written down before it does it, for the campaign to judge by. Each line is one
 * write at the end of the file, so that a kill cuts off nothing that was said. Digests only, no
 * bits.
 */
final class SiteLog implements AutoCloseable {
  /** Begins a line about a frame that is about to be sent: epoch, block, index, digest. */
  static final String SENDS = "SENDS";

  /** Begins a line about keys that are about to be handed over: epoch, block, digest. */
  static final String GIVES = "GIVES";

  /** Begins a line about a place where the site might have been stopped: place, message. */
  static final String PASSES = "PASSES";

  private final FileChannel file;

  /** Begins the log of a life. */
  SiteLog(Path path) throws IOException {
    file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.APPEND,
                StandardOpenOption.WRITE));
  }

  void sends(byte[] bytes) {
    Frame.parse(bytes)
        .ifPresent(
            frame -> {
              KeyIndex key = frame.header().key();
              write(
                  SENDS
                      + " "
                      + key.epoch()
                      + " "
                      + key.block()
                      + " "
                      + key.index()
                      + " "
                      + digest(bytes));
            });
  }

  void passes(Place place, String message) {
    write(PASSES + " " + place + " " + message);
  }

  void gives(int epoch, int block, byte[] key) {
    write(GIVES + " " + epoch + " " + block + " " + digest(key));
  }

  private void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the campaign's own log cannot be written", e);
    }
  }

  /** Returns the last place that a life passed, and how often it had. */
  static String lastPlace(Path log) throws IOException {
    Map<String, Integer> passed = new HashMap<>();
    String last = "nowhere";
    if (Files.exists(log)) {
      for (String line : Files.readAllLines(log, StandardCharsets.US_ASCII)) {
        if (line.startsWith(PASSES)) {
          last = line.substring(PASSES.length() + 1);
          passed.merge(last, 1, Integer::sum);
        }
      }
    }
    return last + " #" + passed.getOrDefault(last, 0);
  }

  /** Returns the SHA-256 of some bytes, in hex. */
  static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
