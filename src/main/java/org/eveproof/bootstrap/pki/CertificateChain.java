package org.eveproof.bootstrap.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.bootstrap.OwnCredential;

/**
 * What a device shows: its own certificate first, then those of the authorities above it.
 *
 * <p>Encoded as each certificate in DER behind its length in four bytes, big-endian. There is one
 * encoding of a chain.
 *
 * @param certificates at least one
 */
public record CertificateChain(List<X509CertificateHolder> certificates) {
  /** Greatest number of certificates that a device may show. */
  public static final int MAX_CERTIFICATES = 8;

  /** Copies the list. */
  public CertificateChain {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least one certificate");
    }
  }

  /** Returns the certificate of the device itself. */
  public X509CertificateHolder endEntity() {
    return certificates.get(0);
  }

  /** Returns the bytes to show. They may be more than {@link #decode} accepts. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (X509CertificateHolder certificate : certificates) {
      byte[] der = der(certificate);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(der.length).array());
      bytes.writeBytes(der);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what a device shows.
   *
   * @param shown bytes that anybody may have made
   * @return empty if this is not the encoding of 1 to {@value #MAX_CERTIFICATES} certificates, or
   *     longer than {@link OwnCredential#MAX_BYTES}
   */
  public static Optional<CertificateChain> decode(byte[] shown) {
    if (shown.length > OwnCredential.MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer rest = ByteBuffer.wrap(shown);
    List<X509CertificateHolder> certificates = new ArrayList<>();
    while (rest.remaining() >= Integer.BYTES && certificates.size() < MAX_CERTIFICATES) {
      int length = rest.getInt();
      if (length <= 0 || length > rest.remaining()) {
        return Optional.empty();
      }
      byte[] der = new byte[length];
      rest.get(der);
      Optional<X509CertificateHolder> certificate = certificate(der);
      if (certificate.isEmpty()) {
        return Optional.empty();
      }
      certificates.add(certificate.get());
    }
    if (certificates.isEmpty() || rest.hasRemaining()) {
      return Optional.empty();
    }
    return Optional.of(new CertificateChain(certificates));
  }

  /** Returns the certificate of these bytes; empty if they are none, or not its DER. */
  static Optional<X509CertificateHolder> certificate(byte[] der) {
    try {
      X509CertificateHolder certificate = new X509CertificateHolder(der);
      return MessageDigest.isEqual(der, der(certificate))
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  /** Returns a certificate in DER. */
  static byte[] der(X509CertificateHolder certificate) {
    try {
      return certificate.toASN1Structure().getEncoded(ASN1Encoding.DER);
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }
}
