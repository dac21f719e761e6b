/**
 * The interface between a KME and its SAEs: ETSI GS QKD 014 V1.1.1 (2019-02), REST over HTTPS with
 * mutual authentication.
 */
@NullMarked
package org.eveproof.delivery.etsi014;

import org.jspecify.annotations.NullMarked;
