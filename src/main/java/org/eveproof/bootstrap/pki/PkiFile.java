package org.eveproof.bootstrap.pki;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file of a public key infrastructure: PEM (RFC 7468; text around the blocks is
 * skipped), or one certificate, CRL or OCSP response in DER.
 *
 * @param certificates in the order of the file
 * @param crls revocation lists
 * @param responses of OCSP responders, successful ones
 * @param requests for certificates
 * @param keys private keys, perhaps encrypted
 */
public record PkiFile(
    List<X509CertificateHolder> certificates,
    List<X509CRLHolder> crls,
    List<BasicOCSPResp> responses,
    List<PKCS10CertificationRequest> requests,
    List<PrivateKeyBlock> keys) {
  /** Greatest length of a file, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int DER_SEQUENCE = 0x30;
  private static final String BOUNDARY = "-----";

  private PkiFile() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  /**
   * Reads a file.
   *
   * @throws PkiFileException if it is missing, too long, or not wholly made of known objects
   * @throws IOException if it cannot be read
   */
  public static PkiFile read(Path file) throws PkiFileException, IOException {
    byte[] bytes = bytes(file);
    try {
      return parse(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Returns the bytes of a file of reasonable length.
   *
   * @throws PkiFileException if it is missing or too long
   * @throws IOException if it cannot be read
   */
  static byte[] bytes(Path file) throws PkiFileException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new PkiFileException("there is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new PkiFileException(
            "the file is longer than " + MAX_BYTES + " bytes; is it the right one?");
      }
      return bytes;
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws PkiFileException if they are not wholly made of known objects
   */
  public static PkiFile parse(byte[] bytes) throws PkiFileException {
    PkiFile content = new PkiFile();
    if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
      content.addDer(bytes);
    } else {
      content.addPem(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    return content;
  }

  private void addPem(String text) throws PkiFileException {
    int blocks = 0;
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      @Nullable Object block = parser.readObject();
      while (block != null) {
        blocks++;
        add(block);
        block = parser.readObject();
      }
    } catch (IOException | RuntimeException malformed) {
      throw new PkiFileException(
          "PEM block "
              + (blocks + 1)
              + " is cut off or damaged ("
              + OneLine.of(String.valueOf(malformed.getMessage()))
              + "); copy the file again");
    }
    if (blocks == 0) {
      throw new PkiFileException("there is no PEM block in it, and it is no DER");
    }
    if (text.lines().filter(line -> line.startsWith(BOUNDARY)).count() != 2L * blocks) {
      throw new PkiFileException(
          "after PEM block " + blocks + " another one is cut off; copy the file again");
    }
  }

  private void add(Object block) throws PkiFileException, IOException {
    if (block instanceof X509CertificateHolder certificate) {
      requireWhole(certificate.toASN1Structure());
      certificates.add(certificate);
    } else if (block instanceof X509CRLHolder crl) {
      requireWhole(crl.toASN1Structure());
      crls.add(crl);
    } else if (block instanceof PKCS10CertificationRequest request) {
      requireWhole(request.toASN1Structure());
      requests.add(request);
    } else if (PrivateKeyBlock.isPrivateKey(block)) {
      keys.add(PrivateKeyBlock.of(block));
    } else if (!(block instanceof ASN1ObjectIdentifier || block instanceof X9ECParameters)) {
      // Those two are the EC PARAMETERS that OpenSSL writes before a key, which has them too.
      throw new PkiFileException(
          "a PEM block is none of certificate, CRL, request and private key; take it out");
    }
  }

  /**
   * Reads what the library puts off until it is asked for: damage inside is found here, and not
   * where the object is used.
   */
  private static void requireWhole(ASN1Object structure) throws IOException {
    structure.getEncoded(ASN1Encoding.DER);
  }

  private void addDer(byte[] der) throws PkiFileException {
    ASN1Primitive whole;
    try {
      whole = ASN1Primitive.fromByteArray(der);
      requireWhole(whole);
    } catch (IOException | RuntimeException malformed) {
      throw new PkiFileException(
          "it begins like DER, but is cut off, damaged, or has something behind it");
    }
    try {
      certificates.add(new X509CertificateHolder(Certificate.getInstance(whole)));
      return;
    } catch (RuntimeException other) {
      // Not a certificate; the next kinds are tried.
    }
    try {
      crls.add(new X509CRLHolder(CertificateList.getInstance(whole)));
      return;
    } catch (RuntimeException other) {
      // Nor a CRL.
    }
    responses.add(response(whole));
  }

  private static BasicOCSPResp response(ASN1Primitive whole) throws PkiFileException {
    try {
      OCSPResp response = new OCSPResp(OCSPResponse.getInstance(whole));
      if (response.getStatus() == OCSPResp.SUCCESSFUL
          && response.getResponseObject() instanceof BasicOCSPResp basic) {
        return basic;
      }
    } catch (OCSPException | RuntimeException unknown) {
      throw new PkiFileException(
          "it begins like DER, but is no certificate, CRL or OCSP response; PKCS #12 is for"
              + " --credential");
    }
    throw new PkiFileException("the OCSP response says that the responder failed; ask it again");
  }
}
