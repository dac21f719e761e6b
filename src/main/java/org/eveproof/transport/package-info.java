/**
 * Channels that carry frames between two processes or inside one; the place where an adversary
 * sits.
 */
@NullMarked
package org.eveproof.transport;

import org.jspecify.annotations.NullMarked;
