package org.eveproof.bootstrap.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.eveproof.authentication.BouncyCastle;
import org.eveproof.authentication.VerifyingKey;

/** Reads requests for certificates (PKCS #10, RFC 2986). */
public final class CertificateRequest {
  private CertificateRequest() {}

  /**
   * Returns the key of the one request in a PEM file.
   *
   * @throws PkiFileException if there is not one, its key is none that counts, or whoever made it
   *     did not have the private half
   * @throws IOException if the file cannot be read
   */
  public static VerifyingKey key(Path file) throws PkiFileException, IOException {
    List<PKCS10CertificationRequest> requests = PkiFile.read(file).requests();
    if (requests.size() != 1) {
      throw new PkiFileException(
          "there are " + requests.size() + " certificate requests in it; one is expected");
    }
    PKCS10CertificationRequest request = requests.get(0);
    Optional<VerifyingKey> key =
        VerifyingKey.decode(request.getSubjectPublicKeyInfo().getEncoded());
    try {
      if (key.isPresent()
          && request.isSignatureValid(
              new JcaContentVerifierProviderBuilder()
                  .setProvider(BouncyCastle.PROVIDER)
                  .build(request.getSubjectPublicKeyInfo()))) {
        return key.get();
      }
    } catch (PKCSException | OperatorCreationException | RuntimeException malformed) {
      // Told below, as for a signature that does not verify.
    }
    throw new PkiFileException(
        "the request has a key that does not count here, or is not signed with that key");
  }
}
