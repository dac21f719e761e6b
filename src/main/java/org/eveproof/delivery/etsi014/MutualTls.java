package org.eveproof.delivery.etsi014;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * TLS between a KME and its SAEs, with certificates on both sides: 1.3 alone, or 1.2 too where it
 * is asked for, and then with ephemeral key exchange and authenticated encryption only.
 */
public final class MutualTls {
  private static final List<String> SUITES_13 =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256");
  private static final List<String> SUITES_12 =
      List.of(
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private final X509Certificate certificate;
  private final SSLContext context;
  private final boolean tls12;

  private MutualTls(X509Certificate certificate, SSLContext context, boolean tls12) {
    this.certificate = certificate;
    this.context = context;
    this.tls12 = tls12;
  }

  /**
   * Prepares one end.
   *
   * @param chain this end's certificate, then those above it
   * @param key belongs to the first certificate
   * @param authorities who may vouch for the other end
   * @param revoked lists of all authorities, or none at all to ask for none
   * @param tls12 whether TLS 1.2 is allowed too
   * @throws GeneralSecurityException if they do not go together
   */
  public static MutualTls of(
      List<X509Certificate> chain,
      PrivateKey key,
      List<X509Certificate> authorities,
      List<X509CRL> revoked,
      boolean tls12)
      throws GeneralSecurityException {
    char[] noPassword = new char[0];
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, noPassword);
    } catch (IOException impossible) {
      throw new GeneralSecurityException("an empty key store", impossible);
    }
    store.setKeyEntry("own", standard(key), noPassword, chain.toArray(Certificate[]::new));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, noPassword);
    PKIXBuilderParameters path =
        new PKIXBuilderParameters(
            authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet()),
            new X509CertSelector());
    path.setRevocationEnabled(!revoked.isEmpty());
    path.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(revoked)));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(new CertPathTrustManagerParameters(path));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return new MutualTls(chain.get(0), context, tls12);
  }

  /** Returns the key as an object of the JDK's own, whatever library read it. */
  private static PrivateKey standard(PrivateKey key) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded();
    byte[] version1 = new byte[0];
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(encoded);
      // The library may append the public half (RFC 5958, version 2), which older JDKs refuse.
      version1 =
          new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.getPrivateKey().getOctets())
              .getEncoded();
      String kind = key.getAlgorithm().equals("ECDSA") ? "EC" : key.getAlgorithm();
      return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(version1));
    } catch (IOException impossible) {
      throw new GeneralSecurityException("a private key that does not encode", impossible);
    } finally {
      Arrays.fill(encoded, (byte) 0);
      Arrays.fill(version1, (byte) 0);
    }
  }

  /** Returns the certificate of this end. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** Returns what makes connections. */
  public SSLContext context() {
    return context;
  }

  /** Returns what holds for each connection of a server: the other end shows a certificate. */
  SSLParameters parameters() {
    SSLParameters parameters = context.getDefaultSSLParameters();
    parameters.setProtocols(tls12 ? new String[] {"TLSv1.3", "TLSv1.2"} : new String[] {"TLSv1.3"});
    List<String> suites = new ArrayList<>(SUITES_13);
    if (tls12) {
      suites.addAll(SUITES_12);
    }
    parameters.setCipherSuites(suites.toArray(String[]::new));
    parameters.setUseCipherSuitesOrder(true);
    parameters.setNeedClientAuth(true);
    return parameters;
  }
}
