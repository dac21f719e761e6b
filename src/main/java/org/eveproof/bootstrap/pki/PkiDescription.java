package org.eveproof.bootstrap.pki;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.jspecify.annotations.Nullable;

/** Says what is in a file, for people and programs. No secret is in it, and nothing is judged. */
public final class PkiDescription {
  private static final Map<KeyPurposeId, String> PURPOSES =
      Map.of(
          KeyPurposeId.id_kp_clientAuth, "clientAuth",
          KeyPurposeId.id_kp_serverAuth, "serverAuth",
          KeyPurposeId.id_kp_OCSPSigning, "OCSPSigning",
          KeyPurposeId.anyExtendedKeyUsage, "any");
  private static final Map<String, Integer> USAGES = usages();

  private PkiDescription() {}

  private static Map<String, Integer> usages() {
    Map<String, Integer> bits = new LinkedHashMap<>();
    bits.put("digitalSignature", KeyUsage.digitalSignature);
    bits.put("nonRepudiation", KeyUsage.nonRepudiation);
    bits.put("keyEncipherment", KeyUsage.keyEncipherment);
    bits.put("dataEncipherment", KeyUsage.dataEncipherment);
    bits.put("keyAgreement", KeyUsage.keyAgreement);
    bits.put("keyCertSign", KeyUsage.keyCertSign);
    bits.put("cRLSign", KeyUsage.cRLSign);
    return bits;
  }

  /** Returns one map for each object: what it is, then what it says, as far as that is readable. */
  public static List<Map<String, Object>> of(PkiFile file) {
    List<Map<String, Object>> all = new ArrayList<>();
    addAll(all, "certificate", file.certificates(), PkiDescription::certificate);
    addAll(all, "CRL", file.crls(), PkiDescription::crl);
    addAll(all, "OCSP response", file.responses(), PkiDescription::response);
    addAll(
        all,
        "request",
        file.requests(),
        request -> one("request", OneLine.of(request.getSubject())));
    addAll(all, "private key", file.keys(), key -> one("private key", key(key)));
    return all;
  }

  private static <T> void addAll(
      List<Map<String, Object>> all,
      String what,
      List<T> objects,
      Function<T, Map<String, Object>> description) {
    for (T each : objects) {
      try {
        all.add(description.apply(each));
      } catch (RuntimeException malformed) {
        // A time or a number that is none, which the library finds out when it is asked for it.
        all.add(one(what, "cannot be read"));
      }
    }
  }

  private static Map<String, Object> certificate(X509CertificateHolder certificate) {
    Map<String, Object> lines = one("certificate", OneLine.subject(certificate));
    lines.put("issuer", OneLine.of(certificate.getIssuer()));
    lines.put("serial", certificate.getSerialNumber().toString(16));
    lines.put("from", certificate.getNotBefore().toInstant().toString());
    lines.put("until", certificate.getNotAfter().toInstant().toString());
    lines.put("key", AlgorithmPolicy.name(certificate.getSubjectPublicKeyInfo().getAlgorithm()));
    lines.put("signed with", AlgorithmPolicy.name(certificate.getSignatureAlgorithm()));
    lines.put("SHA-256", sha256(certificate));
    try {
      addExtensions(lines, certificate);
    } catch (RuntimeException malformed) {
      lines.put("extensions", "one cannot be read");
    }
    return lines;
  }

  private static void addExtensions(Map<String, Object> lines, X509CertificateHolder certificate) {
    @Nullable Extension constraints = certificate.getExtension(Extension.basicConstraints);
    if (constraints != null) {
      BasicConstraints read = BasicConstraints.getInstance(constraints.getParsedValue());
      lines.put("authority", read.isCA());
      @Nullable BigInteger length = read.getPathLenConstraint();
      if (length != null) {
        lines.put("path length", length.toString());
      }
    }
    @Nullable Extension names = certificate.getExtension(Extension.subjectAlternativeName);
    if (names != null) {
      lines.put(
          "names",
          Arrays.stream(GeneralNames.getInstance(names.getParsedValue()).getNames())
              .map(name -> OneLine.of(name.getName().toString()))
              .toList());
    }
    @Nullable Extension usage = certificate.getExtension(Extension.keyUsage);
    if (usage != null) {
      KeyUsage read = KeyUsage.getInstance(usage.getParsedValue());
      lines.put(
          "key usage",
          USAGES.entrySet().stream()
              .filter(bit -> read.hasUsages(bit.getValue()))
              .map(Map.Entry::getKey)
              .toList());
    }
    @Nullable Extension extended = certificate.getExtension(Extension.extendedKeyUsage);
    if (extended != null) {
      lines.put(
          "extended key usage",
          Arrays.stream(ExtendedKeyUsage.getInstance(extended.getParsedValue()).getUsages())
              .map(purpose -> PURPOSES.getOrDefault(purpose, purpose.getId()))
              .toList());
    }
  }

  private static Map<String, Object> crl(X509CRLHolder crl) {
    Map<String, Object> lines = one("CRL", OneLine.of(crl.getIssuer()));
    lines.put("from", crl.getThisUpdate().toInstant().toString());
    @Nullable Date next = crl.getNextUpdate();
    lines.put("until", next == null ? "not said" : next.toInstant().toString());
    lines.put("signed with", AlgorithmPolicy.name(crl.toASN1Structure().getSignatureAlgorithm()));
    Collection<?> entries = crl.getRevokedCertificates();
    lines.put(
        "revoked",
        entries.stream()
            .map(entry -> ((X509CRLEntryHolder) entry).getSerialNumber().toString(16))
            .toList());
    return lines;
  }

  private static Map<String, Object> response(BasicOCSPResp response) {
    Map<String, Object> lines =
        one("OCSP response", response.getProducedAt().toInstant().toString());
    lines.put("signed with", AlgorithmPolicy.name(response.getSignatureAlgorithmID()));
    for (SingleResp single : response.getResponses()) {
      CertificateStatus status = single.getCertStatus();
      String word =
          status == CertificateStatus.GOOD
              ? "good"
              : status instanceof RevokedStatus ? "revoked" : "unknown";
      @Nullable Date next = single.getNextUpdate();
      lines.put(
          "serial " + single.getCertID().getSerialNumber().toString(16),
          word
              + ", from "
              + single.getThisUpdate().toInstant()
              + ", until "
              + (next == null ? "not said" : next.toInstant()));
    }
    return lines;
  }

  private static String key(PrivateKeyBlock key) {
    return key instanceof PrivateKeyBlock.Plain plain
        ? AlgorithmPolicy.name(plain.info().getPrivateKeyAlgorithm())
        : "encrypted";
  }

  private static Map<String, Object> one(String what, String value) {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put(what, value);
    return lines;
  }

  private static String sha256(X509CertificateHolder certificate) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(CertificateChain.der(certificate)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
