package org.eveproof.cli;

import java.util.function.BiFunction;
import org.eveproof.quantum.decoy.LineEve;
import org.eveproof.quantum.decoy.OpticalLink;

/**
 * What is on the fibre of a run with decoys.
 *
 * @param title for people
 * @param fraction share of the pulses that are attacked, 0 to 1
 * @param eve for a link and a share
 * @param covered whether the length of the key takes account of it, so that the decoys must not
 *     promise more bits than Eve does not have
 */
record LightAttack(
    String title, double fraction, BiFunction<OpticalLink, Double, LineEve> eve, boolean covered) {}
