/** What Eve does, with real bytes. */
@NullMarked
package org.eveproof.adversary;

import org.jspecify.annotations.NullMarked;
