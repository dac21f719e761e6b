/** The optical link, simulated: pulses, fibre, detectors, and Eve on the fibre. */
@NullMarked
package org.eveproof.quantum;

import org.jspecify.annotations.NullMarked;
