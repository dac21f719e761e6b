package org.eveproof.postprocessing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.eveproof.authentication.FixedOneTimeKeys;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.postprocessing.ldpc.LdpcPlan;
import org.eveproof.postprocessing.ldpc.LdpcTrial;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * The loops that a virtual machine compiles to vectors, again and again on the same input: once
 * compiled they must say what they said when they were interpreted. The C2 of JDK 25.0.3 has been
 * seen to get products of longs wrong.
 */
final class CompiledKernels {
  private static final SecretRandom RANDOM = SecretRandom.simulated(new SplittableRandom(3));
  private static final Bits KEY = RANDOM.publicBits(65_536);

  private CompiledKernels() {}

  /**
   * Runs the loops.
   *
   * @param arguments number of rounds; and a loop whose last result is to be falsified, if any
   */
  public static void main(String[] arguments) {
    Map<String, Supplier<Object>> loops = new TreeMap<>();
    Bits amplificationSeed = RANDOM.publicBits(65_536 + 30_000 - 1);
    loops.put(
        "amplification",
        () -> {
          try (SecretBits key = SecretBits.copyOf(KEY);
              SecretBits secret = PrivacyAmplification.amplify(key, amplificationSeed, 30_000)) {
            return List.of(Bits.fromBytes(secret.toBytes(), 30_000));
          }
        });
    Bits hashSeed = ErrorVerification.drawSeed(RANDOM);
    loops.put(
        "verification",
        () -> {
          try (SecretBits key = SecretBits.copyOf(KEY)) {
            return new ErrorVerification(128).hash(key, hashSeed);
          }
        });
    byte[] secret = "a secret of thirty-two bytes....".getBytes(StandardCharsets.US_ASCII);
    loops.put(
        "tag",
        () -> {
          try (FixedOneTimeKeys keys = new FixedOneTimeKeys(Party.ALICE, secret, 1);
              OneTimeKey key = keys.take().orElseThrow()) {
            return Bits.fromBytes(new WegmanCarter().tag(key, KEY.toBytes()), 128);
          }
        });
    Bits coins = RANDOM.publicBits(65_536);
    Bits wrong = Bits.of(65_536, i -> i % 41 == 0 && coins.get(i));
    loops.put("cascade", () -> corrected(wrong, false));
    loops.put("selection", () -> List.of(KEY.select(coins), KEY.select(coins).spread(coins)));
    loops.put("ldpc", () -> corrected(wrong, true));
    int rounds = Integer.parseInt(arguments[0]);
    boolean same = true;
    for (Map.Entry<String, Supplier<Object>> loop : loops.entrySet()) {
      Object first = loop.getValue().get();
      for (int round = 1; round < rounds && same; round++) {
        boolean falsified =
            arguments.length > 1 && loop.getKey().equals(arguments[1]) && round == rounds - 1;
        Object again = falsified ? "false" : loop.getValue().get();
        if (!first.equals(again)) {
          System.out.println(loop.getKey() + " differs in round " + round);
          same = false;
        }
      }
    }
    System.exit(same ? 0 : 1);
  }

  private static Object corrected(Bits wrong, boolean ldpc) {
    SecretRandom random = SecretRandom.simulated(new SplittableRandom(4));
    try (SecretBits alice = SecretBits.copyOf(KEY);
        SecretBits bob = SecretBits.copyOf(KEY.xor(wrong));
        ReconciliationTrial trial =
            ldpc
                ? LdpcTrial.run(
                    List.of(alice),
                    List.of(bob),
                    LdpcPlan.of(65_536, 0.0125),
                    new ErrorVerification(64),
                    random)
                : CascadeTrial.run(
                    List.of(alice),
                    List.of(bob),
                    CascadeSchedule.efficient(65_536, 0.0125),
                    new ErrorVerification(64),
                    random)) {
      return List.of(trial.parityBits(), trial.corrected().get(0).sameAs(alice));
    }
  }
}
