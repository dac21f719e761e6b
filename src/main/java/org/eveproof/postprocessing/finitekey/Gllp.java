package org.eveproof.postprocessing.finitekey;

import org.eveproof.postprocessing.FiniteKeyRule;

/**
 * The key rate of BB84 with weak pulses for endless data, to compare finite ones with:
 *
 * <pre>
 *   R = q ( −Q_μ f h(E_μ) + Q_1 (1 − h(e_1)) ),   Q_1 = Y_1 μ e^−μ
 * </pre>
 *
 * @param signal μ, mean photon number of the signal, above 0
 * @param efficiency f, what error correction discloses over n·h(E), at least 1
 * @param siftedShare q, share of the pulses whose bases agree; 1/2 for fair bases, in (0, 1]
 * @see <a href="https://arxiv.org/abs/quant-ph/0212066">Gottesman, Lo, Lütkenhaus and Preskill,
 *     Security of quantum key distribution with imperfect devices (2004)</a>
 * @see <a href="https://doi.org/10.1103/PhysRevA.72.012326">Ma, Qi, Zhao and Lo, Practical decoy
 *     state for quantum key distribution, Phys. Rev. A 72, 012326 (2005)</a>
 */
public record Gllp(double signal, double efficiency, double siftedShare) {

  /**
   * How pulses of one intensity fare.
   *
   * @param gain Q, share of the pulses that are detected, 0 to 1
   * @param errorGain E·Q, share of the pulses that are detected as the wrong bit, 0 to {@code gain}
   */
  public record Gain(double gain, double errorGain) {
    /** Checks the ranges. */
    public Gain {
      if (!(gain >= 0 && gain <= 1 && errorGain >= 0 && errorGain <= gain)) {
        throw new IllegalArgumentException("gain=" + gain + ", errorGain=" + errorGain);
      }
    }

    /** Returns E, the share of errors among the detections; 0 if there are none. */
    public double errorRate() {
      return gain == 0 ? 0 : errorGain / gain;
    }
  }

  /**
   * How single photons fare.
   *
   * @param yield Y_1, share that is detected, at least 0
   * @param errorRate e_1, share of errors among these, 0 to 1/2
   */
  public record SinglePhotons(double yield, double errorRate) {
    /** Checks the ranges. */
    public SinglePhotons {
      if (!(yield >= 0 && errorRate >= 0 && errorRate <= 0.5)) {
        throw new IllegalArgumentException("yield=" + yield + ", errorRate=" + errorRate);
      }
    }
  }

  /** Checks the ranges. */
  public Gllp {
    if (!(signal > 0 && efficiency >= 1 && siftedShare > 0 && siftedShare <= 1)) {
      throw new IllegalArgumentException(
          "signal=" + signal + ", efficiency=" + efficiency + ", siftedShare=" + siftedShare);
    }
  }

  /** Returns R, in bits for each pulse; negative if there is no key. */
  public double rate(Gain gain, SinglePhotons singles) {
    double singleGain = singles.yield() * signal * Math.exp(-signal);
    return siftedShare
        * (singleGain * (1 - FiniteKeyRule.binaryEntropy(singles.errorRate()))
            - gain.gain() * efficiency * FiniteKeyRule.binaryEntropy(gain.errorRate()));
  }

  /**
   * Bounds single photons by a weak decoy and the vacuum: Y_1 from below, e_1 from above.
   *
   * @param signalGain at μ
   * @param weak ν, 0 &lt; ν &lt; μ
   * @param weakGain at ν
   * @param background Y_0, share of empty pulses that are detected, 0 to 1
   * @throws IllegalArgumentException if ν is not between 0 and μ: the bounds do not hold then,
   *     although they can be computed
   */
  public SinglePhotons vacuumAndWeak(
      Gain signalGain, double weak, Gain weakGain, double background) {
    if (!(weak > 0 && weak < signal)) {
      throw new IllegalArgumentException("the decoy " + weak + " must lie between 0 and " + signal);
    }
    double squares = weak * weak / (signal * signal);
    double yield =
        signal
            / (signal * weak - weak * weak)
            * (weakGain.gain() * Math.exp(weak)
                - signalGain.gain() * Math.exp(signal) * squares
                - (1 - squares) * background);
    if (!(yield > 0)) {
      return new SinglePhotons(0, 0.5);
    }
    double errors = (weakGain.errorGain() * Math.exp(weak) - background / 2) / (yield * weak);
    return new SinglePhotons(yield, Math.min(0.5, Math.max(0, errors)));
  }
}
