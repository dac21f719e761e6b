package org.eveproof.adversary.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Party;

/**
 * How a site is run.
 *
 * @param self whose site
 * @param state its state directory, which is there
 * @param log where it writes down what it does
 * @param port where Alice listens; 0 for any port, if this is Alice
 * @param rounds after how many rounds the link ends
 * @param generation of the credential
 * @param newEpoch whether to bootstrap anew
 * @param clockBack how far the clock that credentials are judged by is set back
 * @param trouble on the channel, in this direction
 * @param seed of everything random in this life
 * @param stop where to stop; empty to run on
 */
record SiteOrders(
    Party self,
    Path state,
    Path log,
    int port,
    int rounds,
    int generation,
    boolean newEpoch,
    Duration clockBack,
    Trouble trouble,
    long seed,
    Optional<Stop> stop) {
  private static final String NO_STOP = "-";

  /** Returns the arguments that {@link #of} takes. */
  List<String> arguments() {
    return List.of(
        self.name(),
        state.toString(),
        log.toString(),
        Integer.toString(port),
        Integer.toString(rounds),
        Integer.toString(generation),
        Boolean.toString(newEpoch),
        clockBack.toString(),
        trouble.name(),
        Long.toString(seed),
        stop.map(Stop::encode).orElse(NO_STOP));
  }

  /** Reads what {@link #arguments} made. */
  static SiteOrders of(String[] arguments) {
    return new SiteOrders(
        Party.valueOf(arguments[0]),
        Path.of(arguments[1]),
        Path.of(arguments[2]),
        Integer.parseInt(arguments[3]),
        Integer.parseInt(arguments[4]),
        Integer.parseInt(arguments[5]),
        Boolean.parseBoolean(arguments[6]),
        Duration.parse(arguments[7]),
        Trouble.valueOf(arguments[8]),
        Long.parseLong(arguments[9]),
        Stop.parse(arguments[10]));
  }
}
