package org.eveproof.delivery.etsi014;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.eveproof.delivery.SaeId;
import org.junit.jupiter.api.Test;

/** Which SAE a certificate names, and until when. */
class CallerIdentityTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));

  private static X509Certificate certificate(String subject) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    X500Name name = new X500Name(subject);
    return new JcaX509CertificateConverter()
        .getCertificate(
            new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(NOW.minus(Duration.ofHours(1))),
                    Date.from(END),
                    name,
                    keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  /** A connection at whose other end these certificates were shown. */
  private static SSLSession session(Certificate... shown) {
    Map<Object, Object> values = new HashMap<>();
    return (SSLSession)
        Proxy.newProxyInstance(
            CallerIdentityTest.class.getClassLoader(),
            new Class<?>[] {SSLSession.class},
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "getPeerCertificates" -> {
                  if (shown.length == 0) {
                    throw new SSLPeerUnverifiedException("none");
                  }
                  return shown;
                }
                case "getValue" -> {
                  return values.get(arguments[0]);
                }
                default -> {
                  return values.put(arguments[0], arguments[1]);
                }
              }
            });
  }

  private static void assertNobody(SSLSession session, Instant now, String why) {
    assertThatExceptionOfType(ApiError.class)
        .isThrownBy(() -> CallerIdentity.of(session, now))
        .withMessageContaining(why)
        .matches(error -> error.status() == ApiError.UNAUTHORIZED);
  }

  @Test
  void theOneCommonNameIsTheSae() throws Exception {
    assertThat(CallerIdentity.of(session(certificate("O=x,CN=sae-1")), NOW))
        .isEqualTo(new SaeId("sae-1"));
  }

  @Test
  void whoHasSeveralNamesOrNoneIsNobody() throws Exception {
    for (String subject : new String[] {"CN=sae-1,CN=sae-2", "CN=sae-1+CN=sae-2", "O=sae-1"}) {
      assertNobody(session(certificate(subject)), NOW, "not exactly one common name");
    }
    assertNobody(session(), NOW, "no certificate");
  }

  @Test
  void aConnectionThatIsOpenWhenItsCertificateExpiresIsNobodysFromThen() throws Exception {
    SSLSession open = session(certificate("CN=sae-1"));
    assertThat(CallerIdentity.of(open, END)).isEqualTo(new SaeId("sae-1"));
    assertNobody(open, END.plusSeconds(1), "has expired");
    assertNobody(session(certificate("CN=sae-1")), END.plusSeconds(1), "has expired");
  }
}
