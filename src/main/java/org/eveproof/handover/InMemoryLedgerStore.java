package org.eveproof.handover;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A store that outlives the ledger object, as a disk outlives a process, but not the process. */
public final class InMemoryLedgerStore implements LedgerStore, AutoCloseable {
  private byte[] image = new byte[0];
  private final Deque<JournalEntry> journal = new ArrayDeque<>();

  @Override
  public void write(byte[] newImage, List<JournalEntry> entries, long firstKept) {
    write(newImage);
    journal.addAll(entries);
    while (!journal.isEmpty() && journal.getFirst().number() < firstKept) {
      journal.removeFirst();
    }
  }

  /** Puts a copy in place of the image and leaves the journal as it is. */
  public void write(byte[] newImage) {
    byte[] copy = newImage.clone();
    close();
    image = copy;
  }

  @Override
  public Optional<byte[]> read() {
    return image.length == 0 ? Optional.empty() : Optional.of(image.clone());
  }

  /** Returns the entries of the journal. */
  public List<JournalEntry> journal() {
    return List.copyOf(journal);
  }

  /** Overwrites the image. */
  @Override
  public void close() {
    Arrays.fill(image, (byte) 0);
    image = new byte[0];
  }
}
