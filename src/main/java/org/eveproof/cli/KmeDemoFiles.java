package org.eveproof.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.eveproof.authentication.SignatureScheme;
import org.eveproof.authentication.SigningKey;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.pki.CertificateAuthority;
import org.eveproof.bootstrap.pki.PemText;
import org.eveproof.bootstrap.pki.Validity;
import org.eveproof.delivery.etsi014.MutualTls;

/** The certificates of a demonstration: an authority, a server at localhost, and three SAEs. */
record KmeDemoFiles(Path directory) {
  /** The name that both servers are called by. */
  static final String SERVER = "localhost";

  private static final Duration LIFE = Duration.ofDays(30);

  /** Makes them all; the authority's key is not kept. */
  void write(List<String> saes) throws IOException {
    SecureRandom random = new SecureRandom();
    Instant now = Instant.now();
    Validity validity = new Validity(now.minusSeconds(60), now.plus(LIFE));
    try (SigningKey key = SigningKey.generate(SignatureScheme.ECDSA_P256, random)) {
      CertificateAuthority root =
          CertificateAuthority.root("Eveproof demonstration", key, validity, random);
      PublicFile.replace(ca(), PemText.certificates(List.of(root.certificate())));
      issue(root, SERVER, validity, random);
      for (String sae : saes) {
        issue(root, sae, validity, random);
      }
    }
  }

  private void issue(CertificateAuthority root, String name, Validity validity, SecureRandom random)
      throws IOException {
    try (SigningKey key = SigningKey.generate(SignatureScheme.ECDSA_P256, random)) {
      X509CertificateHolder certificate =
          root.device(new DeviceName(name), key.verifying(), validity, random);
      PublicFile.replace(cert(name), PemText.certificates(List.of(certificate)));
      byte[] pem = PemText.privateKey(key);
      SecretFile.write(key(name), pem);
      Arrays.fill(pem, (byte) 0);
    }
  }

  Path ca() {
    return directory.resolve("ca.pem");
  }

  Path cert(String name) {
    return directory.resolve(name + ".pem");
  }

  Path key(String name) {
    return directory.resolve(name + ".key");
  }

  /** Returns an end of TLS that shows a certificate of these. */
  MutualTls tls(String name, boolean tls12) throws IOException {
    return KmeTls.read(cert(name), key(name), ca(), List.of(), tls12);
  }

  /** Makes the state directory of a site. */
  Path state(String site) throws IOException {
    return Files.createDirectories(directory.resolve(site));
  }
}
