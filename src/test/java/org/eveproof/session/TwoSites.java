package org.eveproof.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.KeyIndex;
import org.eveproof.authentication.MessageAuthenticator;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.handover.InMemoryLedgerStore;
import org.eveproof.handover.Ledger;
import org.eveproof.handover.RollbackGuard;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;
import org.eveproof.quantum.Chance;
import org.eveproof.quantum.PulseTrain;
import org.eveproof.session.StandingLink.Introduction;
import org.eveproof.transport.InMemoryChannel;
import org.eveproof.transport.Tap;

/**
 * Two sites whose standing links are killed and started again: what a disk keeps is kept, the rest
 * is gone. Every frame on the wire is noted.
 */
final class TwoSites implements AutoCloseable {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final int PATIENCE = 20;
  private static final int MAX_FRAMES = 20_000;

  private final LinkSettings settings;
  private final MessageAuthenticator authenticator = Suite.WEGMAN_CARTER.authenticator();
  private final SecretRandom random;
  private final SplittableRandom physics;
  private final InMemoryChannel channel;
  private final Map<Integer, PulseTrain> fibre = new HashMap<>();
  private OptionalInt awaited = OptionalInt.empty();
  private final Map<Party, Site> sites = new EnumMap<>(Party.class);

  /** What each one-time key has authenticated. */
  final Map<String, String> tagged = new HashMap<>();

  /** One-time keys under which two different messages went out. */
  final List<String> reused = new ArrayList<>();

  private int frames;

  /** One site: what its disk keeps, and the process that runs, if one does. */
  final class Site {
    final Party self;
    InMemoryLedgerStore store = new InMemoryLedgerStore();
    RollbackGuard guard = RollbackGuard.inMemory();
    final Map<String, String> keys = new LinkedHashMap<>();
    final List<LinkEffect> seen = new ArrayList<>();
    boolean newEpoch;
    Optional<Ledger> ledger = Optional.empty();
    Optional<StandingLink> link = Optional.empty();
    private int waited;

    Site(Party self) {
      this.self = self;
    }

    void start() {
      Ledger opened =
          Ledger.open(
              self,
              settings.ledger(authenticator),
              store,
              guard,
              (epoch, block, key) -> {
                try (key) {
                  keys.put(epoch + "." + block, HexFormat.of().formatHex(key.toBytes()));
                }
              });
      ledger = Optional.of(opened);
      DeviceName name = new DeviceName(self.specName());
      Optional<Introduction> introduction =
          opened.current() > 0 && !newEpoch
              ? Optional.empty()
              : Optional.of(
                  new Introduction(
                      credential(name), name, new DeviceName(self.peer().specName()), () -> NOW));
      StandingLink end =
          new StandingLink(self, settings, opened, authenticator, introduction, newEpoch, random);
      link = Optional.of(end);
      waited = 0;
      perform(self, end.begin());
    }

    /** The process ends where it stands. */
    void kill() {
      link.ifPresent(StandingLink::close);
      ledger.ifPresent(Ledger::close);
      link = Optional.empty();
      ledger = Optional.empty();
    }

    boolean isOver() {
      return link.isPresent() && link.get().isOver();
    }

    int bootstraps() {
      return (int) seen.stream().filter(LinkEffect.SessionBegins.class::isInstance).count();
    }
  }

  TwoSites(LinkSettings settings, long seed, Tap tap) {
    this.settings = settings;
    this.physics = new SplittableRandom(seed);
    this.random = SecretRandom.simulated(physics);
    this.channel =
        new InMemoryChannel(
            (sender, frame) -> {
              note(frame);
              return tap.carry(sender, frame);
            });
    for (Party party : Party.values()) {
      sites.put(party, new Site(party));
    }
  }

  Site site(Party party) {
    return Objects.requireNonNull(sites.get(party));
  }

