package org.eveproof.adversary.rndl;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.MutualAuthentication.Outcome;
import org.eveproof.bootstrap.TrustAnchor;
import org.eveproof.handover.KeyBlock;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.SecretRandom;

/** Runs the bootstrap: the devices with each other, or Eve with each of them. */
final class Bootstraps {
  private final Installation site;
  private final RandomGenerator source;

  Bootstraps(Installation site, RandomGenerator source) {
    this.site = site;
    this.source = source;
  }

  /** One end of one run. */
  private final class Device {
    private final MutualAuthentication authentication;
    private final Party self;
    private final DrawLog log = new DrawLog(source);
    private final SecretRandom random = SecretRandom.simulated(log);
    private Handshake state = new Handshake.Resting(false);

    Device(Party self, TrustAnchor anchor) {
      this.self = self;
      this.authentication =
          new MutualAuthentication(self, Installation.name(self), anchor, site.methods());
    }

    Optional<byte[]> call() {
      return follow(
          authentication.call(state, Installation.name(self.peer()), Installation.NOW, random));
    }

    Optional<byte[]> receive(byte[] message) {
      return follow(authentication.receive(state, message, Installation.NOW, random));
    }

    /** Gives a run up that nobody went on with, to be ready for another. */
    void giveUp() {
      state = authentication.giveUp(state).after(state);
    }

    private Optional<byte[]> follow(Outcome outcome) {
      state = outcome.after(state);
      return outcome.send();
    }

    /** Begins the first session, if the peer is authenticated. */
    Optional<Handshake.Run> begin() {
      state = authentication.begin(state, Installation.name(self.peer())).after(state);
      return state instanceof Handshake.Begun begun ? Optional.of(begun.run()) : Optional.empty();
    }
  }

  /** Both runs of a bootstrap that came to its end, and a digest of what was said. */
  private record Both(Handshake.Run caller, Handshake.Run callee, Bits conversation) {}

  private static Optional<Both> run(Device caller, byte[] call, Device callee) {
    List<byte[]> said = new ArrayList<>();
    Optional<byte[]> message = Optional.of(call);
    Device next = callee;
    while (message.isPresent()) {
      said.add(message.get());
      message = next.receive(message.get());
      next = next == callee ? caller : callee;
    }
    Optional<Handshake.Run> first = caller.begin();
    Optional<Handshake.Run> second = callee.begin();
    return first.flatMap(one -> second.map(two -> new Both(one, two, digest(said))));
  }

  /** Lets the devices bootstrap with each other, and records it. */
  Situation passed(int bootstrap) {
    Device alice = new Device(Party.ALICE, site.anchorOf(Party.ALICE, bootstrap));
    Device bob = new Device(Party.BOB, site.anchorOf(Party.BOB, bootstrap));
    Both both = run(alice, alice.call().orElseThrow(), bob).orElseThrow();
    Map<Party, End> ends = new EnumMap<>(Party.class);
    ends.put(Party.ALICE, end(both.caller(), both.conversation()));
    ends.put(Party.BOB, end(both.callee(), both.conversation()));
    RecordedBootstrap recorded =
        new RecordedBootstrap(
            both.caller().transcript(),
            site.methods().establishments().stream()
                .filter(each -> each.usesX25519() || each.usesMlKem())
                .map(
                    each ->
                        Ephemeral.of(
                            each, both.caller().transcript().challenge().share(), alice.log))
                .findFirst(),
            PayloadCaller.open(both.caller().seed()));
    return new Situation(
        ends,
        Optional.of(recorded),
        List.of(),
        Map.of(),
        Set.of(),
        Map.of(),
        List.of("record the bootstrap"));
  }

  /**
   * Stands in the middle of it, in whatever disguise works; empty if none does. She holds back the
   * first message of Alice, who waits, so that it does not matter whether she had her secrets
   * before it was sent.
   */
  Optional<Situation> stoodIn(int bootstrap, Loot loot) {
    Map<Party, End> ends = new EnumMap<>(Party.class);
    Map<Party, KeyBlock> blocks = new EnumMap<>(Party.class);
    Device alice = new Device(Party.ALICE, site.anchorOf(Party.ALICE, bootstrap));
    Device bob = new Device(Party.BOB, site.anchorOf(Party.BOB, bootstrap));
    byte[] hello = alice.call().orElseThrow();
    for (TrustAnchor disguise : loot.disguises(Party.BOB, bootstrap)) {
      if (!ends.containsKey(Party.ALICE) && fits(disguise)) {
        Device eve = new Device(Party.BOB, disguise);
        run(alice, hello, eve)
            .ifPresent(
                both -> {
                  ends.put(Party.ALICE, end(both.caller(), both.conversation()));
                  blocks.put(Party.ALICE, block(both.callee()));
                });
      }
    }
    for (TrustAnchor disguise : loot.disguises(Party.ALICE, bootstrap)) {
      if (!ends.containsKey(Party.BOB) && fits(disguise)) {
        Device eve = new Device(Party.ALICE, disguise);
        bob.giveUp();
        eve.call()
            .flatMap(call -> run(eve, call, bob))
            .ifPresent(
                both -> {
                  ends.put(Party.BOB, end(both.callee(), both.conversation()));
                  blocks.put(Party.BOB, block(both.caller()));
                });
      }
    }
    return ends.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Situation(
                ends,
                Optional.empty(),
                List.of(),
                Map.of(),
                Set.of(),
                blocks,
                List.of("stand in the middle of the bootstrap")));
  }

  /** Whether the disguise can take part in a run of these methods at all. */
  private boolean fits(TrustAnchor disguise) {
    return disguise.establishments().containsAll(site.methods().establishments());
  }

  private static End end(Handshake.Run run, Bits conversation) {
    return new End(block(run), List.of(conversation), Map.of());
  }

  private static KeyBlock block(Handshake.Run run) {
    return KeyBlock.bootstrap(run.seed(), SessionKey.MAC_KEYS);
  }

  private static Bits digest(List<byte[]> messages) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      messages.forEach(sha::update);
      byte[] digest = sha.digest();
      return Bits.fromBytes(digest, Byte.SIZE * digest.length);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
