package org.eveproof.bootstrap.openpgp;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The regular expression of a trust signature (RFC 4880, sections 5.2.3.14 and 8), of which GnuPG
 * lets nothing have a meaning but the full stop, the backslash, and the usual frame {@code
 * <[^>]+[@.]domain>$}.
 */
final class TrustRegexp {
  private static final String HEAD = "<[^>]+[@.]";
  private static final String TAIL = ">$";

  private TrustRegexp() {}

  /** Whether it occurs in a user id, whatever the case of the letters. */
  static boolean matches(String expression, String userId) {
    return pattern(expression).map(pattern -> pattern.matcher(userId).find()).orElse(false);
  }

  private static Optional<Pattern> pattern(String expression) {
    boolean framed =
        expression.length() >= HEAD.length() + TAIL.length()
            && expression.startsWith(HEAD)
            && expression.endsWith(TAIL);
    String middle =
        framed
            ? expression.substring(HEAD.length(), expression.length() - TAIL.length())
            : expression;
    StringBuilder safe = new StringBuilder(framed ? HEAD : "");
    for (int i = 0; i < middle.length(); i++) {
      char c = middle.charAt(i);
      if (c == '\\') {
        i++;
        if (i == middle.length() || Character.isLetterOrDigit(middle.charAt(i))) {
          return Optional.empty();
        }
        safe.append(Pattern.quote(String.valueOf(middle.charAt(i))));
      } else {
        safe.append(c == '.' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    safe.append(framed ? ">\\z" : "");
    try {
      return Optional.of(
          Pattern.compile(
              safe.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL));
    } catch (PatternSyntaxException broken) {
      return Optional.empty();
    }
  }
}
