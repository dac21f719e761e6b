/** The ledger of one-time authentication keys. Follows {@code specs/PskHandover.tla}. */
@NullMarked
package org.eveproof.handover;

import org.jspecify.annotations.NullMarked;
