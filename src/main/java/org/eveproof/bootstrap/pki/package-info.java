/**
 * The trust anchor of certificate authorities: X.509 certificates and CRLs (RFC 5280), OCSP
 * responses (RFC 6960), the files that hold them, and an authority that issues them.
 *
 * <p>A device is trusted if its chain leads to a configured root, everything on the way holds now,
 * and there is fresh word that none of it is revoked. Path validation is the library's (PKIX of
 * BouncyCastle); this package adds what the library leaves out: which algorithms may sign, what the
 * certificate is for, whose it is, and revocation that fails closed.
 */
@NullMarked
package org.eveproof.bootstrap.pki;

import org.jspecify.annotations.NullMarked;
