package org.eveproof.bootstrap.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Webs that gpg's own commands make (sign, lsign, tsign, revocations of every kind, expiry): every
 * user id has the validity that gpg computes. {@code -Deveproof.grown=N} takes N webs, {@code
 * -Deveproof.grown.seed=N} begins at another one.
 */
class GnupgWebsTest {
  private static final Instant BIRTH = Instant.parse("2024-01-01T00:00:00Z");
  private static final int KEYS = 12;
  private static final int WEBS = Integer.getInteger("eveproof.grown", 12);
  private static final long FIRST_SEED = Long.getLong("eveproof.grown.seed", 1);

  @TempDir private Path directory;

  @Test
  void agreesWithGpgOnWebsOfItsOwnMaking() throws Exception {
    Gpg pool = Gpg.in(Files.createDirectory(directory.resolve("p")), BIRTH);
    List<String> keys = new ArrayList<>();
    try {
      for (int i = 0; i < KEYS; i++) {
        String name = "key" + i + " <k" + i + (i % 2 == 0 ? "@even.org>" : "@odd.example.org>");
        pool.run("--passphrase", "", "--quick-gen-key", name, "ed25519", "cert", "none");
        keys.add(fingerprint(pool, name));
      }
    } finally {
      stopAgent(pool);
    }
    Set<Character> seen = new TreeSet<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + WEBS; seed++) {
      Gpg gpg = copy(pool, directory.resolve("w" + seed));
      try {
        compare(new GrownWeb(gpg, keys, new SplittableRandom(seed)), gpg, seed, seen);
      } finally {
        stopAgent(gpg);
      }
    }
    if (WEBS >= 12) {
      assertThat(seen).as("letters that occurred").contains('-', 'q', 'm', 'f', 'u', 'e', 'r');
    }
  }

  private static void compare(GrownWeb web, Gpg gpg, long seed, Set<Character> seen)
      throws Exception {
    web.grow();
    Keyring keyring = Keyring.parse(gpg.run("--export-options", "export-local-sigs", "--export"));
    Ownertrusts trusts = Ownertrusts.parse(gpg.run("--export-ownertrust"));
    for (GrownWeb.Question question : web.questions()) {
      Map<String, Character> theirs =
          gpg.at(question.at()).letters(GnupgValidityTest.flags(question.options()));
      Map<String, Character> ours =
          GnupgValidityTest.letters(keyring, trusts, question.options(), question.at());
      assertThat(ours)
          .as(
              "web %d at %s by %s%n%s",
              seed, question.at(), question.options(), String.join("\n", web.story()))
          .containsExactlyInAnyOrderEntriesOf(theirs);
      seen.addAll(ours.values());
    }
  }

  private static String fingerprint(Gpg gpg, String name) throws IOException {
    String listed = new String(gpg.run("--with-colons", "--list-keys", "=" + name), US_ASCII);
    return listed
        .lines()
        .filter(line -> line.startsWith("fpr:"))
        .findFirst()
        .orElseThrow()
        .split(":", -1)[9];
  }

  private static Gpg copy(Gpg pool, Path target) throws IOException {
    try (var files = Files.walk(pool.home())) {
      for (Path file : files.toList()) {
        Path place = target.resolve(pool.home().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(place);
        } else if (Files.isRegularFile(file)) {
          Files.copy(file, place);
        }
      }
    }
    return Gpg.in(target, pool.now());
  }

  private static void stopAgent(Gpg gpg) throws Exception {
    new ProcessBuilder("gpgconf", "--homedir", gpg.home().toString(), "--kill", "gpg-agent")
        .start()
        .waitFor();
  }
}
