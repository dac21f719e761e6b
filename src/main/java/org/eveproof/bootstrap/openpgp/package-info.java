/**
 * The trust anchor of the web of trust: OpenPGP certificates (RFC 4880), the files that GnuPG
 * exports them to, and GnuPG's rule of which user id of which key is valid.
 *
 * <p>Validity is a pure function of the keyring, the ownertrust, the options and the time. The
 * packets and the signatures are the library's (BouncyCastle); this package adds which signatures
 * count, as GnuPG 2.2 does it, and the sum over them.
 *
 * <p>A device proves itself in the handshake with a plain signature under its OpenPGP key. That
 * cannot pass for an OpenPGP signature, nor the other way round. An OpenPGP signature hashes what
 * is signed and a trailer, and signs the hash: Ed25519 keys sign the digest as their message, of 20
 * to 64 bytes, shorter than any message of the handshake; RSA keys sign it with PKCS #1 v1.5, where
 * the handshake uses PSS. With ECDSA the two differ in what is hashed alone: certifications and
 * bindings begin with 0x99, the handshake's messages with a label of this project; only an owner
 * who signs, as a document, bytes of Eve's choosing that begin with that label, while the handshake
 * waits, could be abused. So a key that signs documents of others' choosing is a poor choice: a
 * subkey for authentication (flag 0x20) alone signs none.
 */
@NullMarked
package org.eveproof.bootstrap.openpgp;

import org.jspecify.annotations.NullMarked;
