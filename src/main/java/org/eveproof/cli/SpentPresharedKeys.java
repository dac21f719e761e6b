package org.eveproof.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eveproof.bootstrap.Credential;
import org.eveproof.bootstrap.CredentialId;
import org.eveproof.bootstrap.DeviceName;
import org.eveproof.bootstrap.OwnerOnly;
import org.eveproof.bootstrap.ProvisionedKey;
import org.eveproof.protocol.Party;

/**
 * Which pre-shared keys the ends of a link have spent: the file {@code FILE.spent} beside the key
 * {@code FILE}, a line for each end and key.
 *
 * <pre>
 * alice 32 hexadecimal digits of the key's id, generation, name of Alice's device, of Bob's
 * </pre>
 *
 * <p>A line is added, and is on the disk, before the first one-time key made from the pre-shared
 * key is used. Lines are never taken away. A line that a crash has cut short is damage, and after
 * damage nothing is taken: the key may have been spent. Both ends may share a file on one machine,
 * so it is locked while it is read and written.
 */
final class SpentPresharedKeys {
  private static final String SUFFIX = ".spent";
  private static final int MAX_BYTES = 1 << 20;

  /** A file lock keeps processes apart, not the threads of one. */
  private static final Object ONE_AT_A_TIME = new Object();

  private final Path key;
  private final Path notes;

  /**
   * One line.
   *
   * @param end who has spent the key
   * @param pair the names of both devices, Alice's first
   */
  private record Spent(Party end, CredentialId id, int generation, List<DeviceName> pair) {
    static Spent of(Party end, ProvisionedKey key) {
      Credential credential = key.key().credential();
      return new Spent(
          end, credential.id(), key.generation(), List.of(credential.first(), credential.second()));
    }

    static Optional<Spent> parse(String line) {
      String[] words = line.split(" ", -1);
      if (words.length != 5
          || !words[2].matches("[1-9][0-9]{0,8}")
          || !words[1].matches("[0-9a-f]{" + 2 * CredentialId.BYTES + "}")
          || !DeviceName.isName(words[3])
          || !DeviceName.isName(words[4])) {
        return Optional.empty();
      }
      for (Party end : Party.values()) {
        if (end.specName().equals(words[0])) {
          return Optional.of(
              new Spent(
                  end,
                  new CredentialId(words[1]),
                  Integer.parseInt(words[2]),
                  List.of(new DeviceName(words[3]), new DeviceName(words[4]))));
        }
      }
      return Optional.empty();
    }

    /** Whether an end that has spent this key may no longer use the other. */
    boolean forbids(Spent other) {
      boolean samePair = Set.copyOf(pair).equals(Set.copyOf(other.pair));
      return end == other.end
          && (id.equals(other.id) || (samePair && other.generation <= generation));
    }

    @Override
    public String toString() {
      return String.join(
          " ",
          end.specName(),
          id.hex(),
          Integer.toString(generation),
          pair.get(0).toString(),
          pair.get(1).toString());
    }
  }

  /**
   * Looks beside a key.
   *
   * @param key the file of the pre-shared key, which need not be there
   */
  SpentPresharedKeys(Path key) {
    this.key = key;
    this.notes = key.resolveSibling(key.getFileName() + SUFFIX);
  }

  /**
   * Refuses a key that an end has spent.
   *
   * @throws BadInput if it has, or has spent a later one of the same pair, or if that cannot be
   *     told because the file is damaged or others can write it
   * @throws IOException if the file cannot be read
   */
  void refuseIfSpent(Party end, ProvisionedKey provisioned) throws IOException {
    refuseIfSpent(Spent.of(end, provisioned), read());
  }

  /**
   * Notes that an end spends a key now. When this returns, the note is on the disk.
   *
   * @throws BadInput if another process has spent it meanwhile
   * @throws IOException if the note cannot be written: the key must not be used
   */
  void note(Party end, ProvisionedKey provisioned) throws IOException {
    Spent now = Spent.of(end, provisioned);
    synchronized (ONE_AT_A_TIME) {
      try (FileChannel channel =
          FileChannel.open(
              notes,
              Set.of(
                  StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
              SecretFile.ownerOnly(notes))) {
        // Closing the channel unlocks it.
        channel.lock();
        refuseIfSpent(now, read());
        ByteBuffer line = ByteBuffer.wrap((now + "\n").getBytes(StandardCharsets.US_ASCII));
        while (line.hasRemaining()) {
          channel.write(line);
        }
        channel.force(true);
        SecretFile.forceDirectory(notes);
      }
    }
  }

  /** Returns who has spent exactly this key. */
  List<Party> endsThatSpent(ProvisionedKey provisioned) throws IOException {
    CredentialId id = provisioned.key().id();
    return read().stream().filter(spent -> spent.id().equals(id)).map(Spent::end).toList();
  }

  /** Returns the greatest generation that any end has spent, 0 if none. */
  int lastGeneration() throws IOException {
    return read().stream().mapToInt(Spent::generation).max().orElse(0);
  }

  private void refuseIfSpent(Spent wanted, List<Spent> noted) {
    for (Spent spent : noted) {
      if (spent.forbids(wanted)) {
        int last = noted.stream().mapToInt(Spent::generation).max().orElse(0);
        throw new BadInput(
            String.format(
                "%s: %s has spent this key, or a later one of the pair (generation %s; this is"
                    + " generation %s): make a new one with 'eveproof psk new --generation %s',"
                    + " bring it to both ends in place of this one, and destroy this one",
                key, wanted.end().specName(), spent.generation(), wanted.generation(), last + 1));
      }
    }
  }

  private List<Spent> read() throws IOException {
    List<Spent> noted = new ArrayList<>();
    if (Files.notExists(notes)) {
      return noted;
    }
    if (!Files.isRegularFile(notes) || Files.size(notes) > MAX_BYTES) {
      throw damaged("it is no such file");
    }
    if (!OwnerOnly.holds(notes)) {
      throw new BadInput(notes + ": " + OwnerOnly.MENDING);
    }
    String text = Files.readString(notes, StandardCharsets.ISO_8859_1);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw damaged("its last line is cut short");
    }
    for (String line : text.lines().toList()) {
      noted.add(Spent.parse(line).orElseThrow(() -> damaged("a line of it is none")));
    }
    return noted;
  }

  private BadInput damaged(String how) {
    return new BadInput(
        notes
            + " tells which keys are spent, and "
            + how
            + ": no key beside it is taken; make a new key under another name");
  }
}
