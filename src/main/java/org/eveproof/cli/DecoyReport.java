package org.eveproof.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eveproof.adversary.detection.DecoyExperiment;
import org.eveproof.adversary.detection.DecoyExperiment.Row;
import org.eveproof.adversary.detection.DecoyExperiment.Worth;
import org.eveproof.quantum.Receiver;
import org.eveproof.quantum.decoy.OpticalLink;
import org.eveproof.quantum.decoy.PhysicsRandom;

/**
 * What a run with decoys came to.
 *
 * @param attack what was on the fibre
 * @param experiment the run
 * @param seed of the simulation
 * @param result what was found
 */
record DecoyReport(
    LightAttack attack, DecoyExperiment experiment, long seed, DecoyExperiment.Result result) {

  boolean holds() {
    return result.agrees() && (!attack.covered() || result.key().promiseHolds());
  }

  String text() {
    OpticalLink link = experiment.link();
    Receiver receiver = link.receiver();
    Worth key = result.key();
    List<String> lines = new ArrayList<>();
    lines.add(
        MeasurementLines.line(
            "%s; %,d pulses; seed %d, %s",
            attack.title(), experiment.pulses(), seed, PhysicsRandom.NAME));
    lines.add(
        MeasurementLines.line(
            "link: %.4g dB, detector efficiency %.4g, dark counts %.4g, misalignment %.4g,"
                + " afterpulses %.4g, dead time %d gates, detectors on in %.4g of the gates",
            link.lossDecibels(),
            receiver.efficiency(),
            receiver.darkCountProbability(),
            receiver.misalignment(),
            receiver.afterpulseProbability(),
            receiver.deadTime(),
            result.live()));
    lines.add("Eve: " + experiment.eve());
    lines.add(MeasurementLines.HEAD);
    for (Row row : result.rows()) {
      lines.add(MeasurementLines.row(row.gain()));
    }
    for (Row row : result.rows()) {
      lines.add(MeasurementLines.row(row.errorRate()));
    }
    lines.add(MeasurementLines.row(result.held()));
    lines.add(
        MeasurementLines.line(
            "bounds: chance alone breaks one of them with at most %s", experiment.falseAlarm()));
    lines.add("");
    lines.add(
        MeasurementLines.line(
            "key's basis: %,d bits; Eve has %,d of them, and not %,d",
            key.siftedBits(), key.heldBits(), key.unknownBits()));
    lines.add(
        MeasurementLines.line(
            "decoys show at least %,.0f bits of single photons and %,.0f of none, phase errors at"
                + " most %.4g%s",
            key.bounds().singles(),
            key.bounds().vacuum(),
            key.bounds().phaseError(),
            key.promiseHolds() ? "" : ": MORE THAN EVE DOES NOT HAVE"));
    lines.add(
        MeasurementLines.line(
            "secret length with decoys (Lim et al. 2014): %,d bits", key.secretBits()));
    lines.add(
        MeasurementLines.line(
            "what a formula for single photons would call secret: %,d bits", key.trustingBits()));
    return String.join(System.lineSeparator(), lines);
  }

  Map<String, Object> document() {
    OpticalLink link = experiment.link();
    Receiver receiver = link.receiver();
    Worth key = result.key();
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("holds", holds());
    root.put("agrees", result.agrees());
    root.put("attack", attack.title());
    root.put("fraction", attack.fraction());
    root.put("pulses", experiment.pulses());
    root.put("seed", seed);
    root.put("generator", PhysicsRandom.NAME);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("lossDecibels", link.lossDecibels());
    shown.put("detectorEfficiency", receiver.efficiency());
    shown.put("darkCountProbability", receiver.darkCountProbability());
    shown.put("misalignment", receiver.misalignment());
    shown.put("afterpulseProbability", receiver.afterpulseProbability());
    shown.put("afterpulseDecay", receiver.afterpulseDecay());
    shown.put("deadTimeGates", receiver.deadTime());
    shown.put("live", result.live());
    root.put("link", shown);
    root.put("rows", result.rows().stream().map(DecoyReport::document).toList());
    root.put("held", MeasurementLines.document(result.held()));
    root.put("siftedBits", key.siftedBits());
    root.put("heldBits", key.heldBits());
    root.put("leastVacuum", key.bounds().vacuum());
    root.put("leastSingles", key.bounds().singles());
    root.put("greatestPhaseError", key.bounds().phaseError());
    root.put("promiseHolds", key.promiseHolds());
    root.put("leakedBits", key.leakedBits());
    root.put("secretBits", key.secretBits());
    root.put("singlePhotonFormulaBits", key.trustingBits());
    return root;
  }

  private static Map<String, Object> document(Row row) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("intensity", row.level() + 1);
    shown.put("basis", row.basis().name());
    shown.put("gain", MeasurementLines.document(row.gain()));
    shown.put("errorRate", MeasurementLines.document(row.errorRate()));
    return shown;
  }
}
