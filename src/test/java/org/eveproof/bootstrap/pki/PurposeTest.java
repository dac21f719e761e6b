package org.eveproof.bootstrap.pki;

import static org.eveproof.bootstrap.Refusal.WRONG_NAME;
import static org.eveproof.bootstrap.Refusal.WRONG_PURPOSE;
import static org.eveproof.bootstrap.pki.CertificateDraft.authority;
import static org.eveproof.bootstrap.pki.CertificateDraft.device;

import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.eveproof.bootstrap.pki.CertificateDraft.Made;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.Test;

/** Whose a certificate is, and what for. */
class PurposeTest {
  private final Made root = authority("root").bySelf();
  private final Judging caller = Judging.of(root);
  private final Judging callee = caller.as(Party.BOB);

  @Test
  void acceptsACertificateThatRestrictsNothing() {
    Made plain =
        device("alice").without(Extension.keyUsage).without(Extension.extendedKeyUsage).by(root);
    caller.accepts(plain);
    callee.accepts(plain);
  }

  @Test
  void refusesAKeyUsageWithoutDigitalSignature() {
    Made other = device("alice").usage(KeyUsage.nonRepudiation | KeyUsage.keyAgreement).by(root);
    caller.refuses(WRONG_PURPOSE, other);
    caller.accepts(
        device("alice").usage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation).by(root));
  }

  @Test
  void wantsAClientThatCallsAndAServerThatAnswers() {
    Made client = device("alice").purposes(KeyPurposeId.id_kp_clientAuth).by(root);
    caller.accepts(client);
    callee.refuses(WRONG_PURPOSE, client);
    Made server = device("alice").purposes(KeyPurposeId.id_kp_serverAuth).by(root);
    callee.accepts(server);
    caller.refuses(WRONG_PURPOSE, server);
    Made any = device("alice").purposes(KeyPurposeId.anyExtendedKeyUsage).by(root);
    caller.accepts(any);
    callee.accepts(any);
    Made mail = device("alice").purposes(KeyPurposeId.id_kp_emailProtection).by(root);
    caller.refuses(WRONG_PURPOSE, mail);
    callee.refuses(WRONG_PURPOSE, mail);
  }

  @Test
  void holdsDevicesToThePurposesOfTheAuthoritiesAbove() {
    Made mail = authority("mail").purposes(KeyPurposeId.id_kp_emailProtection).by(root);
    caller.refuses(WRONG_PURPOSE, device("alice").by(mail), mail);
    Made clients = authority("clients").purposes(KeyPurposeId.id_kp_clientAuth).by(root);
    caller.accepts(device("alice").by(clients), clients);
  }

  @Test
  void acceptsACriticalExtendedKeyUsage() {
    caller.accepts(
        device("alice")
            .with(
                Extension.extendedKeyUsage,
                true,
                new org.bouncycastle.asn1.x509.ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .by(root));
  }

  @Test
  void acceptsOneOfSeveralNamesInWhateverCase() {
    caller.accepts(device("alice").names("bob", "ALICE").by(root));
    caller.accepts(device("other").names("alice").by(root));
  }

  @Test
  void refusesAnotherName() {
    caller.refuses(WRONG_NAME, device("alice").names("bob").by(root));
    caller.refuses(WRONG_NAME, device("alice").names("alice.example").by(root));
    caller.refuses(WRONG_NAME, device("alice").names("*").by(root));
    caller
        .expecting("alice.example")
        .refuses(WRONG_NAME, device("alice").names("*.example").by(root));
    caller.refuses(WRONG_NAME, device("alice").names("alice\0").by(root));
  }

  @Test
  void refusesACommonNameInPlaceOfAnAlternativeName() {
    caller.refuses(WRONG_NAME, device("alice").without(Extension.subjectAlternativeName).by(root));
  }

  @Test
  void refusesTheNameInAnotherForm() {
    caller.refuses(
        WRONG_NAME,
        device("alice")
            .with(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.rfc822Name, "alice")))
            .by(root));
  }
}
