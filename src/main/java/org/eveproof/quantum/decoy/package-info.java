/**
 * BB84 as it is run with lasers: weak pulses of several intensities, biased bases, a fibre,
 * detectors with all their noise, and Eve on the fibre, who may count photons.
 *
 * <p>{@link org.eveproof.quantum.decoy.PhotonByPhoton} is the clear simulation, {@link
 * org.eveproof.quantum.decoy.PackedPulses} the fast one, and {@link
 * org.eveproof.quantum.decoy.ExpectedRates} what both must agree with. What they yield are counts,
 * no secret bits, and their randomness is a {@link org.eveproof.quantum.Chance}, from which no key
 * can be drawn.
 *
 * <p>Outside the model: attacks that take control of the detectors (blinding with bright light), or
 * that look into the devices (Trojan horses), imperfect phase randomisation, and states that are
 * not prepared exactly. Against those stand the devices, not the protocol.
 */
@NullMarked
package org.eveproof.quantum.decoy;

import org.jspecify.annotations.NullMarked;
