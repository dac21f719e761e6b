package org.eveproof.delivery;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eveproof.delivery.health.HealthHistory;
import org.eveproof.protocol.Party;

/**
 * What a site remembers of key delivery. A change is durable when the step that made it returns; a
 * step that throws has changed nothing.
 *
 * <p>What is overwritten is gone from the store, not only marked, at the latest after {@link
 * #tidy}. Byte arrays that come out hold secrets and are the caller's to wipe; those that go in
 * stay the caller's.
 */
public interface DeliveryStore extends AutoCloseable {

  /** Returns whose site this is. */
  Party site();

  /**
   * Makes all changes of a step at once. A step within a step is part of it.
   *
   * @throws java.io.UncheckedIOException if the changes could not be made durable
   */
  <T> T atomically(Supplier<T> step);

  /**
   * Rids the files of what was overwritten, as far as nobody else is reading them; between two
   * calls older versions may still be found there. Not within a step.
   *
   * @return whether nothing remains
   */
  boolean tidy();

  // ---- the pool ----

  /** Returns the last block that came in, whatever became of it. */
  Optional<BlockId> lastTakenIn();

  /** Notes that a block came in. */
  void noteTakenIn(BlockId block);

  /** Returns what the health tests remember of the blocks before. */
  HealthHistory healthHistory();

  /** Remembers this for the next block. */
  void rememberHealth(HealthHistory history);

  /** Adds a half, not taken yet, after all others of this owner. */
  void addHalf(Party owner, BlockId block, byte[] half);

  /** Returns the halves of an owner in order. */
  List<Half> halves(Party owner);

  /** Returns how many bytes of an owner's halves have not been taken. */
  long rest(Party owner);

  /** Returns how many of an owner's halves are held to so many bytes. */
  int count(Party owner, int held);

  /** Returns one half. */
  Optional<Half> half(Party owner, BlockId block);

  /** Returns bytes of a half that has at least so many. */
  byte[] read(Party owner, BlockId block, int offset, int length);

  /** Notes that everything in a half before an offset is taken. */
  void take(Party owner, BlockId block, int next);

  /** Overwrites bytes of a half with zeros. */
  void wipe(Party owner, BlockId block, int offset, int length);

  /** Overwrites a half and forgets it. */
  void drop(Party owner, BlockId block);

  /** Counts a message under the hash keys of a half that did not verify. */
  void countFailure(Party owner, BlockId block);

  // ---- the owner ----

  /** Returns the announcement that is not settled. */
  Optional<PendingAnnouncement> pending();

  /** Remembers an announcement, or what became of it, in place of the one before. */
  void setPending(PendingAnnouncement pending);

  /** Forgets the announcement. */
  void clearPending();

  /** Returns the oldest keys to be withdrawn, at most so many. */
  List<UUID> withdrawals(int most);

  /** Adds keys to be withdrawn. */
  void addWithdrawals(List<UUID> ids);

  /** Forgets keys to be withdrawn. */
  void clearWithdrawals(List<UUID> ids);

  // ---- the holder ----

  /** Returns the last announcement that was answered. */
  Optional<AnsweredAnnouncement> answered();

  /** Remembers an announcement and its answer in place of the ones before. */
  void setAnswered(AnsweredAnnouncement answered);

  /** Returns a key that was reserved, perhaps long fetched, or withdrawn, as far as remembered. */
  Optional<ReservedKey> reserved(UUID id);

  /** Reserves a key whose identifier is not known yet. */
  void reserve(ReservedKey key, byte[] bytes);

  /** Returns the bytes of a key that waits for a slave. */
  byte[] keyBytes(UUID id);

  /**
   * Replaces what is remembered of a key. When no slave is left its bytes are overwritten.
   *
   * @param before what was remembered
   */
  void update(ReservedKey before, ReservedKey after);

  /** Returns how many keys wait for a slave of a master. */
  long backlog(SaeId master, SaeId slave);

  /** Returns how many keys wait for slaves in all; one that waits for two counts twice. */
  long backlog();

  /** Forgets identifiers of keys that wait for nobody, except among so many latest keys. */
  void forgetSpent(int among);

  @Override
  void close();
}
