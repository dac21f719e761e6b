package org.eveproof.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP relay on the loopback that does one thing to one byte, somewhere, and counts the bytes. */
public final class FaultyProxy implements AutoCloseable {

  /** What happens to the byte. */
  public enum Fault {
    FLIP,
    DROP,
    REPEAT,
    INSERT,
    /** The connection is cut before the byte. */
    CUT
  }

  /**
   * Where it happens.
   *
   * @param towardsListener whether in the bytes from the connecting end to the listening end
   * @param position number of the byte in that direction, from 0, over all connections
   * @param bits what a flip changes, and the byte that an insertion adds
   */
  public record Spot(Fault fault, boolean towardsListener, long position, int bits) {}

  private final ServerSocket server;
  private final int target;
  private final List<Spot> spots;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicLong towardsListener = new AtomicLong();
  private final AtomicLong towardsConnector = new AtomicLong();
  private final AtomicInteger done = new AtomicInteger();

  /** Relays to a port of the loopback. */
  public FaultyProxy(int target, List<Spot> spots) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.target = target;
    this.spots = List.copyOf(spots);
    start(this::accept);
  }

  /** Returns where to connect instead. */
  public InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
  }

  /** Returns how many bytes came by so far in one direction. */
  public long bytes(boolean towards) {
    return (towards ? towardsListener : towardsConnector).get();
  }

  /** Returns how many of the faults have happened. */
  public int faultsDone() {
    return done.get();
  }

  /** Cuts every connection that is open. */
  public void cut() {
    for (Socket socket : sockets) {
      shut(socket);
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket();
        sockets.add(near);
        sockets.add(far);
        try {
          far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
          start(() -> relay(near, far, true));
          start(() -> relay(far, near, false));
        } catch (IOException e) {
          shut(near);
          shut(far);
        }
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void relay(Socket from, Socket to, boolean towards) {
    AtomicLong position = towards ? towardsListener : towardsConnector;
    byte[] buffer = new byte[1 << 14];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        long start = position.getAndAdd(count);
        int sent = 0;
        for (Spot spot : spots) {
          long offset = spot.position() - start;
          if (spot.towardsListener() == towards && offset >= sent && offset < count) {
            int at = (int) offset;
            out.write(buffer, sent, at - sent);
            sent = at + 1;
            done.incrementAndGet();
            switch (spot.fault()) {
              case FLIP -> out.write(buffer[at] ^ spot.bits());
              case DROP -> {}
              case REPEAT -> {
                out.write(buffer[at]);
                out.write(buffer[at]);
              }
              case INSERT -> {
                out.write(spot.bits());
                out.write(buffer[at]);
              }
              case CUT -> throw new IOException("cut");
            }
          }
        }
        out.write(buffer, sent, count - sent);
        out.flush();
      }
    } catch (IOException e) {
      // The end of this connection.
    }
    shut(from);
    shut(to);
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(body, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
