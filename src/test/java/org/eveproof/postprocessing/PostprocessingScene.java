package org.eveproof.postprocessing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.postprocessing.ldpc.LdpcAlice;
import org.eveproof.postprocessing.ldpc.LdpcBob;
import org.eveproof.postprocessing.ldpc.LdpcPlan;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.FibreEve;
import org.eveproof.quantum.LinkParameters;
import org.eveproof.quantum.QuantumLink;
import org.eveproof.session.Distillation;
import org.eveproof.session.DistillationPlan;

/**
 * A virtual machine that handles a secret and destroys it, and then writes out all of its memory:
 * also what nothing refers to any more. The secrets follow from a seed, so that whoever searches
 * the memory can make them anew.
 */
final class PostprocessingScene {
  private static final int BITS = 120_000;
  private static final double ERROR_RATE = 0.02;

  private static final CascadeSchedule SCHEDULE = CascadeSchedule.efficient(BITS, ERROR_RATE);
  private static final Bits SHUFFLES = Bits.ofWords(new long[] {4}, CascadeSchedule.SEED_BITS);

  private PostprocessingScene() {}

  /** What is done with the secret. */
  enum Kind {
    /** All of post-processing, both parties, by their state machines. */
    DISTILLATION,
    /** Cascade alone. */
    CASCADE,
    /** Syndromes of LDPC codes alone. */
    SYNDROMES,
    /** The verification hash and the Toeplitz hash alone. */
    HASHES,
    /** One-time keys for tags; the key is cut up into them. */
    TAGS,
    /** Bob's measurement of light. (What Alice sends is in the simulated light.) */
    LIGHT,
    /** The secret is never destroyed: what is searched for can be found. */
    FORGOTTEN
  }

  /**
   * Plays.
   *
   * @param arguments the kind, and the file for the memory
   */
  public static void main(String[] arguments) throws Exception {
    play(Kind.valueOf(arguments[0])).forEach(PostprocessingScene::destroy);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(arguments[1], false);
  }

  private static void destroy(long[] secret) {
    Arrays.fill(secret, 0);
  }

  /** Plays a scene, and returns the words of all that was secret in it. */
  static List<long[]> play(Kind kind) {
    List<long[]> secrets = new ArrayList<>();
    SecretBits alice = key(0);
    SecretBits bob = key(ERROR_RATE);
    secrets.add(alice.toWords());
    secrets.add(bob.toWords());
    if (kind != Kind.FORGOTTEN) {
      try (alice;
          bob;
          SecretBits result = play(kind, alice, bob)) {
        secrets.add(result.toWords());
        if (kind == Kind.CASCADE) {
          for (int pass = 0; pass < SCHEDULE.passes(); pass++) {
            secrets.addAll(shuffled(result, pass));
          }
        }
      }
    }
    return secrets;
  }

  private static SecretBits play(Kind kind, SecretBits alice, SecretBits bob) {
    return switch (kind) {
      case DISTILLATION -> distillation(alice, bob);
      case CASCADE -> cascade(alice, bob);
      case SYNDROMES -> syndromes(alice, bob);
      case HASHES -> hashes(alice);
      case TAGS -> tags(alice);
      case LIGHT -> light();
      case FORGOTTEN -> throw new IllegalArgumentException("nothing is played");
    };
  }

  private static SecretBits key(double errorRate) {
    SplittableRandom truth = new SplittableRandom(1);
    SplittableRandom noise = new SplittableRandom(2);
    long[] words = new long[BITS / Long.SIZE];
    for (int w = 0; w < words.length; w++) {
      words[w] = truth.nextLong();
      for (int i = 0; i < Long.SIZE; i++) {
        words[w] ^= noise.nextDouble() < errorRate ? 1L << i : 0;
      }
    }
    SecretBits key = SecretBits.ofWords(words, BITS);
    destroy(words);
    return key;
  }

