package org.eveproof.bench;

import java.util.List;
import java.util.Map;
import org.eveproof.quantum.PulseSource;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PackedPulses;
import org.eveproof.quantum.decoy.PhotonByPhoton;
import org.eveproof.quantum.decoy.PhysicsRandom;
import org.eveproof.quantum.decoy.Tallies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A million pulses over a fibre of 10 dB, counted. The baseline is the clear simulation, photon by
 * photon.
 */
@State(Scope.Benchmark)
public class SimulationBenchmark implements Stage {
  private static final int PULSES = 1_000_000;

  /**
   * Single photons, fair bases and ideal detectors; or three intensities, biased bases, an
   * efficiency of 20 %, dark counts and misalignment.
   */
  @Param({"single-photons", "decoys"})
  public String light = "";

  private OpticalLink link = OpticalLink.ideal();
  private PackedPulses packed = new PackedPulses(link, new LineEve.Nobody());
  private PhysicsRandom random = new PhysicsRandom(1);

  /** Builds the link. */
  @Setup
  public void build() {
    link =
        light.equals("decoys")
            ? new OpticalLink(
                PulseSource.weakPulses(List.of(0.5, 0.1, 2e-4), List.of(0.7, 0.2, 0.1), 0.9),
                10,
                new Receiver(0.2, 1e-5, 0.01, 0, 0, 1, 0.9))
            : new OpticalLink(PulseSource.singlePhotons(), 10, Receiver.ideal());
    packed = new PackedPulses(link, new LineEve.Nobody());
    random = new PhysicsRandom(1);
  }

  /** 64 pulses in a word. */
  @Benchmark
  public Tallies packed() {
    Tallies tallies = new Tallies();
    packed.run(PULSES, random, tallies);
    return tallies;
  }

  /** The naive baseline. */
  @Benchmark
  public Tallies clear() {
    Tallies tallies = new Tallies();
    PhotonByPhoton.run(link, new LineEve.Nobody(), PULSES, random, tallies);
    return tallies;
  }

  @Override
  public String name() {
    return "simulation";
  }

  @Override
  public List<Class<?>> classes() {
    return List.of(SimulationBenchmark.class);
  }

  @Override
  public Map<String, Double> demands() {
    return Map.of(
        "300 million/s", RecordedSpeeds.milliseconds(PULSES, 300),
        "150 million/s", RecordedSpeeds.milliseconds(PULSES, 150));
  }

  @Override
  public List<Bar> bars() {
    return List.of(
        new Bar("packed:single-photons", "300 million/s", 1),
        new Bar("packed:decoys", "150 million/s", 1),
        new Bar("packed:single-photons", "clear:single-photons", 10),
        new Bar("packed:decoys", "clear:decoys", 20));
  }
}
