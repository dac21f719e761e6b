/**
 * From detections to secret key: sifting, parameter estimation, reconciliation, verification,
 * privacy amplification, and the length of key that is left.
 */
@NullMarked
package org.eveproof.postprocessing;

import org.jspecify.annotations.NullMarked;
