/**
 * Whether the parties see Eve on the fibre: experiments with simulated light, held against theory.
 * Each measurement comes with what is expected, an exact confidence interval, and the probability
 * that it lies outside its bound by chance alone.
 */
@NullMarked
package org.eveproof.adversary.detection;

import org.jspecify.annotations.NullMarked;
