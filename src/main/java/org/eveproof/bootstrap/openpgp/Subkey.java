package org.eveproof.bootstrap.openpgp;

import java.util.List;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;

/**
 * A subkey of a certificate.
 *
 * @param key itself
 * @param signatures on it, in the order of the file
 */
record Subkey(PGPPublicKey key, List<PGPSignature> signatures) {}
