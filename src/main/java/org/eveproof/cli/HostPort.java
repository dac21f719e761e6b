package org.eveproof.cli;

import java.net.InetSocketAddress;

/** Reads addresses from the command line. */
final class HostPort {
  private HostPort() {}

  /**
   * Reads HOST:PORT; an IPv6 address stands in brackets.
   *
   * @param option what to name in the message
   * @param least the lowest port: 0 if any free one will do, or 1
   * @throws BadInput if it is none
   */
  static InetSocketAddress parse(String option, String text, int least) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      String host = text.substring(0, Math.max(colon, 0)).replaceAll("^\\[|\\]$", "");
      if (port < least || port > 65535 || host.isEmpty()) {
        throw new NumberFormatException();
      }
      return new InetSocketAddress(host, port);
    } catch (NumberFormatException e) {
      throw new BadInput(option + "=" + text + " is not HOST:PORT, such as 127.0.0.1:8443");
    }
  }
}
