package org.eveproof.bootstrap.openpgp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPSignature;
import org.eveproof.bootstrap.openpgp.KeyDraft.Making;

/** A random web of up to 12 keys, with everything in it that makes a certification count or not. */
final class RandomWeb {
  private static final int DAY = KeyDraft.DAY;
  private static final int MOST_KEYS = 12;
  private static final int KEY_DAYS = 3000;

  private final SplittableRandom random;
  private final List<KeyDraft> keys = new ArrayList<>();
  private final Map<String, List<String>> ids = new LinkedHashMap<>();
  private final Map<String, Integer> trust = new LinkedHashMap<>();

  /**
   * Makes a web.
   *
   * @param pool keys to use, at least 12
   */
  RandomWeb(long seed, List<KeyDraft> pool) {
    this.random = new SplittableRandom(seed);
    int count = random.nextInt(3, MOST_KEYS + 1);
    for (int i = 0; i < count; i++) {
      keys.add(pool.get(i).bare());
    }
    for (int i = 0; i < count; i++) {
      establish(i);
    }
    // Sparse webs have long chains, dense ones have many introducers of one key.
    int percent = random.nextInt(10, 60);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        if (i != j && (j == i + 1 || chance(percent))) {
          certify(keys.get(i), keys.get(j));
        }
      }
    }
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void establish(int index) {
    KeyDraft key = keys.get(index);
    if (chance(5)) {
      key.sign(
          key,
          Making.of(PGPSignature.DIRECT_KEY, 2000)
              .with(
                  parts ->
                      parts.setKeyExpirationTime(
                          (long) DAY * (chance(50) ? KEY_DAYS - 10 : KEY_DAYS + 10))));
    }
    if (index > 0 && chance(5)) {
      // Before the user ids, which is where a revocation belongs.
      key.sign(key, Making.of(PGPSignature.KEY_REVOCATION, 100));
    }
    List<String> named = new ArrayList<>();
    String domain = chance(50) ? "example.com" : "example.org";
    for (int i = 0; i <= random.nextInt(3) / 2; i++) {
      String id = "key" + index + " <" + i + "@" + (i == 0 ? domain : "sub." + domain) + ">";
      named.add(id);
      boolean expires = chance(6);
      boolean keyExpires = index > 0 && chance(8);
      boolean past = chance(60);
      key.id(
          id,
          2000 - i,
          parts -> {
            if (expires) {
              parts.setSignatureExpirationTime((long) DAY * (past ? 1000 : 5000));
            }
            if (keyExpires) {
              parts.setKeyExpirationTime((long) DAY * (past ? KEY_DAYS - 10 : KEY_DAYS + 10));
            }
          });
      if (chance(7)) {
        key.sign(key, id, Making.revocation(chance(80) ? 1500 : 2500));
      }
      if (chance(5)) {
        key.id(id, 1000);
      }
    }
    ids.put(key.fingerprint(), named);
    int[] levels = {0, 2, 3, 4, 4, 4, 5, 5, 5, 5};
    int level = index == 0 || chance(8) ? 6 : levels[random.nextInt(levels.length)];
    if (level > 0) {
      trust.put(key.fingerprint(), level + (chance(3) ? 128 : 0));
    }
  }

  private void certify(KeyDraft signer, KeyDraft subject) {
    for (String id : ids.getOrDefault(subject.fingerprint(), List.of())) {
      if (chance(85)) {
        // Some are older than one of the two keys, of which there are older and newer ones.
        subject.sign(signer, id, making(chance(4) ? 3050 : 1000));
        if (chance(10)) {
          subject.sign(
              signer, id, Making.revocation(new int[] {900, 1000, 1100}[random.nextInt(3)]));
        }
        if (chance(8)) {
          subject.sign(signer, id, making(new int[] {800, 1000, 1200}[random.nextInt(3)]));
        }
      }
    }
  }

  private Making making(long days) {
    Making making = Making.of(PGPSignature.DEFAULT_CERTIFICATION + type(), days);
    if (chance(6)) {
      making = new Making(making.type(), HashAlgorithmTags.SHA1, chance(50) ? 2800 : days, p -> {});
    }
    if (chance(10)) {
      int seconds = DAY * (chance(50) ? 10 : 5000);
      making = making.with(parts -> parts.setSignatureExpirationTime(seconds));
    }
    if (chance(30)) {
      int depth = random.nextInt(4);
      int amount = new int[] {0, 59, 60, 119, 120, 120, 255}[random.nextInt(7)];
      making = making.with(parts -> parts.setTrust(true, depth, amount));
      if (chance(30)) {
        String expression =
            chance(70) ? "<[^>]+[@.]example\\.com>$" : chance(50) ? "EXAMPLE.com" : "[ab]+x|y";
        making = making.with(parts -> parts.addRegularExpression(false, expression));
      }
    }
    if (chance(6)) {
      making = making.with(parts -> parts.setRevocable(true, false));
    }
    if (chance(3)) {
      making = making.with(parts -> parts.addNotationData(true, true, "x@example.com", "y"));
    }
    return making;
  }

  private int type() {
    return chance(80) ? 0 : random.nextInt(4);
  }

  byte[] keyring() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    keys.forEach(key -> all.writeBytes(key.bytes()));
    return all.toByteArray();
  }

  String ownertrust() {
    StringBuilder lines = new StringBuilder();
    trust.forEach((key, level) -> lines.append(key).append(':').append(level).append(":\n"));
    return lines.toString();
  }

  TrustOptions options() {
    return new TrustOptions(
        chance(80) ? 1 : 2,
        chance(60) ? 3 : 2,
        chance(60) ? 5 : random.nextInt(1, 7),
        chance(75) ? TrustModel.PGP : TrustModel.CLASSIC);
  }
}
