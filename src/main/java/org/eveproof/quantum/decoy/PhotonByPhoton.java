package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PulseSource;

/** The clear simulation: every photon on its way, one pulse after the other. */
public final class PhotonByPhoton {
  private final OpticalLink link;
  private final LineEve eve;
  private final Chance chance;
  private final DetectionSink sink;
  private final double[] levelHazard;

  private long onAgain;
  private boolean zeroTrap;
  private boolean oneTrap;

  private PhotonByPhoton(OpticalLink link, LineEve eve, Chance chance, DetectionSink sink) {
    this.link = link;
    this.eve = eve;
    this.chance = chance;
    this.sink = sink;
    levelHazard = new double[link.source().levels().size()];
    double rest = 1;
    for (int i = 0; i < levelHazard.length; i++) {
      double probability = link.source().levels().get(i).probability();
      levelHazard[i] = i == levelHazard.length - 1 ? 1 : Math.min(1, probability / rest);
      rest -= probability;
    }
  }

  /** Sends pulses, from detectors that are on and hold no trapped charge. */
  public static void run(
      OpticalLink link, LineEve eve, long pulses, Chance chance, DetectionSink sink) {
    PhotonByPhoton simulation = new PhotonByPhoton(link, eve, chance, sink);
    for (long pulse = 0; pulse < pulses; pulse++) {
      simulation.send(pulse);
    }
  }

  private void send(long pulse) {
    PulseSource source = link.source();
    int level = 0;
    while (!chance.happens(levelHazard[level])) {
      level++;
    }
    Basis aliceBasis = Basis.of(chance.happens(source.keyBasisProbability()));
    boolean aliceBit = chance.coin();
    sink.sent(level, aliceBasis.bit(), 1);
    if (pulse < onAgain) {
      return;
    }
    int photons = source.levels().get(level).light().draw(chance);
    Light light =
        eve.pass(Light.leaving(aliceBasis, aliceBit, photons, link.transmittance()), chance);
    Basis bobBasis = Basis.of(chance.happens(link.receiver().keyBasisProbability()));
    int pattern = clicks(light, bobBasis);
    if (pattern != 0) {
      sink.detected(
          pulse,
          Detection.code(
              Detection.setting(level, aliceBasis, aliceBit),
              Detection.entry(bobBasis, pattern, light.held()),
              pattern == Detection.BOTH && chance.coin()));
      recover(pulse, pattern);
    }
  }

  /** Returns which detectors click: 1 for that of bit 0, 2 for that of bit 1. */
  private int clicks(Light light, Basis bobBasis) {
    Receiver receiver = link.receiver();
    boolean zero = chance.happens(receiver.darkCountProbability());
    boolean one = chance.happens(receiver.darkCountProbability());
    for (int photon = 0; photon < light.photons(); photon++) {
      boolean outcome =
          light.basis() == bobBasis
              ? light.bit() != chance.happens(receiver.misalignment())
              : chance.coin();
      double sensitivity = outcome ? light.oneSensitivity() : light.zeroSensitivity();
      if (chance.happens(light.transmittance() * receiver.efficiency() * sensitivity)) {
        zero |= !outcome;
        one |= outcome;
      }
    }
    if (zeroTrap && chance.happens(receiver.afterpulseDecay())) {
      zeroTrap = false;
      zero = true;
    }
    if (oneTrap && chance.happens(receiver.afterpulseDecay())) {
      oneTrap = false;
      one = true;
    }
    return (zero ? 1 : 0) | (one ? 2 : 0);
  }

  /** Dead time, in which older traps may empty unseen, and new traps. */
  private void recover(long pulse, int pattern) {
    Receiver receiver = link.receiver();
    onAgain = pulse + 1 + receiver.deadTime();
    double survives = Math.pow(1 - receiver.afterpulseDecay(), receiver.deadTime());
    zeroTrap &= chance.happens(survives);
    oneTrap &= chance.happens(survives);
    zeroTrap |= (pattern & 1) != 0 && chance.happens(receiver.afterpulseProbability());
    oneTrap |= (pattern & 2) != 0 && chance.happens(receiver.afterpulseProbability());
  }
}
