package org.eveproof.conformance;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.Header;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.Handshake;
import org.eveproof.bootstrap.Methods;
import org.eveproof.bootstrap.MutualAuthentication;
import org.eveproof.bootstrap.PresharedKey;
import org.eveproof.bootstrap.PresharedKeys;
import org.eveproof.bootstrap.Transcript;
import org.eveproof.handover.KeyBlock;
import org.eveproof.handover.MessageKind;
import org.eveproof.protocol.Party;
import org.eveproof.protocol.Refines;
import org.eveproof.protocol.SecretBits;
import org.eveproof.protocol.SecretRandom;

/** What Eve has got hold of, byte for byte, and what she can make of it. */
@Refines("IdealKeyAgreement!Breach")
final class QkdEve implements AutoCloseable {
  private final SecretRandom random;
  private final Map<Integer, PresharedKey> credentials = new TreeMap<>();
  private final List<KeyBlock> blocks = new ArrayList<>();
  private final List<SecretBits> keys = new ArrayList<>();

  QkdEve(SecretRandom random) {
    this.random = random;
  }

  void learns(int epoch, PresharedKey credential) {
    credentials.putIfAbsent(epoch, credential);
  }

  void learns(KeyBlock block) {
    blocks.add(block.copy());
  }

  void learns(SecretBits key) {
    keys.add(key.slice(0, key.length()));
  }

  Map<Integer, PresharedKey> credentials() {
    return credentials;
  }

  List<KeyBlock> blocks() {
    return blocks;
  }

  List<SecretBits> keys() {
    return keys;
  }

  /** Returns the blocks she has, and those she can work out from credentials and transcripts. */
  List<KeyBlock> blocksWith(Optional<Transcript> transcript) {
    List<KeyBlock> all = new ArrayList<>(blocks);
    if (transcript.isPresent()) {
      for (PresharedKey credential : credentials.values()) {
        try (SecretBits seed = credential.seed(transcript.get())) {
          all.add(KeyBlock.bootstrap(seed, QkdSite.BLOCK_KEYS));
        }
      }
    }
    return all;
  }

  /** Returns a block that she makes up. */
  KeyBlock guess() {
    try (SecretBits seed = random.secretBits(256)) {
      return KeyBlock.bootstrap(seed, QkdSite.BLOCK_KEYS);
    }
  }

  /**
   * Returns a device that passes for the peer of a party: with the credential of the epoch if she
   * has it, else with a key that she makes up.
   */
  Impostor inPlaceOf(Party party, int epoch, Credential credential) {
    PresharedKey key = credentials.get(epoch);
    if (key == null) {
      try (SecretBits bits = random.secretBits(PresharedKey.LEAST_BITS)) {
        key = new PresharedKey(credential, bits);
      }
    }
    PresharedKeys anchor = new PresharedKeys(QkdSite.nameOf(party));
    anchor.enrol(key);
    return new Impostor(
        new MutualAuthentication(
            party, QkdSite.nameOf(party), anchor, Methods.preshared(Set.of(QkdSite.SUITE))));
  }

  /** Eve's own device, under a name that is not hers. */
  static final class Impostor {
    final MutualAuthentication machine;
    Handshake state = new Handshake.Resting(false);

    private Impostor(MutualAuthentication machine) {
      this.machine = machine;
    }

    Optional<byte[]> follow(MutualAuthentication.Outcome outcome) {
      state = outcome.after(state);
      return outcome.send();
    }
  }

  /**
   * Returns a message of the refill in a party's name.
   *
   * @param about the block that it is about
   * @param content if the message is to carry the hash of a block, that block
   */
  Optional<Frame> refill(
      Party sender, StolenKeys keys, MessageKind kind, int about, Optional<KeyBlock> content) {
    ByteBuffer payload = ByteBuffer.allocate(kind == MessageKind.PREPARE ? 40 : 8);
    payload.putInt(about).putInt(kind == MessageKind.PREPARE ? QkdSite.BLOCK_KEYS : 0);
    if (kind == MessageKind.PREPARE) {
      byte[] seed = random.publicBits(128).toBytes();
      byte[] noise = random.publicBits(128).toBytes();
      payload.put(seed).put(content.map(block -> block.hash(seed)).orElse(noise));
    }
    return sealed(sender, keys, 0, 0, 0, kind.type(), payload.array());
  }

  /** Returns a frame of her own making, if she has a one-time key left. */
  Optional<Frame> sealed(
      Party sender,
      StolenKeys keys,
      long session,
      int round,
      int sequence,
      int type,
      byte[] payload) {
    Optional<OneTimeKey> taken = keys.take();
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    try (OneTimeKey key = taken.get()) {
      Header header =
          new Header(QkdSite.SUITE, sender, session, round, sequence, type, key.index());
      return Optional.of(Frame.seal(QkdSite.SUITE.authenticator(), key, header, payload));
    }
  }

  @Override
  public void close() {
    credentials.values().forEach(PresharedKey::close);
    blocks.forEach(KeyBlock::close);
    keys.forEach(SecretBits::close);
  }
}
