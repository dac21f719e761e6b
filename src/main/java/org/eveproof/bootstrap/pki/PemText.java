package org.eveproof.bootstrap.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.eveproof.authentication.SigningKey;

/** Writes PEM (RFC 7468). */
public final class PemText {
  private PemText() {}

  /** Returns certificates, one block each, in this order. */
  public static byte[] certificates(List<X509CertificateHolder> certificates) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (X509CertificateHolder certificate : certificates) {
      all.writeBytes(block("CERTIFICATE", CertificateChain.der(certificate)));
    }
    return all.toByteArray();
  }

  /** Returns a revocation list. */
  public static byte[] crl(X509CRLHolder crl) {
    try {
      return block("X509 CRL", crl.getEncoded());
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
  }

  /** Returns a private key in the clear, for the caller to wipe. */
  public static byte[] privateKey(SigningKey key) {
    byte[] pkcs8 = key.encode();
    try {
      return block("PRIVATE KEY", pkcs8);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static byte[] block(String type, byte[] der) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (PemWriter writer =
        new PemWriter(new OutputStreamWriter(text, StandardCharsets.US_ASCII))) {
      writer.writeObject(new PemObject(type, der));
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
    }
    return text.toByteArray();
  }
}
