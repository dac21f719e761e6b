package org.eveproof.spec.tlc;

import java.util.Map;

/** Reduces a piece of TLA+ text to what matters. */
final class SourceText {
  private SourceText() {}

  /** Returns a key for a place in a module. */
  static long key(int line, int column) {
    return ((long) line << 32) | column;
  }

  /**
   * Drops comments and white space outside strings.
   *
   * @param text the piece
   * @param line where it begins
   * @param column where it begins
   * @param opening how many parentheses to open before a place, by {@link #key}
   * @param closing how many parentheses to close after a place, by {@link #key}
   */
  static String normalised(
      String text, int line, int column, Map<Long, Integer> opening, Map<Long, Integer> closing) {
    StringBuilder result = new StringBuilder();
    int depth = 0;
    boolean inString = false;
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : '\0';
      int width = 1;
      if (c == '\n') {
        line++;
        column = 1;
        gap = true;
        continue;
      }
      if (!inString && c == '(' && next == '*') {
        depth++;
        width = 2;
        gap = true;
      } else if (depth > 0) {
        if (c == '*' && next == ')') {
          depth--;
          width = 2;
        }
      } else if (!inString && c == '\\' && next == '*') {
        int end = text.indexOf('\n', i);
        width = (end < 0 ? text.length() : end) - i;
      } else if (!inString && Character.isWhitespace(c)) {
        gap = true;
      } else {
        // Without a blank, two words would become one.
        if (gap && isWord(c) && result.length() > 0 && isWord(result.charAt(result.length() - 1))) {
          result.append(' ');
        }
        gap = false;
        result.append("(".repeat(opening.getOrDefault(key(line, column), 0)));
        result.append(c);
        if (inString && c == '\\') {
          result.append(next);
          width = 2;
        } else if (c == '"') {
          inString = !inString;
        }
        result.append(")".repeat(closing.getOrDefault(key(line, column + width - 1), 0)));
      }
      i += width - 1;
      column += width;
    }
    return result.toString();
  }

  /** Returns the piece on one line without comments, cut after 200 characters. */
  static String shortened(String text) {
    String plain = text.replaceAll("\\\\\\*[^\n]*", " ").replaceAll("(?s)\\(\\*.*?\\*\\)", " ");
    String oneLine = plain.strip().replaceAll("\\s+", " ");
    return oneLine.length() <= 200 ? oneLine : oneLine.substring(0, 197) + "...";
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
