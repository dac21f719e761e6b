package org.eveproof.postprocessing.finitekey;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The values computed apart from this code, and how results are held against them. */
final class Vectors {
  private static final JsonNode ALL = read();

  private final List<String> misses = new ArrayList<>();

  /** Returns one group of vectors. */
  static List<JsonNode> of(String group) {
    List<JsonNode> vectors = new ArrayList<>();
    ALL.get(group).forEach(vectors::add);
    return vectors;
  }

  /** Returns the one object of that name. */
  static JsonNode object(String name) {
    return ALL.get(name);
  }

  static DecoySource source(JsonNode vector) {
    List<Intensity> intensities = new ArrayList<>();
    for (int i = 0; i < vector.get("mu").size(); i++) {
      intensities.add(
          new Intensity(vector.get("mu").get(i).asDouble(), vector.get("p").get(i).asDouble()));
    }
    return new DecoySource(intensities);
  }

  static List<Tally> tallies(JsonNode detections, JsonNode errors) {
    List<Tally> tallies = new ArrayList<>();
    for (int i = 0; i < detections.size(); i++) {
      tallies.add(new Tally(detections.get(i).asDouble(), errors.get(i).asDouble()));
    }
    return tallies;
  }

  /** Notes a miss unless the value is the vector's to 1e-9 of it, or to 1e-9 if that is more. */
  void compare(JsonNode vector, String field, double value) {
    if (!vector.has(field)) {
      return;
    }
    double expected = vector.get(field).asDouble();
    if (!(Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)))) {
      misses.add(field + "=" + value + " instead of " + expected);
    }
  }

  /** Notes a miss unless the integers are equal. */
  void compareExactly(JsonNode vector, String field, long value) {
    if (value != vector.get(field).asLong()) {
      misses.add(field + "=" + value + " instead of " + vector.get(field));
    }
  }

  List<String> misses() {
    return misses;
  }

  private static JsonNode read() {
    try (InputStream in = Vectors.class.getResourceAsStream("/finitekey/vectors.json")) {
      return JsonMapper.builder().build().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
