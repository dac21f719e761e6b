package org.eveproof.bootstrap.pki;

/** Whether it must be shown that certificates are not revoked. */
public sealed interface RevocationPolicy {

  /**
   * It must: without fresh and authentic word on each certificate, the path is refused.
   *
   * @param lists where the word is looked for
   */
  record Required(RevocationLists lists) implements RevocationPolicy {}

  /** The operator gave revocation up: a stolen key works until its certificate expires. */
  record Off() implements RevocationPolicy {}
}
