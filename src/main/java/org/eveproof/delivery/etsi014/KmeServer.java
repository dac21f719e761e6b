package org.eveproof.delivery.etsi014;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eveproof.delivery.SaeId;
import org.eveproof.delivery.etsi014.KmeApi.Call;

/**
 * Serves {@link KmeApi} over HTTPS.
 *
 * <p>A connection that is slow to send or to read is cut after {@value #MAX_SECONDS} seconds, an
 * idle one later; a request holds a thread only while it is under way, and there are more threads
 * than connections. Answers are never to be cached.
 */
public final class KmeServer implements AutoCloseable {
  private static final int MAX_SECONDS = 10;
  private static final int IDLE_SECONDS = 120;
  private static final int MAX_CONNECTIONS = 2048;
  private static final int MAX_THREADS = MAX_CONNECTIONS + 64;
  private static final int BACKLOG = 512;
  private static final int DRAIN_SECONDS = 5;
  private static final int DRAIN_BYTES = 256 << 20;

  static {
    // The JDK's server reads these once, when it is loaded. Without the first one, a response in
    // two segments waits 40 ms for the client's acknowledgement.
    preset("sun.net.httpserver.nodelay", "true");
    preset("sun.net.httpserver.maxReqTime", String.valueOf(MAX_SECONDS));
    preset("sun.net.httpserver.maxRspTime", String.valueOf(MAX_SECONDS));
    preset("sun.net.httpserver.idleInterval", String.valueOf(IDLE_SECONDS));
    // Who sends too long a body is told so, if it is no longer than this and MAX_SECONDS let it be:
    // a connection that is closed on unread bytes would lose the answer.
    preset("sun.net.httpserver.drainAmount", String.valueOf(DRAIN_BYTES));
    preset("sun.net.httpserver.maxIdleConnections", String.valueOf(MAX_CONNECTIONS));
    preset("jdk.httpserver.maxConnections", String.valueOf(MAX_CONNECTIONS));
  }

  /**
   * A request that was answered, for a log: nothing in it is secret.
   *
   * @param caller as the certificate says, if it says
   * @param method of HTTP
   * @param path without the query
   * @param status of the answer
   */
  public record Served(Optional<SaeId> caller, String method, String path, int status) {}

  private final HttpsServer server;
  private final ExecutorService threads;
  private final KmeApi api;
  private final Consumer<Served> log;
  private final AtomicLong served = new AtomicLong();
  private final AtomicLong underWay = new AtomicLong();
  private volatile boolean closing;

  private KmeServer(HttpsServer server, ExecutorService threads, KmeApi api, Consumer<Served> log) {
    this.server = server;
    this.threads = threads;
    this.api = api;
    this.log = log;
  }

  /**
   * Starts to serve.
   *
   * @param address where to listen; port 0 for any that is free
   * @param log told of each request
   * @throws IOException if nobody can listen there
   */
  public static KmeServer start(
      InetSocketAddress address, MutualTls tls, KmeApi api, Consumer<Served> log)
      throws IOException {
    HttpsServer server;
    try {
      server = HttpsServer.create(address, BACKLOG);
    } catch (IOException taken) {
      throw new IOException("cannot listen on " + address + ": " + taken.getMessage(), taken);
    }
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls.context()) {
          @Override
          public void configure(HttpsParameters parameters) {
            parameters.setSSLParameters(tls.parameters());
          }
        });
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "eveproof-http");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.AbortPolicy());
    server.setExecutor(threads);
    KmeServer kme = new KmeServer(server, threads, api, log);
    server.createContext("/", kme::handle);
    server.start();
    return kme;
  }

  /** Returns where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Returns how many requests were answered. */
  public long served() {
    return served.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    underWay.incrementAndGet();
    try (exchange) {
      Optional<SaeId> caller = Optional.empty();
      ApiResponse response;
      try {
        SaeId sae = CallerIdentity.of(((HttpsExchange) exchange).getSSLSession(), Instant.now());
        caller = Optional.of(sae);
        if (closing) {
          throw new ApiError(ApiError.UNAVAILABLE, "the KME is shutting down");
        }
        response = api.answer(sae, call(exchange), body(exchange));
      } catch (ApiError refused) {
        response = ApiResponse.error(refused);
      } catch (RuntimeException failure) {
        // Whatever it was, its text stays inside: it may speak of keys.
        response =
            ApiResponse.error(
                new ApiError(ApiError.UNAVAILABLE, "the KME failed to serve this request"));
      }
      try {
        send(exchange, response);
      } finally {
        response.wipe();
        served.incrementAndGet();
        log.accept(
            new Served(
                caller,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                response.status()));
      }
    } finally {
      underWay.decrementAndGet();
    }
  }

  private static Call call(HttpExchange exchange) {
    return new Call(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        exchange.getRequestURI().getRawQuery());
  }

  private static byte[] body(HttpExchange exchange) throws ApiError, IOException {
    byte[] body = exchange.getRequestBody().readNBytes(RequestJson.MAX_BYTES + 1);
    if (body.length > RequestJson.MAX_BYTES) {
      throw ApiError.badRequest("the body is longer than " + RequestJson.MAX_BYTES + " bytes");
    }
    return body;
  }

  private static void send(HttpExchange exchange, ApiResponse response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Cache-Control", "no-store");
    response.allow().ifPresent(methods -> headers.set("Allow", methods));
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(response.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(response.status(), response.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(response.body());
    }
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Lets requests that are under way finish, for a few seconds, and stops. */
  @Override
  public void close() {
    closing = true;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAIN_SECONDS);
    try {
      // The server's own stop(seconds) waits them out on older JDKs even if nothing is under way.
      while (underWay.get() > 0 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdown();
  }
}
