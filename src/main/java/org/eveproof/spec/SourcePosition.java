package org.eveproof.spec;

/**
 * A place in the text of a module.
 *
 * @param module name of the module
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 */
public record SourcePosition(String module, int line, int column) {
  @Override
  public String toString() {
    return line == 0 ? module : module + ":" + line + ":" + column;
  }
}
