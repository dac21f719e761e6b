package org.eveproof.session;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Methods;
import org.eveproof.handover.LedgerRules;
import org.eveproof.handover.RoleSplit;
import org.eveproof.postprocessing.CascadeReconciliation;
import org.eveproof.postprocessing.CascadeSchedule;
import org.eveproof.postprocessing.EpsilonBudget;
import org.eveproof.postprocessing.ErrorVerification;
import org.eveproof.postprocessing.FiniteKeyRule;
import org.eveproof.postprocessing.Reconciliation;
import org.eveproof.postprocessing.SampleRule;
import org.eveproof.postprocessing.finitekey.FixedLength;
import org.eveproof.postprocessing.ldpc.LdpcPlan;
import org.eveproof.postprocessing.ldpc.LdpcReconciliation;
import org.eveproof.protocol.Party;
import org.eveproof.quantum.LinkParameters;

/**
 * How a link is run; all of it is public.
 *
 * @param methods that this end allows: how the first keys are made, how messages are authenticated
 * @param rounds number of exchanges, at least 1
 * @param optics the simulated optical link; its number of pulses is that of each round
 * @param syndromes whether keys are reconciled by LDPC codes where these can, instead of Cascade
 * @param sampleFraction share of the sifted bits that is compared in public, in (0, 1); with decoys
 *     it is all bits of one basis instead
 * @param errorLimit greatest error rate of the sample that is tolerated, 0 to 0.5
 * @param secrecyEpsilon how far each key may be from a perfectly secret one, in (0, 1)
 * @param correctnessEpsilon chance that the parties' keys differ unnoticed, in (0, 1)
 * @param blockKeys least number of one-time keys of each direction that a round gives to the ledger
 *     if its key is long enough; 0 to give it none
 */
