package org.eveproof.delivery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eveproof.delivery.health.HealthHistory;
import org.eveproof.protocol.Party;

/**
 * A {@link DeliveryStore} of plain Java, cheap enough to be made for each of the many executions
 * that a model checker tries. A step that throws is not undone: those of the tests throw before
 * they change anything.
 */
final class MapDeliveryStore implements DeliveryStore {
  private final Party site;
  private final boolean exclusive;
  private final List<StoredHalf> halves = new ArrayList<>();
  private final List<UUID> withdrawals = new ArrayList<>();
  private final Map<UUID, ReservedKey> reserved = new LinkedHashMap<>();
  private final Map<UUID, byte[]> keys = new LinkedHashMap<>();
  private Optional<BlockId> lastTakenIn = Optional.empty();
  private Optional<PendingAnnouncement> pending = Optional.empty();
  private Optional<AnsweredAnnouncement> answered = Optional.empty();
  private HealthHistory health = HealthHistory.EMPTY;

  private static final class StoredHalf {
    private final Party owner;
    private final byte[] bytes;
    private Half half;

    StoredHalf(Party owner, Half half, byte[] bytes) {
      this.owner = owner;
      this.half = half;
      this.bytes = bytes.clone();
    }

    boolean is(Party anybody, BlockId block) {
      return owner == anybody && half.id().equals(block);
    }
  }

  /**
   * Makes an empty store.
   *
   * @param exclusive whether one step excludes others, as the contract demands
   */
  MapDeliveryStore(Party site, boolean exclusive) {
    this.site = site;
    this.exclusive = exclusive;
  }

  /** Copies what another store holds. */
  MapDeliveryStore(MapDeliveryStore other, boolean exclusive) {
    this(other.site, exclusive);
    for (StoredHalf each : other.halves) {
      halves.add(new StoredHalf(each.owner, each.half, each.bytes));
    }
    withdrawals.addAll(other.withdrawals);
    reserved.putAll(other.reserved);
    other.keys.forEach((id, bytes) -> keys.put(id, bytes.clone()));
    lastTakenIn = other.lastTakenIn;
    pending = other.pending;
    answered = other.answered;
    health = other.health;
  }

  @Override
  public Party site() {
    return site;
  }

  @Override
  public <T> T atomically(Supplier<T> step) {
    if (!exclusive) {
      return step.get();
    }
    synchronized (this) {
      return step.get();
    }
  }

  @Override
  public Optional<BlockId> lastTakenIn() {
    return lastTakenIn;
  }

  @Override
  public void noteTakenIn(BlockId block) {
    lastTakenIn = Optional.of(block);
  }

  @Override
  public void addHalf(Party owner, BlockId block, byte[] half) {
    halves.add(new StoredHalf(owner, new Half(block, Half.STREAM, half.length, 0), half));
  }

  @Override
  public List<Half> halves(Party owner) {
    return halves.stream().filter(each -> each.owner == owner).map(each -> each.half).toList();
  }

  @Override
  public Optional<Half> half(Party owner, BlockId block) {
    return halves(owner).stream().filter(half -> half.id().equals(block)).findFirst();
  }

  private StoredHalf stored(Party owner, BlockId block) {
    return halves.stream().filter(each -> each.is(owner, block)).findFirst().orElseThrow();
  }

  @Override
  public byte[] read(Party owner, BlockId block, int offset, int length) {
    return Arrays.copyOfRange(stored(owner, block).bytes, offset, offset + length);
  }

  @Override
  public void take(Party owner, BlockId block, int next) {
    StoredHalf stored = stored(owner, block);
    stored.half = new Half(block, next, stored.half.held(), stored.half.failures());
  }

  @Override
  public void wipe(Party owner, BlockId block, int offset, int length) {
    Arrays.fill(stored(owner, block).bytes, offset, offset + length, (byte) 0);
  }

  @Override
  public void drop(Party owner, BlockId block) {
    halves.removeIf(each -> each.is(owner, block));
  }

  @Override
  public void countFailure(Party owner, BlockId block) {
    StoredHalf stored = stored(owner, block);
    Half half = stored.half;
    stored.half = new Half(block, half.next(), half.held(), half.failures() + 1);
  }

  @Override
  public Optional<PendingAnnouncement> pending() {
    return pending;
  }

  @Override
  public void setPending(PendingAnnouncement announcement) {
    pending = Optional.of(announcement);
  }

  @Override
  public void clearPending() {
    pending = Optional.empty();
  }

  @Override
  public List<UUID> withdrawals(int most) {
    return withdrawals.stream().limit(most).toList();
  }

  @Override
  public void addWithdrawals(List<UUID> ids) {
    withdrawals.addAll(ids);
  }

  @Override
  public void clearWithdrawals(List<UUID> ids) {
    withdrawals.removeAll(ids);
  }

  @Override
  public Optional<AnsweredAnnouncement> answered() {
    return answered;
  }

  @Override
  public void setAnswered(AnsweredAnnouncement announcement) {
    answered = Optional.of(announcement);
  }

  @Override
  public Optional<ReservedKey> reserved(UUID id) {
    return Optional.ofNullable(reserved.get(id));
  }

  @Override
  public void reserve(ReservedKey key, byte[] bytes) {
    reserved.put(key.id(), key);
    keys.put(key.id(), bytes.clone());
  }

  @Override
  public byte[] keyBytes(UUID id) {
    byte[] bytes = keys.get(id);
    if (bytes == null) {
      throw new AssertionError("no bytes of " + id);
    }
    return bytes.clone();
  }

  @Override
  public void update(ReservedKey before, ReservedKey after) {
    reserved.put(after.id(), after);
    if (after.waiting().isEmpty()) {
      keys.remove(after.id());
    }
  }

  @Override
  public long backlog(SaeId master, SaeId slave) {
    return reserved.values().stream()
        .filter(key -> key.master().equals(master) && key.waiting().contains(slave))
        .count();
  }

  @Override
  public long backlog() {
    return keys.size();
  }

  @Override
  public void forgetSpent(int except) {
    // The tests have too few keys for any to be forgotten.
  }

  @Override
  public HealthHistory healthHistory() {
    return health;
  }

  @Override
  public void rememberHealth(HealthHistory history) {
    health = history;
  }

  @Override
  public long rest(Party owner) {
    return halves(owner).stream().mapToLong(Half::rest).sum();
  }

  @Override
  public int count(Party owner, int held) {
    return (int) halves(owner).stream().filter(half -> half.held() == held).count();
  }

  @Override
  public boolean tidy() {
    return true;
  }

  @Override
  public void close() {
    keys.clear();
  }
}
