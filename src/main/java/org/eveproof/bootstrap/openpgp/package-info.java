/**
 * The trust anchor of the web of trust: OpenPGP certificates (RFC 4880), the files that GnuPG
 * exports them to, and GnuPG's rule of which user id of which key is valid.
 *
 * <p>Validity is a pure function of the keyring, the ownertrust, the options and the time. The
 * packets and the signatures are the library's (BouncyCastle); this package adds which signatures
 * count, as GnuPG 2.2 does it, and the sum over them.
 */
@NullMarked
package org.eveproof.bootstrap.openpgp;

import org.jspecify.annotations.NullMarked;
