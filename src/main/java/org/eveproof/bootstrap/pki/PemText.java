package org.eveproof.bootstrap.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
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

  /**
   * Returns a private key in the clear, for the caller to wipe. The public half is left out where
   * the library appends it (RFC 5958, version 2): OpenSSL 3.0 reads version 1 alone.
   */
  public static byte[] privateKey(SigningKey key) {
    byte[] pkcs8 = key.encode();
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
      byte[] version1 =
          new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.getPrivateKey().getOctets())
              .getEncoded();
      try {
        return block("PRIVATE KEY", version1);
      } finally {
        Arrays.fill(version1, (byte) 0);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("no stream is written here", impossible);
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
