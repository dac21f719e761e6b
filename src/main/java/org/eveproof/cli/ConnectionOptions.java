package org.eveproof.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.eveproof.session.LightCollector;
import org.eveproof.session.LinkSettings;
import org.eveproof.transport.Lanes;
import org.eveproof.transport.TcpTransport;
import org.eveproof.transport.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How one end of a link reaches the other. Use as a picocli mixin. */
final class ConnectionOptions {
  @ArgGroup(multiplicity = "1")
  private Ends ends = new Ends();

  /** Which end of the TCP connections this is. */
  static final class Ends {
    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "Wait for the peer here.")
    private @Nullable String listen;

    @Option(names = "--connect", paramLabel = "HOST:PORT", description = "Where the peer waits.")
    private @Nullable String connect;
  }

  @Option(
      names = "--fibre",
      paramLabel = "HOST:PORT",
      description =
          "A connection of its own for the simulated fibre, at both ends. Default: the light travels"
              + " on the same connection.")
  private @Nullable String fibreAddress;

  /** Opens the line, which carries messages, and light unless {@link #fibre} says otherwise. */
  TcpTransport line(LinkSettings settings) throws IOException {
    return open(address(), settings.maxFrameBytes() + 1);
  }

  /** Returns what carries the light: a lane of the line, or a connection of its own. */
  Transport fibre(LinkSettings settings, Lanes lanes) throws IOException {
    String given = fibreAddress;
    return given == null ? lanes.lane(1) : open(parse("--fibre", given), fibreBytes(settings));
  }

  private TcpTransport open(InetSocketAddress address, int maxFrame) throws IOException {
    return ends.listen != null
        ? TcpTransport.listen(address, maxFrame)
        : TcpTransport.connect(address, maxFrame);
  }

  private InetSocketAddress address() {
    String listen = ends.listen;
    String connect = ends.connect;
    if (listen != null) {
      return parse("--listen", listen);
    }
    if (connect != null) {
      return parse("--connect", connect);
    }
    throw new AssertionError("picocli asks for one of the two");
  }

  /** Room for the light of two rounds, should Bob be late. */
  private static int fibreBytes(LinkSettings settings) {
    int digits = settings.optics().source().photonDigits();
    return Math.toIntExact(
        Math.min(
            Integer.MAX_VALUE,
            LightCollector.maxPieceBytes(digits)
                + 2L * (digits + 2) * settings.optics().pulses() / Byte.SIZE));
  }

  /**
   * Reads an address.
   *
   * @param option that it came with
   * @throws BadInput if it is none
   */
  static InetSocketAddress parse(String option, String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      String host = text.substring(0, Math.max(colon, 0)).replaceAll("^\\[|\\]$", "");
      if (port < 1 || port > 65535 || host.isEmpty()) {
        throw new NumberFormatException();
      }
      return new InetSocketAddress(host, port);
    } catch (NumberFormatException e) {
      throw new BadInput(option + "=" + text + " is not HOST:PORT, such as 127.0.0.1:7000");
    }
  }
}
