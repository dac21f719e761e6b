/** The command line: thin commands over the other packages. */
@NullMarked
package org.eveproof.cli;

import org.jspecify.annotations.NullMarked;
