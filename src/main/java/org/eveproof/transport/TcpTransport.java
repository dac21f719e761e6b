package org.eveproof.transport;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Frames over TCP. Each frame is byte-stuffed and ended by a zero byte, so that a byte flipped,
 * lost, repeated or inserted on the way damages at most two frames and never the connection. When
 * the connection drops, the connecting end opens a new one and the listening end takes it.
 *
 * <p>Nobody is authenticated here: on the listening end a new connection replaces the old one,
 * whoever opens it.
 */
public final class TcpTransport implements Transport {
  private static final int CONNECT_MILLIS = 2_000;
  private static final long RETRY_MILLIS = 100;
  private static final int OUTBOX_FRAMES = 64;

  private final int maxFrame;
  private final Dialler dialler;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> inbox = new ArrayDeque<>();
  private final Deque<byte[]> outbox = new ArrayDeque<>();
  private long inboxBytes;
  private long outboxBytes;
  private @Nullable Socket current;
  private boolean everConnected;
  private boolean closed;

  private TcpTransport(Dialler dialler, int maxFrame) {
    this.dialler = dialler;
    this.maxFrame = maxFrame;
    start("connect", this::keepConnected);
    start("write", this::keepWriting);
  }

  /**
   * Waits for the peer at an address.
   *
   * @param address where to listen; port 0 for any that is free
   * @param maxFrame greatest length of a frame, in bytes; longer ones are dropped
   * @throws IOException if nobody can listen there
   */
  public static TcpTransport listen(InetSocketAddress address, int maxFrame) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address);
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
    return new TcpTransport(new Listening(server), maxFrame);
  }

  /**
   * Connects to a listening peer, as often as it takes.
   *
   * @param address where the peer listens
   * @param maxFrame greatest length of a frame, in bytes; longer ones are dropped
   */
  public static TcpTransport connect(InetSocketAddress address, int maxFrame) {
    return new TcpTransport(new Connecting(address), maxFrame);
  }

  /** Returns the port that this end listens on, or the peer's port that it connects to. */
  public int port() {
    return dialler.port();
  }

  /** Waits until there has been a connection, and returns whether there has. */
  public boolean awaitConnected(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!everConnected && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return everConnected;
    } finally {
      lock.unlock();
    }
  }

  /** Drops the oldest frames when more wait than a peer that reads would leave waiting. */
  @Override
  public void send(byte[] frame) {
    if (frame.length > maxFrame) {
      throw new IllegalArgumentException("frame of " + frame.length + " bytes, limit " + maxFrame);
    }
    lock.lock();
    try {
      outbox.addLast(frame.clone());
      outboxBytes += frame.length;
      while (outbox.size() > 1 && (outbox.size() > OUTBOX_FRAMES || outboxBytes > 2L * maxFrame)) {
        outboxBytes -= outbox.removeFirst().length;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<byte[]> receive(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (inbox.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      byte[] frame = inbox.pollFirst();
      inboxBytes -= frame == null ? 0 : frame.length;
      return Optional.ofNullable(frame);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean flush(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!outbox.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return outbox.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    dialler.close();
    replace(null);
  }

  private static void start(String task, Runnable body) {
    Thread thread = new Thread(body, "eveproof-tcp-" + task);
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens one connection after the other; a newer one replaces the older. */
  private void keepConnected() {
    while (!isClosed()) {
      try {
        Socket socket = dialler.next();
        socket.setTcpNoDelay(true);
        replace(socket);
        if (dialler.oneAtATime()) {
          keepReading(socket);
          pause();
        } else {
          start("read", () -> keepReading(socket));
        }
      } catch (IOException e) {
        pause();
      }
    }
  }

  private void keepReading(Socket socket) {
    FrameReader reader = new FrameReader(maxFrame);
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = socket.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        reader.read(buffer, count, this::arrived);
      }
    } catch (IOException e) {
      // The connection is gone, by whosever hand: the next one takes over.
    }
    forget(socket);
  }

  private void arrived(byte[] frame) {
    lock.lock();
    try {
      if (inboxBytes + frame.length <= 2L * maxFrame) {
        inbox.addLast(frame);
        inboxBytes += frame.length;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void keepWriting() {
    try {
      while (true) {
        byte[] frame;
        Socket socket;
        lock.lock();
        try {
          while (!closed && (outbox.isEmpty() || current == null)) {
            changed.await();
          }
          if (closed || current == null) {
            return;
          }
          frame = outbox.getFirst();
          socket = current;
        } finally {
          lock.unlock();
        }
        write(socket, frame);
        lock.lock();
        try {
          // The frame may have been dropped for newer ones meanwhile.
          if (outbox.removeFirstOccurrence(frame)) {
            outboxBytes -= frame.length;
          }
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Socket socket, byte[] frame) {
    try {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      // The leading delimiter cuts off whatever else was in the stream before.
      out.write(Cobs.DELIMITER);
      out.write(Cobs.encode(frame));
      out.write(Cobs.DELIMITER);
      out.flush();
    } catch (IOException e) {
      forget(socket);
    }
  }

  private void replace(@Nullable Socket socket) {
    Socket old;
    lock.lock();
    try {
      old = current;
      current = closed ? null : socket;
      everConnected |= current != null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (isClosed()) {
      shut(socket);
    }
    shut(old);
  }

  private void forget(Socket socket) {
    lock.lock();
    try {
      if (current == socket) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
    shut(socket);
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static void shut(@Nullable Socket socket) {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // Nothing is lost that the peer does not already do without.
      }
    }
  }

  private void pause() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** How the next connection comes about. */
  private sealed interface Dialler {
    Socket next() throws IOException;

    int port();

    boolean oneAtATime();

    void close();
  }

  private record Connecting(InetSocketAddress address) implements Dialler {
    @Override
    public Socket next() throws IOException {
      Socket socket = new Socket();
      try {
        // Resolved anew each time: the name may not have been known yet.
        socket.connect(
            new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
        if (socket.getLocalSocketAddress().equals(socket.getRemoteSocketAddress())) {
          // On one machine, a port where nobody listens yet may happen to be dialled from itself.
          throw new ConnectException("connected with itself");
        }
        return socket;
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    }

    @Override
    public int port() {
      return address.getPort();
    }

    @Override
    public boolean oneAtATime() {
      return true;
    }

    @Override
    public void close() {
      // Nothing is held between two attempts.
    }
  }

  private record Listening(ServerSocket server) implements Dialler {
    @Override
    public Socket next() throws IOException {
      return server.accept();
    }

    @Override
    public int port() {
      return server.getLocalPort();
    }

    @Override
    public boolean oneAtATime() {
      return false;
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException e) {
        // It no longer listens either way.
      }
    }
  }
}
