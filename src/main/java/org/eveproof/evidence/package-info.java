/** What was checked, within which bounds, with which result. */
@NullMarked
package org.eveproof.evidence;

import org.jspecify.annotations.NullMarked;
