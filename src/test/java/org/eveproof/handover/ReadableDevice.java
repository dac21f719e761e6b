package org.eveproof.handover;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.jcajce.interfaces.MLKEMPrivateKey;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.exchange.ExchangeAnswer;
import org.eveproof.bootstrap.exchange.ExchangeCaller;
import org.eveproof.bootstrap.exchange.ExchangeSecrets;
import org.eveproof.bootstrap.exchange.KeyEstablishment;
import org.eveproof.postprocessing.PrivacyAmplification;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/**
 * One end of a link made of the real things, next to a peer, and the bytes of each secret as they
 * were when it was made. It never lets go of an object: what is not overwritten is found.
 */
final class ReadableDevice {
  private static final int KEYS = 6;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Methods METHODS = Methods.preshared(Set.of(Suite.WEGMAN_CARTER));
  private static final int KEY_BITS = 8 * (RoleSplit.leastBytes(KEYS) + 48);

  /** What a device holds and its application does not: the root of all that Eve can read. */
  private static final class Held {
    final PresharedKeys anchor;
    final MutualAuthentication authentication;
    Handshake handshake = new Handshake.Resting(false);
    final InMemoryLedgerStore store = new InMemoryLedgerStore();
    final Ledger ledger;
    final Map<Integer, SecretBits> waiting = new TreeMap<>();
    final List<Object> past = new ArrayList<>();

    Held(Party self, byte[] psk) {
      DeviceName name = new DeviceName(self.specName());
      anchor = new PresharedKeys(name);
      PresharedKey key =
          new PresharedKey(
              new Credential(
                  new CredentialId("00112233445566778899aabbccddeeff"),
                  new DeviceName("alice"),
                  new DeviceName("bob"),
                  Credential.Purpose.AUTHENTICATION,
                  Credential.Origin.COURIER,
                  NOW,
                  NOW),
              SecretBits.fromBytes(psk, 8 * psk.length));
      anchor.enrol(key);
      past.add(key);
      authentication = new MutualAuthentication(self, name, anchor, METHODS);
      ledger =
          Ledger.open(
              self,
              new LedgerRules(Suite.WEGMAN_CARTER, 1, 3),
              store,
              RollbackGuard.inMemory(),
              (epoch, block, application) -> waiting.put(block, application));
    }
  }

  private final Party self;
  private final KeyEstablishment exchange;
  private final SecretRandom random;
  private final Held own;
  private final Held peer;
  private final Map<List<Object>, List<byte[]>> secrets = new LinkedHashMap<>();
  private Optional<SecretBits> raw = Optional.empty();
  private Optional<ExchangeCaller> caller = Optional.empty();
  private int round;

  /**
   * Provisions an end and its peer.
   *
   * @param exchange what establishes keys; {@code NONE} stands for quantum key distribution
   */
  ReadableDevice(Party self, KeyEstablishment exchange, SecretRandom random) {
    this.self = self;
    this.exchange = exchange;
    this.random = random;
    byte[] psk = random.publicBits(256).toBytes();
    own = new Held(self, psk);
    peer = new Held(self.peer(), psk);
    note("credential", 0, 0, psk);
  }

  private void note(String kind, int number, int index, byte[] bytes) {
    secrets
        .computeIfAbsent(
            List.of(List.of("alice", "bob"), kind, number, index), name -> new ArrayList<>())
        .add(bytes.clone());
  }

  private void noteBlock(int number, byte[] block) {
    RoleSplit split = new RoleSplit(KEYS, block.length - RoleSplit.leastBytes(KEYS));
    for (int pad = 1; pad <= 2; pad++) {
      int from = split.padOffset(self, pad);
      note("pad", number, pad, Arrays.copyOfRange(block, from, from + OneTimeKey.PAD_BYTES));
    }
    if (split.applicationBytes() > 0) {
      note(
          "application",
          number,
          0,
          Arrays.copyOfRange(block, split.applicationOffset(), block.length));
    }
  }

  /** Returns the names of the secrets that are found in the memory of the device. */
  Set<List<Object>> found() throws IllegalAccessException {
    Memory memory = Memory.of(own);
    Map<List<Object>, List<byte[]>> held = new HashMap<>(secrets);
    held.values().removeIf(bytes -> bytes.stream().noneMatch(memory::contains));
    return held.keySet();
  }

