/** One binding for each specification: the running code, seen as states of that specification. */
@NullMarked
package org.eveproof.conformance;

import org.jspecify.annotations.NullMarked;
