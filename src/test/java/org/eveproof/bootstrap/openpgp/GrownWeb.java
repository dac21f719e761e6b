package org.eveproof.bootstrap.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** A web of trust that grows at random in a home of GnuPG, by GnuPG's own commands. */
final class GrownWeb {
  private static final int DAYS = 100;

  private final Gpg gpg;
  private final SplittableRandom random;
  private final List<String> keys;
  private final List<String> story = new ArrayList<>();

  /** What is asked of a web. */
  record Question(Instant at, TrustOptions options) {}

  GrownWeb(Gpg gpg, List<String> pool, SplittableRandom random) {
    this.gpg = gpg;
    this.random = random;
    this.keys = pool;
  }

  List<String> story() {
    return story;
  }

  /** Lets things happen, one after the other, and trusts some owners. */
  void grow() throws IOException {
    int size = random.nextInt(4, keys.size() + 1);
    List<String> here = new ArrayList<>();
    for (String key : keys) {
      if (here.size() < size) {
        here.add(key);
      }
    }
    int day = 1;
    int density = random.nextInt(1, 5);
    for (String key : here) {
      if (random.nextInt(4) == 0) {
        step(
            day, "--quick-add-uid", key, "second of " + key.substring(36) + " <s@odd.example.org>");
      }
      if (random.nextInt(8) == 0) {
        step(day, "--quick-set-expire", key, random.nextInt(10, DAYS) + "d");
      }
    }
    for (String key : here) {
      day++;
      Set<String> signers = signers(here, key, density);
      if (!signers.isEmpty()) {
        sign(day, key, signers);
      }
      signers = signers(here, key, 2);
      for (String signer : signers) {
        if (random.nextInt(2) == 0) {
          trustSign(day, key, signer);
        }
      }
      if (random.nextInt(10) == 0) {
        for (String signer : signers) {
          step(day + random.nextInt(20), "--quick-revoke-sig", key, signer);
          if (random.nextInt(3) == 0) {
            sign(day + 40, key, Set.of(signer));
          }
        }
      }
    }
    for (String key : here) {
      switch (random.nextInt(16)) {
        case 0 -> revoke(key);
        case 1 ->
            step(
                day,
                "--quick-revoke-uid",
                key,
                "second of " + key.substring(36) + " <s@odd.example.org>");
        default -> {}
      }
    }
    Map<String, Integer> levels = new LinkedHashMap<>();
    for (String key : keys) {
      levels.put(key, new int[] {2, 2, 3, 4, 4, 4, 5, 5}[random.nextInt(8)]);
    }
    levels.put(random.nextInt(3) == 0 ? any(here) : here.get(0), 6);
    if (random.nextInt(4) == 0) {
      levels.put(any(here), 6);
    }
    story.add("ownertrust " + levels);
    StringBuilder lines = new StringBuilder();
    levels.forEach((key, level) -> lines.append(key).append(':').append(level).append(":\n"));
    gpg.run(List.of("--import-ownertrust"), lines.toString());
  }

  /**
   * Returns some that are to certify a key; mostly earlier ones, so that long chains come about.
   */
  private Set<String> signers(List<String> here, String key, int most) {
    int place = here.indexOf(key);
    Set<String> signers = new LinkedHashSet<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      int least = Math.max(0, place - 4);
      signers.add(
          place == 0 || random.nextInt(4) == 0
              ? any(here)
              : here.get(random.nextInt(least, place)));
    }
    signers.remove(key);
    return signers;
  }

  private String any(List<String> among) {
    return among.get(random.nextInt(among.size()));
  }

  private Gpg on(int day) {
    return gpg.at(gpg.now().plus(Duration.ofDays(day)));
  }

  private void step(int day, String... arguments) throws IOException {
    answer(day, "", arguments);
  }

  /** Does something if gpg lets it: signing for an expired key, for example, it refuses. */
  private void answer(int day, String answers, String... arguments) throws IOException {
    int exitCode = on(day).exitCode(List.of(arguments), answers);
    story.add("day " + day + " " + String.join(" ", arguments) + " -> " + exitCode);
  }

  private void sign(int day, String key, Set<String> signers) throws IOException {
    List<String> call = new ArrayList<>();
    if (random.nextInt(4) == 0) {
      call.addAll(List.of("--default-cert-expire", random.nextInt(5, DAYS) + "d"));
    }
    for (String signer : signers) {
      call.addAll(List.of("-u", signer));
    }
    call.add("--force-sign-key");
    call.add(random.nextInt(6) == 0 ? "--quick-lsign-key" : "--quick-sign-key");
    call.add(key);
    if (random.nextInt(3) == 0) {
      // One of its names only, if there are two.
      call.add(random.nextBoolean() ? "second of " : "key");
    }
    step(day, call.toArray(String[]::new));
  }

  private void trustSign(int day, String key, String signer) throws IOException {
    String listed = new String(on(day).run("--list-keys", "--with-colons", key), UTF_8);
    boolean several = listed.lines().filter(line -> line.matches("uid:[^re].*")).count() > 1;
    String answers =
        String.join(
            "\n",
            String.valueOf(random.nextInt(1, 3)),
            String.valueOf(random.nextInt(1, 4)),
            random.nextInt(4) == 0 ? "example.org" : "",
            "y",
            "");
    answer(
        day,
        (several ? "y\n" : "") + answers,
        "--command-fd",
        "0",
        "-u",
        signer,
        "--force-sign-key",
        "--edit-key",
        key,
        "tsign",
        "save");
  }

  private void revoke(String key) throws IOException {
    Path revocation = gpg.home().resolve("openpgp-revocs.d").resolve(key + ".rev");
    answer(
        random.nextInt(DAYS),
        Files.readString(revocation).replace(":-----BEGIN", "-----BEGIN"),
        "--import");
  }

  /** Returns what to ask: several instants and options. */
  List<Question> questions() {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      TrustOptions options =
          i == 0
              ? TrustOptions.DEFAULT
              : new TrustOptions(
                  random.nextInt(1, 3),
                  random.nextInt(2, 4),
                  random.nextInt(1, 6),
                  random.nextInt(3) != 0 ? TrustModel.PGP : TrustModel.CLASSIC);
      questions.add(new Question(on(random.nextInt(1, DAYS + 20)).now(), options));
    }
    return questions;
  }
}
