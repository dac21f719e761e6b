/**
 * How much secret key finite data are worth: pure functions from counts to bits. Two decoys (Lim et
 * al. 2014), one decoy (Rusca et al. 2018) and, to compare with, the limit of endless data (GLLP).
 * Single photons (Tomamichel et al. 2012) are {@link org.eveproof.postprocessing.FiniteKeyRule}.
 *
 * <p>Logarithms: deviations take the natural one, entropies and constants that of base 2.
 */
@NullMarked
package org.eveproof.postprocessing.finitekey;

import org.jspecify.annotations.NullMarked;
