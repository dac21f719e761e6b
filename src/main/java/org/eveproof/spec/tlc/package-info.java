/**
 * What calls TLC and SANY. These classes are loaded together with TLC in a class loader for each
 * specification (see {@code SpecOracle}), so nothing outside may refer to them by name.
 */
@NullMarked
package org.eveproof.spec.tlc;

import org.jspecify.annotations.NullMarked;