  private static SecretBits distillation(SecretBits alice, SecretBits bob) {
    DistillationPlan plan =
        DistillationPlan.of(
            alice, OptionalDouble.of(0.1), 0.05, 1e-10, 1e-15, 1e-10, OptionalDouble.empty());
    try (Distillation.Result result =
        Distillation.run(plan, alice, bob, SecretRandom.simulated(new SplittableRandom(3)))) {
      SecretBits key = result.keys().orElseThrow().alice();
      return key.slice(0, key.length());
    }
  }

  private static SecretBits cascade(SecretBits alice, SecretBits bob) {
    try (CascadeAlice hers = new CascadeAlice(alice, SCHEDULE, SHUFFLES);
        CascadeBob his = new CascadeBob(bob, SCHEDULE, SHUFFLES)) {
      Optional<ParityQueries> asked = his.take(hers.open());
      while (asked.isPresent()) {
        asked = his.take(hers.answer(asked.get()));
      }
      return his.corrected();
    }
  }

  /** Returns the key as a pass has it, and the parities of its first bits. */
  private static List<long[]> shuffled(SecretBits key, int pass) {
    long[] words = key.toWords();
    long[] shuffled = SCHEDULE.shuffle(SCHEDULE.seedOf(key, SHUFFLES), pass).shuffle(words);
    destroy(words);
    long[] parities = new long[shuffled.length];
    long parity = 0;
    for (int i = 0; i < BITS; i++) {
      parities[i >>> 6] |= parity << i;
      parity ^= shuffled[i >>> 6] >>> i & 1;
    }
    return List.of(shuffled, parities);
  }

  private static SecretBits syndromes(SecretBits alice, SecretBits bob) {
    LdpcPlan plan = LdpcPlan.of(BITS, ERROR_RATE);
    LdpcAlice hers = new LdpcAlice(List.of(alice), plan);
    try (LdpcBob his = new LdpcBob(List.of(bob), plan)) {
      Optional<Bits> asked = his.take(hers.open());
      while (asked.isPresent()) {
        asked = his.take(hers.answer(asked.get()));
      }
      return his.corrected().get(0);
    }
  }

  private static SecretBits hashes(SecretBits alice) {
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(5));
    ErrorVerification verification = ErrorVerification.forEpsilon(BITS, 1e-20);
    verification.hash(alice, ErrorVerification.drawSeed(random));
    int length = BITS / 2;
    return PrivacyAmplification.amplify(
        alice, random.publicBits(PrivacyAmplification.seedBits(BITS, length)), length);
  }

  private static SecretBits light() {
    SplittableRandom random = new SplittableRandom(6);
    SecretRandom secret = SecretRandom.simulated(random);
    try (QuantumLink.Transmission run =
        QuantumLink.transmit(
            LinkParameters.ideal(BITS),
            new FibreEve.Nothing(),
            secret,
            secret,
            Chance.drivenBy(random))) {
      return run.bob().bits().slice(0, BITS);
    }
  }

  /** Returns nothing new: tags are public. */
  private static SecretBits tags(SecretBits alice) {
    long[] words = alice.toWords();
    byte[] hashKey = new byte[OneTimeKey.HASH_KEY_BYTES];
    byte[] pad = new byte[OneTimeKey.PAD_BYTES];
    MessageAuthenticator authenticator = Suite.WEGMAN_CARTER.authenticator();
    for (int w = 0; w + 4 <= words.length; w += 4) {
      ByteBuffer.wrap(hashKey).putLong(words[w]).putLong(words[w + 1]);
      ByteBuffer.wrap(pad).putLong(words[w + 2]).putLong(words[w + 3]);
      try (OneTimeKey key = new OneTimeKey(new KeyIndex(0, 0, w), hashKey, pad)) {
        byte[] message = new byte[1 + w];
        if (!authenticator.verifies(key, message, authenticator.tag(key, message))) {
          throw new IllegalStateException("the tag is wrong");
        }
      }
    }
    destroy(words);
    Arrays.fill(hashKey, (byte) 0);
    Arrays.fill(pad, (byte) 0);
    return alice.slice(0, 0);
  }
}
