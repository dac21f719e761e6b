/** The running site: one thread that lets the roles decide, and the wire to the other site. */
@NullMarked
package org.eveproof.delivery.service;

import org.jspecify.annotations.NullMarked;
