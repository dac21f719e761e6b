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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;

/**
 * What a site did, written down before it does it, for the campaign to judge by. Each line is one
 * write at the end of a file, so that a kill cuts off nothing that was said. Digests only, no bits.
 *
 * <p>The log is a row of short files, so that it can still be written where no file may grow.
 */
final class SiteLog implements AutoCloseable {
  /** Begins a line about a frame that is about to be sent: epoch, block, index, digest. */
  static final String SENDS = "SENDS";

  /** Begins a line about keys that are about to be handed over: epoch, block, digest. */
  static final String GIVES = "GIVES";

  /** Begins a line about a place where the site might have been stopped: place, message. */
  static final String PASSES = "PASSES";

  /** No file of a log gets longer. */
  static final int FILE_BYTES = 1 << 13;

  private final Path path;
  private FileChannel file;
  private int number;
  private int written;

  /** Begins the log of a life. */
  SiteLog(Path path) throws IOException {
    this.path = path;
    this.file = begin(path);
  }

  private static FileChannel begin(Path part) throws IOException {
    return FileChannel.open(
        part,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND, StandardOpenOption.WRITE));
  }

  private static Path part(Path path, int number) {
    return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
  }

  /** Returns the lines of a life's log; one without an end was never said. */
  static List<String> read(Path path) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int number = 0; Files.exists(part(path, number)); number++) {
      text.append(Files.readString(part(path, number), StandardCharsets.US_ASCII));
    }
    return text.substring(0, text.lastIndexOf("\n") + 1).lines().toList();
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

  private synchronized void write(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII));
      if (written + bytes.remaining() > FILE_BYTES) {
        file.close();
        number++;
        file = begin(part(path, number));
        written = 0;
      }
      written += bytes.remaining();
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
    for (String line : read(log)) {
      if (line.startsWith(PASSES)) {
        last = line.substring(PASSES.length() + 1);
        passed.merge(last, 1, Integer::sum);
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
  public synchronized void close() throws IOException {
    file.close();
  }
}
