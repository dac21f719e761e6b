package org.eveproof.bootstrap.openpgp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The validity of every user id of random webs, as gpg itself computes it. */
class GnupgValidityTest {
  private static final int WEBS = Integer.getInteger("eveproof.webs", 40);
  private static final long FIRST_SEED = Long.getLong("eveproof.webs.seed", 1);

  @TempDir private Path directory;

  @Test
  void agreesWithGpgOnRandomWebs() throws Exception {
    List<KeyDraft> pool = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pool.add(new KeyDraft(i % 3 == 1 ? 3100 : 3000));
    }
    Set<Character> seen = new TreeSet<>();
    int valid = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + WEBS; seed++) {
      RandomWeb web = new RandomWeb(seed, pool);
      TrustOptions options = web.options();
      Gpg gpg = Gpg.in(Files.createTempDirectory(directory, "w"), KeyDraft.NOW);
      Files.write(gpg.home().resolve("keys"), web.keyring());
      gpg.run("--import", gpg.home().resolve("keys").toString());
      gpg.run(List.of("--import-ownertrust"), web.ownertrust());
      Map<String, Character> theirs = gpg.letters(flags(options));
      Map<String, Character> ours =
          letters(
              Keyring.parse(gpg.run("--export")),
              Ownertrusts.parse(gpg.run("--export-ownertrust")),
              options);
      Map<String, String> differences = new TreeMap<>();
      theirs.forEach(
          (name, letter) -> {
            if (!letter.equals(ours.get(name))) {
              differences.put(name, letter + ", ours " + ours.get(name));
            }
          });
      assertThat(ours).as("seed %d, %s: %s", seed, options, differences).isEqualTo(theirs);
      seen.addAll(ours.values());
      valid += (int) ours.values().stream().filter(letter -> letter == 'f').count();
    }
    if (WEBS >= 30) {
      assertThat(seen).as("letters that occurred").contains('-', 'q', 'm', 'f', 'u', 'e', 'r');
      assertThat(valid).as("valid keys and user ids").isGreaterThan(2 * WEBS);
    }
  }

  static List<String> flags(TrustOptions options) {
    return List.of(
        "--completes-needed",
        String.valueOf(options.completesNeeded()),
        "--marginals-needed",
        String.valueOf(options.marginalsNeeded()),
        "--max-cert-depth",
        String.valueOf(options.maxCertDepth()),
        "--trust-model",
        options.model().name().toLowerCase(Locale.ROOT));
  }

  static Map<String, Character> letters(Keyring keyring, Ownertrusts trusts, TrustOptions options) {
    return letters(keyring, trusts, options, KeyDraft.NOW);
  }

  static Map<String, Character> letters(
      Keyring keyring, Ownertrusts trusts, TrustOptions options, Instant now) {
    Validities validities = new Validities(keyring, trusts, options, now);
    Map<String, Character> letters = new LinkedHashMap<>();
    for (Certificate certificate : keyring.certificates()) {
      letters.put(certificate.fingerprint(), validities.of(certificate).letter());
      for (UserId id : certificate.userIds()) {
        letters.put(
            certificate.fingerprint() + " " + id.text(), validities.of(certificate, id).letter());
      }
    }
    return letters;
  }
}
