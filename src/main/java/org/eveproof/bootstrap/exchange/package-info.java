/**
 * Key establishment in a bootstrap whose credentials sign: X25519 (RFC 7748), ML-KEM-768 (FIPS 203)
 * and both together give the first authentication keys. It authenticates nobody: the proofs of
 * {@code AuthBootstrap} cover the shares.
 */
@NullMarked
package org.eveproof.bootstrap.exchange;

import org.jspecify.annotations.NullMarked;
