package org.eveproof.quantum.decoy;

/** Takes what a simulation yields. */
public interface DetectionSink {
  /**
   * Some pulses were sent.
   *
   * @param level index of their intensity
   * @param keyBasis whether they were in X
   */
  void sent(int level, boolean keyBasis, long pulses);

  /**
   * A detector clicked. Called in the order of time.
   *
   * @param pulse number of the pulse, from 0
   * @param code the {@link Detection}
   */
  void detected(long pulse, int code);
}
