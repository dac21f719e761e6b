package org.eveproof.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Consumer;
import org.eveproof.delivery.Announcement;
import org.eveproof.delivery.DeliveryEvent;
import org.eveproof.delivery.DeliveryRules;
import org.eveproof.delivery.DeliveryStore;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.KeyHolder;
import org.eveproof.delivery.KeyOwner;
import org.eveproof.delivery.SqliteDeliveryStore;
import org.eveproof.delivery.etsi014.KmeApi;
import org.eveproof.delivery.etsi014.KmeServer;
import org.eveproof.delivery.etsi014.KmeServer.Served;
import org.eveproof.delivery.etsi014.MutualTls;
import org.eveproof.delivery.service.DeliveryService;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.transport.Transport;

/** A KME at work: the store of a state directory, the way to the other site, the server. */
final class KmeSite implements AutoCloseable {
  /** Greatest length of a message between the sites, in bytes. */
  static final int MAX_MESSAGE = Announcement.MAX_BYTES + 256;

  private static final Duration REPEAT = Duration.ofMillis(500);

  private final FileChannel lock;
  private final DeliveryStore store;
  private final DeliveryService service;
  private final KmeServer server;

  private KmeSite(
      FileChannel lock, DeliveryStore store, DeliveryService service, KmeServer server) {
    this.lock = lock;
    this.store = store;
    this.service = service;
    this.server = server;
  }

  /**
   * What makes a KME.
   *
   * @param state directory with keys.db, which is made if there is none
   * @param kme how it is called
   * @param peerKme how the one of the other site is called
   * @param patience how long a master waits for the other site
   */
  record Plan(
      Path state,
      Party site,
      String kme,
      String peerKme,
      InetSocketAddress api,
      MutualTls tls,
      DeliveryRules rules,
      Entitlements entitlements,
      Duration patience) {}

  /**
   * Starts a KME.
   *
   * @param peer becomes this site's own
   * @param events told of alarms
   * @param log told of each request
   * @throws BadInput if another one serves the same state
   */
  static KmeSite start(
      Plan plan, Transport peer, Consumer<DeliveryEvent> events, Consumer<Served> log)
      throws IOException {
    FileChannel lock = lock(plan.state());
    DeliveryStore store = SqliteDeliveryStore.open(plan.state(), plan.site());
    DeliveryService service =
        new DeliveryService(
            store,
            new KeyOwner(store, plan.rules(), SecretRandom.secure(), events),
            new KeyHolder(store, plan.rules(), plan.entitlements(), events),
            peer,
            plan.patience(),
            REPEAT,
            events);
    KmeApi api =
        new KmeApi(
            plan.site(), plan.kme(), plan.peerKme(), plan.rules(), plan.entitlements(), service);
    try {
      KmeServer server = KmeServer.start(plan.api(), plan.tls(), api, log);
      service.start();
      return new KmeSite(lock, store, service, server);
    } catch (IOException failure) {
      peer.close();
      store.close();
      lock.close();
      throw failure;
    }
  }

  private static FileChannel lock(Path state) throws IOException {
    if (!Files.isDirectory(state)) {
      throw new BadInput(state + " is no directory; make it, closed to others (mkdir -m 700)");
    }
    FileChannel lock =
        FileChannel.open(
            state.resolve("kme.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock.tryLock() != null) {
        return lock;
      }
    } catch (OverlappingFileLockException here) {
      // Another one in this very process: told below.
    }
    lock.close();
    throw new BadInput(state + " is being served by another KME; stop that one first");
  }

  /** Returns where the server listens. */
  InetSocketAddress address() {
    return server.address();
  }

  /** Returns the store, to take blocks into. */
  DeliveryStore store() {
    return store;
  }

  /** Returns how many requests were answered. */
  long served() {
    return server.served();
  }

  /** Finishes the requests under way and closes everything. */
  @Override
  public void close() {
    server.close();
    service.close();
    store.close();
    try {
      lock.close();
    } catch (IOException failure) {
      // The lock ends with the process at the latest.
    }
  }
}