public record LinkSettings(
    Methods methods,
    int rounds,
    LinkParameters optics,
    boolean syndromes,
    double sampleFraction,
    double errorLimit,
    double secrecyEpsilon,
    double correctnessEpsilon,
    int blockKeys) {

  /** A run of Cascade on a million bits takes some tens of batches; nobody needs more than this. */
  private static final int MAX_BATCHES = 400;

  /** What reconciliation may disclose over n·h(e) where the length is fixed beforehand. */
  private static final double CASCADE_EFFICIENCY = 1.2;

  /** The same over the first message of LDPC, which is made for a rate that is taken too high. */
  private static final double LDPC_EXCESS = 1.25;

  /** Shorter keys go by Cascade: blocks of LDPC would be filled up too far, and decode worse. */
  private static final int LDPC_LEAST_BITS = 1 << 15;

  /** One-time keys of each direction that the bootstrap is expanded into. */
  static final int FIRST_KEYS = 1024;

  /** Keys of each block that only the refill may use when the others are gone. */
  private static final int SPARE_KEYS = 4;

  /** With fewer ordinary keys than this an alarm is due. */
  private static final int LOW_WATER = 64;

  /** So often may a frame be damaged on the way and come again, before its key is burnt. */
  private static final int MAX_ATTEMPTS = 64;

  private static final int PAIR_BYTES = RoleSplit.leastBytes(2) - RoleSplit.leastBytes(1);

  /** What a round needs in each direction besides its parities, with something to spare. */
  private static final int OTHER_MESSAGES = 16;

  /** Checks what the parts do not check. */
  public LinkSettings {
    if (rounds < 1 || blockKeys < 0) {
      throw new IllegalArgumentException("rounds=" + rounds + ", blockKeys=" + blockKeys);
    }
  }

  /** Returns the settings that the command line starts from. */
  public static LinkSettings standard(Methods methods, int rounds, LinkParameters optics) {
    return new LinkSettings(methods, rounds, optics, false, 0.1, 0.05, 1e-10, 1e-15, 256);
  }

  /** Returns the parameters of each exchange. */
  ExchangeParameters exchange() {
    return new ExchangeParameters(
        optics.source().levels().size(),
        hasDecoys() ? new SampleRule.TestBasis() : SampleRule.RandomSubset.share(sampleFraction),
        errorLimit,
        this::reconciliation,
        MAX_BATCHES,
        verification(),
        new LengthRule.Fixed(acceptance()));
  }

  private boolean hasDecoys() {
    return optics.source().levels().size() > 1;
  }

  /**
   * Returns how a key is reconciled. A syndrome is made for one error rate, and that of the key is
   * known from the sample only: it is taken a standard deviation higher.
   */
  private Reconciliation reconciliation(int keyBits, double errorRate) {
    double key = optics.source().keyBasisProbability();
    double sampled =
        hasDecoys() ? keyBits * (1 - key) * (1 - key) / (key * key) : keyBits * sampleFraction;
    double expected = errorRate + Math.sqrt(errorRate / sampled);
    return (syndromes && keyBits >= LDPC_LEAST_BITS
            ? LdpcReconciliation.of(keyBits, expected)
            : Optional.<Reconciliation>empty())
        .orElseGet(() -> new CascadeReconciliation(CascadeSchedule.wide(keyBits, errorRate)));
  }

  /** Returns the length that each key has, and what a round must show for it. */
  public FixedLength acceptance() {
    DoubleUnaryOperator efficiency =
        syndromes
            ? errorRate -> LDPC_EXCESS * LdpcPlan.opening(errorRate)
            : errorRate -> CASCADE_EFFICIENCY;
    int verificationBits = verification().tagBits();
    return hasDecoys()
        ? Acceptance.ofDecoys(
            optics, secrecyEpsilon, correctnessEpsilon, efficiency, verificationBits)
        : Acceptance.ofSample(
            optics,
            sampleFraction,
            FiniteKeyRule.of(errorLimit, secrecyEpsilon, correctnessEpsilon),
            efficiency,
            verificationBits);
  }

  /** Returns whether an honest round is expected to make a key. */
  public boolean promisesKey() {
    return acceptance().secretBits() > 0 && Acceptance.sampleErrorRate(optics) <= errorLimit;
  }

  private ErrorVerification verification() {
    return ErrorVerification.forEpsilon(
        optics.pulses(), Math.min(correctnessEpsilon, ErrorVerification.MOST_EPSILON));
  }

  /**
   * Returns what is claimed of the key of a round, fixed before the round begins.
   *
   * <p>Authentication counts every attempt that Eve can make in a round, whatever message she
   * offers and whichever key she names: {@value #MAX_ATTEMPTS} under each one-time key that an end
   * may hold, which are those of two blocks and both directions. It rests on theorems for {@link
   * org.eveproof.authentication.Suite#WEGMAN_CARTER}, and on what is believed of the others.
   *
   * @param authenticator of the messages of the round
   */
  public EpsilonBudget epsilon(MessageAuthenticator authenticator) {
    long attempts = 2L * Party.values().length * RoleSplit.MAX_KEYS * MAX_ATTEMPTS;
    return new EpsilonBudget(
        correctnessEpsilon,
        secrecyEpsilon,
        Math.min(1, attempts * authenticator.forgeryBound(maxFrameBytes())),
        verification().epsilon(optics.pulses()));
  }

  /**
   * Returns how many bits of key the tags of a round take, a one-time key each (the hash keys of a
   * block, which are two, are not counted); none if its messages are signed.
   *
   * @param messages of both directions
   */
  static long authenticationBits(MessageAuthenticator authenticator, int messages) {
    return authenticator.suite() == Suite.SIGNATURE
        ? 0
        : (long) messages * PAIR_BYTES / Party.values().length * Byte.SIZE;
  }

  /** Returns the rules of the ledger that a link with these settings stands on. */
  public LedgerRules ledger(MessageAuthenticator authenticator) {
    return new LedgerRules(authenticator, SPARE_KEYS, MAX_ATTEMPTS, LOW_WATER);
  }

  /**
   * Returns how many one-time keys of each direction a round gives to the ledger: enough for two
   * rounds like this one, as long as a quarter of the key is left to the application.
   *
   * @param keyBits length of the round's secret key
   * @param batches messages with parities that the round took
   * @return 0 if the key cannot pay for another round: then the block in use is kept
   */
  int keysForLedger(int keyBits, int batches) {
    int wanted = Math.max(blockKeys, 2 * (batches + OTHER_MESSAGES));
    int bytes = keyBits / Byte.SIZE;
    int affordable = (bytes - bytes / 4 - RoleSplit.leastBytes(1)) / PAIR_BYTES;
    int keys = Math.min(wanted, affordable);
    return blockKeys == 0 || keys < batches + OTHER_MESSAGES ? 0 : keys;
  }

  /** Returns what both parties must agree on, in words. */
  String agreement() {
    return "rounds="
        + rounds
        + " pulses="
        + optics.pulses()
        + " sample="
        + sampleFraction
        + " qber-limit="
        + errorLimit
        + " secrecy="
        + secrecyEpsilon
        + " correctness="
        + correctnessEpsilon
        + " refill="
        + blockKeys
        + (syndromes ? " reconciliation=ldpc" : "")
        + " light="
        + light();
  }

  /** Returns all that the fixed length of a key rests on, in words. */
  private String light() {
    return (hasDecoys()
            ? Acceptance.source(optics.source()).intensities()
                + " keyBasis="
                + optics.source().keyBasisProbability()
            : "single")
        + " transmittance="
        + optics.transmittance()
        + " efficiency="
        + optics.receiver().efficiency()
        + " dark="
        + optics.receiver().darkCountProbability()
        + " misalignment="
        + optics.receiver().misalignment()
        + " dead-time="
        + optics.receiver().deadTime()
        + " afterpulses="
        + optics.receiver().afterpulseProbability()
        + " afterpulse-decay="
        + optics.receiver().afterpulseDecay();
  }

  /** Returns the greatest length of a frame on the classical channel, in bytes. */
  public int maxFrameBytes() {
    // The largest message has a bit for each pulse, and a few for each detected one.
    return Math.toIntExact(Math.min(Frame.MAX_BYTES, (1L << 20) + optics.pulses()));
  }
}
