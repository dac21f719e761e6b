/**
 * What key rate to expect of a link: an analytic model of fibre and detectors, and the choice of
 * intensities and probabilities that is best for it, for each of the length formulas.
 */
@NullMarked
package org.eveproof.postprocessing.keyrate;

import org.jspecify.annotations.NullMarked;
