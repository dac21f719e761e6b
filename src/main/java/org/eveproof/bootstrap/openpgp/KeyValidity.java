package org.eveproof.bootstrap.openpgp;

import java.time.Instant;
import java.util.List;
import org.eveproof.bootstrap.DeviceName;

/**
 * The validity of a key, for an operator.
 *
 * @param fingerprint of the primary key, 40 upper-case hexadecimal digits
 * @param ownertrust how far its owner is trusted to certify
 * @param validity the key's
 * @param why in one line
 * @param userIds the validity of each user id
 */
public record KeyValidity(
    String fingerprint,
    Ownertrust ownertrust,
    Validity validity,
    String why,
    List<OfUserId> userIds) {

  /**
   * The validity of a user id.
   *
   * @param text the user id; what is not UTF-8 is replaced
   * @param validity its validity
   * @param why in one line
   */
  public record OfUserId(String text, Validity validity, String why) {
    /** Whether the user id names a device. */
    public boolean names(DeviceName device) {
      return WebOfTrust.names(text, device);
    }
  }

  /**
   * Returns the validity of all keys of a keyring.
   *
   * @param trusts how far their owners are trusted to certify
   * @param options how much vouching is needed
   * @param now the present time
   */
  public static List<KeyValidity> of(
      Keyring keyring, Ownertrusts trusts, TrustOptions options, Instant now) {
    Validities validities = new Validities(keyring, trusts, options, now);
    return keyring.certificates().stream()
        .map(
            certificate ->
                new KeyValidity(
                    certificate.fingerprint(),
                    trusts.of(certificate.fingerprint()),
                    validities.of(certificate),
                    validities.why(certificate),
                    certificate.userIds().stream()
                        .map(
                            id ->
                                new OfUserId(
                                    id.text(),
                                    validities.of(certificate, id),
                                    validities.why(certificate, id)))
                        .toList()))
        .toList();
  }
}
