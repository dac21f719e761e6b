package org.eveproof.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eveproof.protocol.Party;

/**
 * A ledger as it was at one moment, for whoever only looks.
 *
 * @param image empty if no credential was ever brought
 * @param journal its entries; empty if one of them cannot be read
 * @param guardVersion what the guard says; an image with a lower version is an old copy
 */
public record LedgerSnapshot(
    Optional<LedgerImage> image, Optional<List<JournalEntry>> journal, long guardVersion)
    implements AutoCloseable {

  /** Returns what is wrong with the chain of entries; empty if it is whole. */
  public Optional<String> journalDamage() {
    if (journal.isEmpty()) {
      return Optional.of("an entry cannot be read");
    }
    if (image.isEmpty()) {
      return journal.get().isEmpty()
          ? Optional.empty()
          : Optional.of("there are entries and no ledger");
    }
    return LedgerAudit.chainDamage(image.get().journal(), journal.get());
  }

  /** Returns everything that an auditor finds wrong; nothing if all is well. */
  public List<String> audit() {
    Optional<String> damage = journalDamage();
    if (damage.isPresent()) {
      return List.of(damage.get());
    }
    return image.isEmpty()
        ? List.of()
        : LedgerAudit.findings(image.get(), journal.orElse(List.of()));
  }

  /** Returns whether this is an old copy of the ledger. */
  public boolean isOld() {
    return image.isPresent() && image.get().version() < guardVersion;
  }

  /** Returns the entries of the journal, and at the end those that may still grow. */
  public List<JournalEntry> entries() {
    List<JournalEntry> all = new ArrayList<>(journal.orElse(List.of()));
    image.ifPresent(known -> all.addAll(known.journal().runs()));
    return all;
  }

  /** Returns the number of one-time keys that are left in the block in use. */
  public int keysLeft(Party direction) {
    return image
        .filter(known -> known.current() >= 0)
        .map(known -> known.keys(known.current()))
        .map(
            keys ->
                keys.ranges(direction, 0, keys.keys(), true).stream()
                    .mapToInt(range -> range.last() - range.first() + 1)
                    .sum())
        .orElse(0);
  }

  /** Returns how far the keys reach. */
  public ReserveLevel level() {
    return image.map(ReserveLevel::of).orElse(ReserveLevel.EXHAUSTED);
  }

  /** Returns what became of all secret bits. */
  public KeyBalance balance() {
    return image.map(known -> known.journal().balance()).orElse(KeyBalance.ZERO);
  }

  /** Returns whether the link makes more bits than it takes. */
  public KeyGrowth keyGrowing() {
    return image.map(LedgerImage::growth).orElse(KeyGrowth.NONE);
  }

  /** Overwrites the keys. */
  @Override
  public void close() {
    image.ifPresent(LedgerImage::close);
  }
}
