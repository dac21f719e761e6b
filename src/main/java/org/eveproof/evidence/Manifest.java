package org.eveproof.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What every specification must show: {@code specs/models/manifest.json}.
 *
 * @param specifications one entry for each specification, in reading order
 */
public record Manifest(List<Specification> specifications) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Copies the list. */
  public Manifest {
    specifications = List.copyOf(specifications);
  }

  /**
   * One specification.
   *
   * @param spec name of the module
   * @param models finite instances that TLC explores wholly
   * @param properties what is claimed
   * @param red for each property at least one instance with one defence removed
   * @param reach states that must be reachable, for a model in which nothing happens shows nothing
   */
  public record Specification(
      String spec,
      List<Model> models,
      List<Property> properties,
      List<RedTwin> red,
      List<ReachGoal> reach) {

    /** Copies the lists. */
    public Specification {
      models = List.copyOf(models);
      properties = List.copyOf(properties);
      red = List.copyOf(red);
      reach = List.copyOf(reach);
    }
  }

  /**
   * A finite instance.
   *
   * @param name of the instance
   * @param module in {@code specs/models}
   * @param config in {@code specs/models}
   * @param expect the verdict: always {@code holds}; instances that must fail are red twins
   * @param distinct exact number of distinct states
   * @param depth exact depth of the state graph
   * @param bounds in words
   * @param budgetSeconds it must end within, on one core
   */
  public record Model(
      String name,
      String module,
      String config,
      Expectation expect,
      long distinct,
      int depth,
      String bounds,
      int budgetSeconds) {}

  /** What a model must show. */
  public enum Expectation {
    /** All its properties hold in all its states. */
    HOLDS
  }

  /**
   * A claim.
   *
   * @param id in the catalogue, for example {@code H1}
   * @param name of the definition in the specification
   * @param kind what sort of formula it is
   * @param says the claim in one sentence
   */
  public record Property(String id, String name, PropertyKind kind, String says) {}

  /** The sorts of properties. */
  public enum PropertyKind {
    /** A state predicate, true in each reachable state. */
    INVARIANT,
    /** True of each step. */
    STEP,
    /** Something good happens in the end. */
    LIVENESS,
    /** The specification implements another. */
    REFINEMENT,
    /** A constant-level statement, checked once. */
    ASSUMPTION
  }

  /**
   * An instance with one defence removed.
   *
   * @param name of the twin
   * @param base name of the model that it differs from
   * @param module in {@code specs/red}
   * @param replace for each operator, what takes its place
   * @param violates the one property that then fails
   * @param removes which defence is gone, in words
   */
  public record RedTwin(
      String name,
      String base,
      String module,
      Map<String, String> replace,
      String violates,
      String removes) {

    /** Copies the map. */
    public RedTwin {
      replace = Map.copyOf(replace);
    }
  }

  /**
   * A state that must be reachable.
   *
   * @param name of the state predicate
   * @param base name of the model that must reach it
   * @param says what the state is
   */
  public record ReachGoal(String name, String base, String says) {}

  /**
   * Reads the manifest.
   *
   * @param file {@code specs/models/manifest.json}
   * @throws IOException if it cannot be read or is malformed
   */
  public static Manifest read(Path file) throws IOException {
    try {
      return MAPPER.readValue(Files.readString(file), Manifest.class);
    } catch (JacksonException malformed) {
      throw new IOException(file + ": " + malformed.getOriginalMessage(), malformed);
    }
  }
}
