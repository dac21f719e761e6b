package org.eveproof.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eveproof.conformance.QkdSystemSnapshot.KeyName;
import org.eveproof.conformance.QkdSystemSnapshot.SecretName;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.SecretBits;

/**
 * Every block and key that ever came about, with its name. What exists somewhere is named by its
 * bytes: equal bytes are one secret, whoever holds them.
 */
final class QkdNames implements AutoCloseable {
  private static final SecretName UNKNOWN = new SecretName("unknown", 0, 0, "nobody");

  private final Map<SecretName, KeyBlock> blocks = new LinkedHashMap<>();
  private final Map<KeyName, SecretBits> keys = new LinkedHashMap<>();

  void name(SecretName name, KeyBlock whole) {
    blocks.put(name, whole.copy());
  }

  void name(KeyName name, SecretBits key) {
    keys.put(name, key.slice(0, key.length()));
  }

  /** Returns the name of the block that this is what is left of. */
  SecretName of(KeyBlock left) {
    for (Map.Entry<SecretName, KeyBlock> known : blocks.entrySet()) {
      if (left.isWhatIsLeftOf(known.getValue())) {
        return known.getKey();
      }
    }
    return UNKNOWN;
  }

  /** Returns the name of an application's key. */
  SecretName of(SecretBits key) {
    for (Map.Entry<KeyName, SecretBits> known : keys.entrySet()) {
      if (key.sameAs(known.getValue())) {
        return known.getKey().secret("key");
      }
    }
    return UNKNOWN;
  }

  @Override
  public void close() {
    blocks.values().forEach(KeyBlock::close);
    keys.values().forEach(SecretBits::close);
  }
}