  void authenticate() {
    Held alice = self == Party.ALICE ? own : peer;
    Held bob = self == Party.ALICE ? peer : own;
    MutualAuthentication.Outcome outcome =
        alice.authentication.call(alice.handshake, new DeviceName("bob"), NOW, random);
    alice.handshake = outcome.after(alice.handshake);
    Held to = bob;
    for (Optional<byte[]> sent = outcome.send(); sent.isPresent(); sent = outcome.send()) {
      outcome = to.authentication.receive(to.handshake, sent.get(), NOW, random);
      to.handshake = outcome.after(to.handshake);
      to = to == bob ? alice : bob;
    }
    for (Held end : List.of(alice, bob)) {
      DeviceName other = new DeviceName(end == alice ? "bob" : "alice");
      end.handshake = end.authentication.begin(end.handshake, other).after(end.handshake);
      SecretBits seed = ((Handshake.Begun) end.handshake).run().seed();
      try (KeyBlock first = KeyBlock.bootstrap(seed, KEYS)) {
        end.ledger.reBootstrap(0, first, false);
        if (end == own) {
          own.past.add(seed);
          note("credential", 0, 0, seed.toBytes());
          noteBlock(0, first.toBytes());
        }
      }
      // The first one-time key opens the session.
      end.ledger.take().orElseThrow().close();
    }
  }

  void begin() throws ReflectiveOperationException {
    round++;
    if (exchange == KeyEstablishment.NONE) {
      SecretBits bits = random.secretBits(3 * KEY_BITS);
      note("ephemeral", round, 0, bits.toBytes());
      raw = Optional.of(bits);
      own.past.add(bits);
      return;
    }
    ExchangeCaller begun = ExchangeCaller.begin(Set.of(exchange), random);
    caller = Optional.of(begun);
    own.past.add(begun);
    byte[] x25519 = (byte[]) read(begun, "x25519");
    if (x25519.length > 0) {
      note("ephemeral", round, 0, x25519);
    }
    ((Optional<?>) read(begun, "mlKem"))
        .map(pair -> (MLKEMPrivateKey) ((KeyPair) pair).getPrivate())
        .ifPresent(key -> note("ephemeral", round, 0, Arrays.copyOf(key.getPrivateData(), 32)));
  }

  private static Object read(Object object, String name) throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(object);
  }

  void agree() throws ReflectiveOperationException {
    try (SecretBits key = raw.isPresent() ? amplified(raw.get()) : exchanged(caller.orElseThrow());
        KeyBlock block = own.ledger.nextBlock(key, KEYS);
        KeyBlock same = block.copy()) {
      own.past.addAll(List.of(key, block));
      noteBlock(round, block.toBytes());
      if (!own.ledger.stage(block) || !peer.ledger.stage(same)) {
        throw new AssertionError("the ledgers take the block");
      }
    }
  }

  private SecretBits amplified(SecretBits bits) {
    try (bits) {
      Bits seed = PrivacyAmplification.drawSeed(bits.length(), KEY_BITS, random);
      return PrivacyAmplification.amplify(bits, seed, KEY_BITS);
    }
  }

  private SecretBits exchanged(ExchangeCaller begun) throws ReflectiveOperationException {
    ExchangeAnswer answer =
        ExchangeAnswer.to(exchange, Set.of(exchange), begun.share(), random).orElseThrow();
    try (begun;
        ExchangeSecrets both = begun.finish(exchange, answer.share()).orElseThrow();
        SecretBits combined = both.combine("a link".getBytes(StandardCharsets.US_ASCII));
        KeyBlock expanded = KeyBlock.bootstrap(combined, 2 * KEYS)) {
      own.past.addAll(List.of(both, combined, expanded));
      note("ephemeral", round, 0, combined.toBytes());
      for (String part : List.of("x25519", "mlKem")) {
        ((Optional<?>) read(both, part))
            .ifPresent(bits -> note("ephemeral", round, 0, ((SecretBits) bits).toBytes()));
      }
      byte[] bytes = expanded.toBytes();
      return SecretBits.fromBytes(Arrays.copyOf(bytes, KEY_BITS / 8), KEY_BITS);
    }
  }

  void commit() {
    Held alice = self == Party.ALICE ? own : peer;
    Held bob = self == Party.ALICE ? peer : own;
    boolean busy = true;
    while (busy) {
      Optional<Frame> fromAlice = alice.ledger.advance();
      fromAlice.ifPresent(bob.ledger::receive);
      Optional<Frame> fromBob = bob.ledger.advance();
      fromBob.ifPresent(alice.ledger::receive);
      busy = fromAlice.isPresent() || fromBob.isPresent();
    }
    own.handshake = own.authentication.finish(own.handshake).after(own.handshake);
  }

  void use() {
    try (OneTimeKey key = own.ledger.take().orElseThrow()) {
      own.past.add(key);
    }
  }

  /** The application copies its key, and the device keeps none. */
  void deliver(int number) {
    try (SecretBits key = Optional.ofNullable(own.waiting.get(number)).orElseThrow()) {
      key.slice(0, key.length()).close();
    }
  }
}
