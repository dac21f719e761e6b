package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.eveproof.protocol.SecretBits;

/** How a key is written in a file. */
enum KeyFormat {
  /** Characters 0 and 1, in lines of any length. */
  ASCII {
    @Override
    SecretBits decode(Path file, byte[] content) {
      byte[] packed = new byte[content.length / 8 + 1];
      int bits = 0;
      int line = 1;
      for (byte character : content) {
        if (character == '0' || character == '1') {
          packed[bits >>> 3] |= (byte) ((character - '0') << (7 - (bits & 7)));
          bits++;
        } else if (character == '\n') {
          line++;
        } else if (character != '\r' && character != ' ' && character != '\t') {
          Arrays.fill(packed, (byte) 0);
          throw new BadInput(
              file
                  + ", line "
                  + line
                  + ": there is a byte that is neither 0, 1, nor white space; if these are packed"
                  + " bits, say --format raw");
        }
      }
      byte[] used = Arrays.copyOf(packed, (bits + 7) / 8);
      SecretBits key = SecretBits.fromBytes(used, bits);
      Arrays.fill(packed, (byte) 0);
      Arrays.fill(used, (byte) 0);
      return key;
    }

    @Override
    byte[] encode(SecretBits key) {
      byte[] line = new byte[key.length() + 1];
      for (int i = 0; i < key.length(); i++) {
        line[i] = (byte) (key.get(i) ? '1' : '0');
      }
      line[key.length()] = '\n';
      return line;
    }

    @Override
    int writtenBits(int length) {
      return length;
    }
  },

  /** Eight bits to a byte, the first one on top. */
  RAW {
    @Override
    SecretBits decode(Path file, byte[] content) {
      return SecretBits.fromBytes(content, content.length * 8);
    }

    /** Leaves out what does not fill a byte. */
    @Override
    byte[] encode(SecretBits key) {
      try (SecretBits whole = key.slice(0, writtenBits(key.length()))) {
        return whole.toBytes();
      }
    }

    @Override
    int writtenBits(int length) {
      return length / 8 * 8;
    }
  };

  private static final long MAX_BYTES = 200_000_000;

  /** Reads the bits of a file's content; the caller wipes it. */
  abstract SecretBits decode(Path file, byte[] content);

  /** Returns a key as the content of a file; the caller wipes it. */
  abstract byte[] encode(SecretBits key);

  /** Returns how many bits of a key of so many go into a file. */
  abstract int writtenBits(int length);

  /**
   * Reads a key.
   *
   * @throws BadInput if there is no such file, or it holds no key in this format
   * @throws IOException if the environment fails
   */
  SecretBits read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new BadInput(file + ": there is no such file");
    }
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new BadInput(file + ": this is not a file that can be read");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new BadInput(file + " has more than " + MAX_BYTES + " bytes; split it into blocks");
    }
    byte[] content = Files.readAllBytes(file);
    try {
      SecretBits key = decode(file, content);
      if (key.length() == 0) {
        throw new BadInput(file + " holds no bits");
      }
      return key;
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }
}
