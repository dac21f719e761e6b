package org.eveproof.conformance;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.MeasuredPulses;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SentPulses;
import org.eveproof.session.Material;

/**
 * Every holder of secret bits that a party's states ever had in one session. What a state drops
 * without wiping it is still found here: destroyed is only what says that its bytes are gone.
 */
final class HeldSecrets {
  private final List<SecretBits> raw = new ArrayList<>();
  private final List<SecretBits> keys = new ArrayList<>();
  private final List<SecretBits> secrets = new ArrayList<>();

  /** Looks through the components of a state. */
  void inspect(Record state) {
    for (RecordComponent component : state.getClass().getRecordComponents()) {
      Object value = read(component, state);
      if (value instanceof SentPulses pulses) {
        note(raw, pulses.bits());
      } else if (value instanceof MeasuredPulses pulses) {
        note(raw, pulses.bits());
      } else if (value instanceof Material material) {
        note(raw, material.raw());
        note(keys, material.key());
      } else if (value instanceof SecretBits bits) {
        note(component.getName().equals("raw") ? raw : secrets, bits);
      }
    }
  }

  /** Notes a key that was released to its consumer. */
  void released(SecretBits key) {
    note(secrets, key);
  }

  /** Returns the newest bits for the pulses that are not gone. */
  Optional<SecretBits> raw() {
    return newest(raw);
  }

  /** Returns the newest key that is not gone. */
  Optional<SecretBits> key() {
    return newest(keys);
  }

  /** Returns the newest secret key that is not gone. */
  Optional<SecretBits> secret() {
    return newest(secrets);
  }

  /** Wipes all. */
  void wipe() {
    raw.forEach(SecretBits::close);
    keys.forEach(SecretBits::close);
    secrets.forEach(SecretBits::close);
  }

  private static Optional<SecretBits> newest(List<SecretBits> holders) {
    for (int i = holders.size() - 1; i >= 0; i--) {
      if (!holders.get(i).isDestroyed()) {
        return Optional.of(holders.get(i));
      }
    }
    return Optional.empty();
  }

  private static void note(List<SecretBits> holders, SecretBits bits) {
    for (SecretBits known : holders) {
      if (known == bits) {
        return;
      }
    }
    holders.add(bits);
  }

  private static Object read(RecordComponent component, Record state) {
    try {
      return component.getAccessor().invoke(state);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("accessors of public records can be called", e);
    }
  }
}
