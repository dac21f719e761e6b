/**
 * The ledger of one-time authentication keys, and the handover from one block of them to the next.
 * Follows {@code specs/PskHandover.tla}.
 */
@NullMarked
package org.eveproof.handover;

import org.jspecify.annotations.NullMarked;
