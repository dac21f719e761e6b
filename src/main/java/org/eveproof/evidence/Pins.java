package org.eveproof.evidence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eveproof.spec.ModelConfig;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecOutline;
import org.eveproof.spec.SpecSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fingerprints of the definitions and configurations that somebody has read: {@code
 * specs/models/pins.json}.
 *
 * <p>A weakened guard or property shows here by name, even where the finite models are too small to
 * show its effect. Comments, layout and order do not count.
 *
 * @param texts SHA-256 (first 16 bytes, hexadecimal) of each definition ({@code Module!Name}) and
 *     of each configuration (file name)
 */
public record Pins(Map<String, String> texts) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the map, in order of name. */
  public Pins {
    texts = Collections.unmodifiableMap(new TreeMap<>(texts));
  }

  /**
   * Fingerprints what is there now.
   *
   * @param sources instances whose modules, with all that these extend, and configurations count;
   *     it is fastest if those that extend others come first
   * @throws IOException if a configuration cannot be read
   */
  public static Pins of(List<SpecSource> sources) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Set<String> read = new HashSet<>();
    for (SpecSource source : sources) {
      texts.put(
          source.config().getFileName().toString(),
          fingerprint(ModelConfig.parse(Files.readString(source.config())).text()));
      // To load takes half a second; a module says the same whoever extends it or configures it.
      if (read.add(source.module())) {
        try (SpecOracle oracle = SpecOracle.load(source)) {
          for (SpecOutline.Definition definition : oracle.outline().definitions()) {
            texts.put(
                definition.module() + "!" + definition.name(), fingerprint(definition.text()));
            read.add(definition.module());
          }
        }
      }
    }
    return new Pins(texts);
  }

  /**
   * Reads the pinned fingerprints.
   *
   * @param file to read
   * @throws IOException if it cannot be read or is malformed
   */
  public static Pins read(Path file) throws IOException {
    try {
      return new Pins(MAPPER.readValue(Files.readString(file), new TypeReference<>() {}));
    } catch (JacksonException malformed) {
      throw new IOException(file + ": " + malformed.getOriginalMessage(), malformed);
    }
  }

  /**
   * Writes the fingerprints.
   *
   * @param file to write
   * @throws IOException if that cannot be done
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, MAPPER.writeValueAsString(texts) + "\n");
  }

  /**
   * Returns in what these texts differ from the pinned ones, one line each.
   *
   * @param pinned what was read and pinned
   */
  public List<String> differencesFrom(Pins pinned) {
    List<String> differences = new ArrayList<>();
    texts.forEach(
        (name, text) -> {
          if (!pinned.texts.containsKey(name)) {
            differences.add(name + " is new");
          } else if (!text.equals(pinned.texts.get(name))) {
            differences.add(name + " was changed");
          }
        });
    pinned.texts.keySet().stream()
        .filter(name -> !texts.containsKey(name))
        .forEach(name -> differences.add(name + " is gone"));
    return differences;
  }

  private static String fingerprint(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException missing) {
      throw new AssertionError("every Java has SHA-256", missing);
    }
  }
}
