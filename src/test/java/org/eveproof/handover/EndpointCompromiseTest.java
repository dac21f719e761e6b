package org.eveproof.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.spec.ActionInstance;
import org.eveproof.spec.SpecOracle;
import org.eveproof.spec.SpecSource;
import org.eveproof.spec.SpecState;
import org.eveproof.spec.TlaValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real objects live the lives that {@code EndpointCompromise} allows; after each step the
 * memory of one end is read for the very bytes of each secret, and the specification judges what is
 * found: every step, every property, and a compromise there and then.
 */
class EndpointCompromiseTest {
  private static final int WALKS = 4;
  private static final Path SPECS = Path.of("specs");
  private static final Path MODELS = SPECS.resolve("models");
  private static final SpecOracle ORACLE =
      SpecOracle.load(
          new SpecSource(
              List.of(SPECS, MODELS),
              "MCEndpointCompromise",
              MODELS.resolve("MCEndpointCompromiseRounds.cfg")));
  private static final List<Object> LINK = List.of("alice", "bob");
  private static final Map<String, KeyEstablishment> EXCHANGES =
      Map.of(
          "qkd", KeyEstablishment.NONE,
          "dh", KeyEstablishment.X25519,
          "ml-kem", KeyEstablishment.ML_KEM_768);

  @AfterAll
  static void close() {
    ORACLE.close();
  }

  private static List<Object> end(Party party) {
    return List.of(party.specName(), LINK);
  }

  @ParameterizedTest
  @EnumSource(Party.class)
  void whatIsFoundInMemoryIsWhatTheSpecificationSays(Party self) throws Exception {
    List<ActionInstance> own =
        ORACLE.actions().stream()
            .filter(action -> !action.name().equals("Corrupt"))
            .filter(action -> action.parameter("e").equals(endValue(self)))
            .toList();
    ActionInstance corrupt =
        ORACLE.actions().stream()
            .filter(action -> action.name().equals("Corrupt"))
            .filter(action -> action.text("d").equals(self.specName()))
            .findFirst()
            .orElseThrow();
    int steps = 0;
    for (int walk = 0; walk < WALKS; walk++) {
      SplittableRandom choice = new SplittableRandom(walk);
      Map<String, ReadableDevice> devices = new LinkedHashMap<>();
      for (Map.Entry<String, KeyEstablishment> exchange : EXCHANGES.entrySet()) {
        SecretRandom random = SecretRandom.simulated(choice.split());
        devices.put(exchange.getKey(), new ReadableDevice(self, exchange.getValue(), random));
      }
      SpecState state = ORACLE.initialStates().get(0);
      List<ActionInstance> enabled = own;
      while (!enabled.isEmpty()) {
        SpecState before = state;
        enabled =
            own.stream().filter(action -> !ORACLE.successors(before, action).isEmpty()).toList();
        if (!enabled.isEmpty()) {
          ActionInstance action = enabled.get(choice.nextInt(enabled.size()));
          for (ReadableDevice device : devices.values()) {
            perform(device, action);
          }
          state = read(self, devices, ORACLE.successors(before, action).get(0));
          assertThat(ORACLE.holds("HoldsExactlyWhatIsLive", state))
              .as("%s\n%s", action, state)
              .isTrue();
          assertThat(ORACLE.isStep(before, action, state)).as("%s\n%s", action, state).isTrue();
          assertThat(ORACLE.violatedInvariants(state)).isEmpty();
          for (SpecState after : ORACLE.successors(state, corrupt)) {
            assertThat(ORACLE.violatedInvariants(after)).as("%s\n%s", action, after).isEmpty();
            steps++;
          }
        }
      }
    }
    assertThat(steps).isGreaterThan(WALKS * 10);
  }

  private static TlaValue endValue(Party self) {
    return TlaValue.of(end(self));
  }

  private static void perform(ReadableDevice device, ActionInstance action) throws Exception {
    switch (action.name()) {
      case "Authenticate" -> device.authenticate();
      case "Begin" -> device.begin();
      case "Agree" -> device.agree();
      case "Commit" -> device.commit();
      case "Use" -> device.use();
      case "Deliver" -> device.deliver(action.integer("r"));
      default -> throw new AssertionError(action.toString());
    }
  }

  /** Returns the state with what is really found in the place of what the end should hold. */
  private static SpecState read(Party self, Map<String, ReadableDevice> devices, SpecState expected)
      throws Exception {
    Map<String, Map<List<Object>, Set<List<Object>>>> held = new LinkedHashMap<>();
    for (Map.Entry<String, ReadableDevice> device : devices.entrySet()) {
      Set<List<Object>> untouched = Set.of(List.of(LINK, "credential", 0, 0));
      held.put(
          device.getKey(),
          Map.of(end(self), device.getValue().found(), end(self.peer()), untouched));
    }
    Map<String, Object> variables = new LinkedHashMap<>(expected.variables());
    variables.put("held", held);
    return ORACLE.state(variables);
  }
}
