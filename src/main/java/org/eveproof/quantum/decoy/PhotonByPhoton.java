package org.eveproof.quantum.decoy;

import org.eveproof.quantum.Basis;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.DetectorMemory;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;

/** The clear simulation: every photon on its way, one pulse after the other. */
public final class PhotonByPhoton {
  private final OpticalLink link;
  private final LineEve eve;
  private final Chance chance;
  private final DetectionSink sink;
  private final double[] levelHazard;
  private final DetectorMemory memory;

  private PhotonByPhoton(OpticalLink link, LineEve eve, Chance chance, DetectionSink sink) {
    this.link = link;
    this.eve = eve;
    this.chance = chance;
    this.sink = sink;
    memory = new DetectorMemory(link.receiver(), chance);
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
    if (!memory.isOn(pulse)) {
      return;
    }
    int photons = source.levels().get(level).light().draw(chance);
    Light light =
        eve.pass(Light.leaving(aliceBasis, aliceBit, photons, link.transmittance()), chance);
    Basis bobBasis = Basis.of(chance.happens(link.receiver().keyBasisProbability()));
    int pattern = memory.clicks(pulse, seen(light, bobBasis));
    if (pattern != 0) {
      sink.detected(
          pulse,
          Detection.code(
              Detection.setting(level, aliceBasis, aliceBit),
              Detection.entry(bobBasis, pattern, light.held()),
              pattern == Detection.BOTH && chance.coin()));
    }
  }

  /** Returns which detectors see a photon or click by themselves: 1 for bit 0, 2 for bit 1. */
  private int seen(Light light, Basis bobBasis) {
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
    return (zero ? 1 : 0) | (one ? 2 : 0);
  }
}
