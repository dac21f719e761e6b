/**
 * The matrix of {@code RecordNowDecryptLater} as the specification has it, read off its reachable
 * states, to be held against the one of the running code.
 */
@NullMarked
package org.eveproof.conformance.rndl;

import org.jspecify.annotations.NullMarked;
