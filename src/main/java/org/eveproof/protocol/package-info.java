/**
 * The vocabulary that every protocol package shares: who the parties are, and which action of a
 * specification a piece of code performs. The bottom layer: it depends on nothing.
 */
@NullMarked
package org.eveproof.protocol;

import org.jspecify.annotations.NullMarked;
