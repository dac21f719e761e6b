package org.eveproof.bootstrap.openpgp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ownertrust by fingerprint, as {@code gpg --export-ownertrust} writes it. It is the owner's alone:
 * nothing that a peer shows adds to it.
 */
public final class Ownertrusts {
  private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{40}):([0-9]{1,3}):");
  private static final int DISABLED = 128;
  private static final int LEVEL = 15;

  private final Map<String, Ownertrust> levels;

  private Ownertrusts(Map<String, Ownertrust> levels) {
    this.levels = Map.copyOf(levels);
  }

  /** Returns these levels, by upper-case fingerprint. */
  static Ownertrusts of(Map<String, Ownertrust> levels) {
    return new Ownertrusts(levels);
  }

  /**
   * Reads a file.
   *
   * @throws OpenPgpFileException if it is missing or not wholly made of assignments
   * @throws IOException if it cannot be read
   */
  public static Ownertrusts read(Path file) throws OpenPgpFileException, IOException {
    return parse(OpenPgpBytes.read(file));
  }

  /**
   * Reads the lines {@code FINGERPRINT:LEVEL:}; those that are blank or begin with # are skipped.
   * The last assignment for a key counts.
   *
   * @throws OpenPgpFileException if there is any other line
   */
  public static Ownertrusts parse(byte[] bytes) throws OpenPgpFileException {
    if (bytes.length > OpenPgpBytes.MAX_BYTES) {
      throw new OpenPgpFileException("it is longer than " + OpenPgpBytes.MAX_BYTES + " bytes");
    }
    Map<String, Ownertrust> levels = new LinkedHashMap<>();
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher assignment = LINE.matcher(line);
      Optional<Ownertrust> level =
          assignment.matches()
              ? Ownertrust.ofValue(Integer.parseInt(assignment.group(2)) & ~DISABLED)
                  .filter(known -> Integer.parseInt(assignment.group(2)) <= DISABLED + LEVEL)
              : Optional.empty();
      if (level.isEmpty()) {
        throw new OpenPgpFileException(
            "line "
                + (i + 1)
                + " is no ownertrust (FINGERPRINT:LEVEL:, levels 2 to 6); write the file with gpg"
                + " --export-ownertrust");
      }
      levels.put(assignment.group(1).toUpperCase(Locale.ROOT), level.get());
    }
    return new Ownertrusts(levels);
  }

  Ownertrust of(String fingerprint) {
    return levels.getOrDefault(fingerprint, Ownertrust.UNKNOWN);
  }
}
