/**
 * Reconciliation with low-density parity-check codes: Alice discloses the syndrome of her key under
 * a code that fits the error rate, and more parities for a block that Bob cannot decode yet.
 */
@NullMarked
package org.eveproof.postprocessing.ldpc;

import org.jspecify.annotations.NullMarked;
