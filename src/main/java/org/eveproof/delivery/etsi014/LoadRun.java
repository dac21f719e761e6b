package org.eveproof.delivery.etsi014;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.eveproof.delivery.SaeId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients that ask a KME for keys, each one request after the other over a connection that is kept
 * alive, and perhaps fetch each key as its slave at the other site. It remembers every key that it
 * got, so as to find one that came twice.
 */
public final class LoadRun {
  private static final int TIMEOUT_MILLIS = 30_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static {
    if (System.getProperty("http.maxConnections") == null) {
      // How many kept connections the JDK's client shares out; 5 would have the others reconnect.
      System.setProperty("http.maxConnections", "1024");
    }
  }

  /**
   * A KME and the SAE that calls it.
   *
   * @param api begins with https
   * @param tls with the SAE's certificate
   */
  public record End(URI api, MutualTls tls) {}

  /**
   * What came of it. What happened while warming up counts for the checks, not for the figures.
   *
   * @param requests answered with 200 while measuring
   * @param encNanos how long each request for new keys took
   * @param decNanos how long each request by identifier took
   * @param keys that a master got
   * @param failures answers other than 200, and none at all
   * @param repeatedIds identifiers that came twice
   * @param repeatedKeys keys that came twice
   * @param different keys that the slave got otherwise than the master
   * @param firstFailure what went wrong first, empty if nothing did
   */
  public record Result(
      long requests,
      List<Long> encNanos,
      List<Long> decNanos,
      long keys,
      long failures,
      long repeatedIds,
      long repeatedKeys,
      long different,
      String firstFailure) {
    /** Whether every check held, and something was checked. */
    public boolean holds() {
      return requests > 0 && failures + repeatedIds + repeatedKeys + different == 0;
    }
  }

  private final URL encKeys;
  private final SSLSocketFactory encTls;
  private final @Nullable String decKeys;
  private final @Nullable SSLSocketFactory decTls;
  private final int clients;

  private final ReentrantLock connecting = new ReentrantLock();
  private final CountDownLatch connected;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicLong keys = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong repeatedIds = new AtomicLong();
  private final AtomicLong repeatedKeys = new AtomicLong();
  private final AtomicLong different = new AtomicLong();
  private final AtomicReference<String> firstFailure = new AtomicReference<>("");
  private volatile boolean measuring;
  private volatile boolean over;

  /**
   * Prepares a run.
   *
   * @param master who asks for new keys
   * @param slave whom it names
   * @param fetch the slave's end; null to fetch nothing
   * @param clients how many at the same time
   * @param number of keys in each request
   * @throws IOException if an address is none
   */
  public LoadRun(End master, String slave, @Nullable End fetch, int clients, int number)
      throws IOException {
    this.encKeys =
        master.api().resolve("/api/v1/keys/" + slave + "/enc_keys?number=" + number).toURL();
    this.encTls = master.tls().context().getSocketFactory();
    this.clients = clients;
    this.connected = new CountDownLatch(clients);
    if (fetch == null) {
      this.decKeys = null;
      this.decTls = null;
    } else {
      SaeId name =
          CallerIdentity.commonName(master.tls().certificate())
              .orElseThrow(() -> new IOException("the master's certificate names no SAE"));
      this.decKeys = fetch.api() + "/api/v1/keys/" + name + "/dec_keys?key_ID=";
      this.decTls = fetch.tls().context().getSocketFactory();
    }
  }

  /** Runs, and returns what came of it. */
  public Result measure(int warmUpSeconds, int seconds) throws InterruptedException {
    List<Long> enc = Collections.synchronizedList(new ArrayList<>());
    List<Long> dec = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(() -> runClient(enc, dec), "eveproof-load-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    while (connected.getCount() > 0 && failures.get() == 0) {
      connected.await(100, TimeUnit.MILLISECONDS);
    }
    TimeUnit.SECONDS.sleep(warmUpSeconds);
    measuring = true;
    TimeUnit.SECONDS.sleep(seconds);
    measuring = false;
    over = true;
    for (Thread thread : threads) {
      thread.join(2L * TIMEOUT_MILLIS);
    }
    return new Result(
        (long) enc.size() + dec.size(),
        List.copyOf(enc),
        List.copyOf(dec),
        keys.get(),
        failures.get(),
        repeatedIds.get(),
        repeatedKeys.get(),
        different.get(),
        Objects.requireNonNull(firstFailure.get()));
  }

  private void runClient(List<Long> enc, List<Long> dec) {
    List<Long> encMine = new ArrayList<>();
    List<Long> decMine = new ArrayList<>();
    try {
      // One after the other, so that each is through with its handshake before it can be cut off.
      connecting.lock();
      try {
        cycle(encMine, decMine);
      } finally {
        connecting.unlock();
        connected.countDown();
      }
      while (!over) {
        cycle(encMine, decMine);
      }
    } catch (IOException malformed) {
      failures.incrementAndGet();
    }
    enc.addAll(encMine);
    dec.addAll(decMine);
  }

  /** Gets keys once, and fetches each of them. */
  private void cycle(List<Long> encMine, List<Long> decMine) throws IOException {
    String fetchFrom = decKeys;
    SSLSocketFactory fetchBy = decTls;
    Map<String, String> given = timed(encKeys, encTls, encMine);
    given.forEach(this::check);
    if (fetchFrom != null && fetchBy != null) {
      for (Map.Entry<String, String> key : given.entrySet()) {
        Map<String, String> fetched =
            timed(URI.create(fetchFrom + key.getKey()).toURL(), fetchBy, decMine);
        if (!fetched.isEmpty() && !fetched.equals(Map.of(key.getKey(), key.getValue()))) {
          different.incrementAndGet();
        }
      }
    }
  }

  private void check(String id, String key) {
    keys.incrementAndGet();
    if (!ids.add(id)) {
      repeatedIds.incrementAndGet();
    }
    if (!seen.add(key)) {
      repeatedKeys.incrementAndGet();
    }
  }

  /** Asks once; returns the keys by identifier, none if it failed. */
  private Map<String, String> timed(URL url, SSLSocketFactory tls, List<Long> times) {
    boolean counts = measuring;
    long start = System.nanoTime();
    try {
      Map<String, String> got = ask(url, tls);
      if (counts && measuring) {
        times.add(System.nanoTime() - start);
      }
      return got;
    } catch (IOException | JacksonException failure) {
      failures.incrementAndGet();
      firstFailure.compareAndSet(
          "", failure.getClass().getSimpleName() + ": " + failure.getMessage());
      return Map.of();
    }
  }

  private static Map<String, String> ask(URL url, SSLSocketFactory tls) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection();
    connection.setSSLSocketFactory(tls);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      try (InputStream error = connection.getErrorStream()) {
        if (error != null) {
          error.readAllBytes();
        }
      }
      throw new IOException("HTTP " + connection.getResponseCode());
    }
    try (InputStream body = connection.getInputStream()) {
      Map<String, String> keys = new LinkedHashMap<>();
      for (JsonNode key : JSON.readTree(body.readAllBytes()).path("keys")) {
        keys.put(key.path("key_ID").stringValue(""), key.path("key").stringValue(""));
      }
      return keys;
    }
  }
}
