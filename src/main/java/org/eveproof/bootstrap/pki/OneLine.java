package org.eveproof.bootstrap.pki;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;

/** Text out of certificates that strangers made, safe to print: one line, no control characters. */
public final class OneLine {
  private static final int MAX_LENGTH = 120;

  private OneLine() {}

  /** Returns the subject of a certificate. */
  public static String subject(X509CertificateHolder certificate) {
    return of(certificate.getSubject());
  }

  /** Returns a name. */
  public static String of(X500Name name) {
    String text = of(name.toString());
    return text.isEmpty() ? "(no name)" : text;
  }

  /** Returns a text with every character that does not show replaced, cut if it is long. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MAX_LENGTH)
        .forEach(character -> line.appendCodePoint(shows(character) ? character : '?'));
    return text.codePointCount(0, text.length()) > MAX_LENGTH ? line + "..." : line.toString();
  }

  private static boolean shows(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