  private static PresharedKeys credential(DeviceName name) {
    PresharedKeys keys = new PresharedKeys(name);
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) 7);
    secret[0] = 1;
    keys.enrol(
        new PresharedKey(
            new Credential(
                new CredentialId("00112233445566778899aabbccddeeff"),
                new DeviceName("alice"),
                new DeviceName("bob"),
                Credential.Purpose.AUTHENTICATION,
                Credential.Origin.COURIER,
                NOW,
                NOW),
            SecretBits.copyOf(Bits.fromBytes(secret, 256))));
    return keys;
  }

  private void note(byte[] bytes) {
    frames++;
    Optional<Frame> frame = Frame.parse(bytes);
    if (frame.isPresent()) {
      KeyIndex key = frame.get().header().key();
      String name = frame.get().header().sender() + " " + key;
      String content = HexFormat.of().formatHex(bytes);
      if (!tagged.getOrDefault(name, content).equals(content)) {
        reused.add(name);
      }
      tagged.put(name, content);
    }
  }

  /**
   * Runs both ends until both are over, or a moment comes.
   *
   * @param moment asked after every frame that is handed over: how many frames so far, and to whom
   * @return whether the moment came
   */
  boolean runUntil(BiPredicate<Integer, Party> moment) {
    int silent = 0;
    while (!(site(Party.ALICE).isOver() && site(Party.BOB).isOver())) {
      boolean heard = false;
      for (Party party : Party.values()) {
        Optional<byte[]> frame = read(party);
        if (frame.isPresent()) {
          heard = true;
          Site site = site(party);
          if (site.link.isPresent()) {
            int before = site.link.get().progress();
            perform(party, site.link.get().receive(frame.get()));
            if (site.link.isPresent() && site.link.get().progress() > before) {
              site.waited = 0;
            }
          }
          if (moment.test(frames, party)) {
            return true;
          }
        }
      }
      silent = heard ? 0 : silent + 1;
      if (silent > 100 * PATIENCE || frames > MAX_FRAMES) {
        throw new AssertionError(
            "nothing happens any more: "
                + site(Party.ALICE).seen.stream()
                    .skip(Math.max(0, site(Party.ALICE).seen.size() - 8))
                    .toList()
                + site(Party.BOB).seen.stream()
                    .skip(Math.max(0, site(Party.BOB).seen.size() - 8))
                    .toList());
      }
      if (!heard) {
        for (Site site : sites.values()) {
          if (site.link.isPresent() && !site.isOver()) {
            site.waited++;
            boolean patient = site.waited % PATIENCE != 0;
            perform(
                site.self,
                patient ? site.link.get().resend() : site.link.get().giveUp("no answer"));
          }
        }
      }
    }
    return false;
  }

  private Optional<byte[]> read(Party party) {
    try {
      return channel.end(party).receive(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void perform(Party party, List<LinkEffect> effects) {
    for (LinkEffect effect : effects) {
      if (effect instanceof LinkEffect.Send send) {
        channel.end(party).send(send.bytes());
      } else if (effect instanceof LinkEffect.Emit emit) {
        fibre.put(emit.round(), emit.light().singlePhotons());
      } else if (effect instanceof LinkEffect.AwaitLight wait) {
        awaited = OptionalInt.of(wait.round());
      } else if (effect instanceof LinkEffect.DiscardLight) {
        if (party == Party.BOB) {
          fibre.clear();
          awaited = OptionalInt.empty();
        }
      } else {
        site(party).seen.add(effect);
      }
    }
    Optional<StandingLink> bob = site(Party.BOB).link;
    if (awaited.isPresent() && bob.isPresent()) {
      int round = awaited.getAsInt();
      PulseTrain light = fibre.remove(round);
      if (light != null) {
        awaited = OptionalInt.empty();
        perform(Party.BOB, bob.get().measure(round, light, Chance.drivenBy(physics)));
      }
    }
  }

  @Override
  public void close() {
    sites.values().forEach(Site::kill);
  }
}
