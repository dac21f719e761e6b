package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eveproof.delivery.TwoSites.MASTER;
import static org.eveproof.delivery.TwoSites.SECOND;
import static org.eveproof.delivery.TwoSites.SLAVE;
import static org.eveproof.delivery.TwoSites.STRANGER;
import static org.eveproof.delivery.TwoSites.request;
import static org.eveproof.delivery.TwoSites.shown;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.eveproof.authentication.Frame;
import org.eveproof.authentication.OneTimeKey;
import org.eveproof.authentication.WegmanCarter;
import org.eveproof.protocol.Party;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the two roles promise, each with the case in which it would fail. */
class KeyDeliveryTest {
  private static final DeliveryRules RULES =
      new DeliveryRules(256, 64, 4096, 128, 8, 20, 30, 1 << 20, 3);

  private final TwoSites sites = new TwoSites(RULES);

  @AfterEach
  void close() {
    sites.close();
  }

  @Test
  void masterAndSlavesGetTheSameKeysOnceEach() {
    byte[] block = sites.block(0, 0, 2000);
    Map<UUID, String> given = sites.enc(new KeyRequest(MASTER, List.of(SLAVE, SECOND), 256, 3));
    assertThat(given).hasSize(3);
    UUID[] ids = given.keySet().toArray(UUID[]::new);
    assertThat(shown(sites.dec(SLAVE, MASTER, ids))).isEqualTo(given);
    assertThat(sites.dec(SLAVE, MASTER, ids[0])).isEqualTo(new KeyHolder.Unknown(ids[0]));
    assertThat(shown(sites.dec(SECOND, MASTER, ids[1]))).containsEntry(ids[1], given.get(ids[1]));
    assertThat(sites.dec(SECOND, MASTER, ids[1])).isEqualTo(new KeyHolder.Unknown(ids[1]));
    assertThatThrownBy(() -> sites.alice().owner.giveMaster(0))
        .isInstanceOf(IllegalStateException.class);
    // NoAuthKeyDelivered: hash keys and pads come first, and are none of the keys.
    String first = HexFormat.of().formatHex(block, Half.STREAM + Half.PADS, 96);
    assertThat(given.get(ids[0])).isEqualTo(first);
  }

  @Test
  void bothSitesServeTheirOwnMasters() {
    sites.block(0, 0, 2000);
    KeyOwner.Announced announced =
        sites.bob().owner.announce(List.of(new KeyRequest(SLAVE, List.of(MASTER), 128, 1)));
    byte[] answer = sites.alice().holder.hear(announced.message().orElseThrow()).orElseThrow();
    assertThat(sites.bob().owner.hearAnswer(answer)).contains(List.of(Verdict.ACCEPTED));
    Map<UUID, String> given = shown(sites.bob().owner.giveMaster(0));
    UUID id = given.keySet().iterator().next();
    KeyHolder.Fetched fetched =
        sites.alice().holder.give(/* slave= */ MASTER, /* master= */ SLAVE, List.of(id));
    assertThat(shown(fetched)).isEqualTo(given);
  }

  @Test
  void foreignSaeOrForeignMasterGetsNothingAndConsumesNothing() {
    sites.block(0, 0, 2000);
    Map<UUID, String> given = sites.enc(request(1));
    UUID id = given.keySet().iterator().next();
    assertThat(sites.dec(STRANGER, MASTER, id)).isInstanceOf(KeyHolder.Foreign.class);
    assertThat(sites.dec(SECOND, MASTER, id)).isInstanceOf(KeyHolder.Foreign.class);
    assertThat(sites.dec(STRANGER, new SaeId("other"), id)).isInstanceOf(KeyHolder.Foreign.class);
    // The slave may have keys of this other master, but this key is none.
    assertThat(sites.dec(SLAVE, new SaeId("other"), id)).isInstanceOf(KeyHolder.Foreign.class);
    assertThat(sites.dec(STRANGER, MASTER, new UUID(1, 2))).isInstanceOf(KeyHolder.Foreign.class);
    KeyHolder revoked =
        new KeyHolder(sites.bob().store, RULES, new Entitlements(Set.of()), event -> {});
    assertThat(revoked.give(SLAVE, MASTER, List.of(id))).isInstanceOf(KeyHolder.Foreign.class);
    assertThat(shown(sites.dec(SLAVE, MASTER, id))).isEqualTo(given);
  }

  @Test
  void severalIdsAreAllOrNothing() {
    sites.block(0, 0, 2000);
    Map<UUID, String> given = sites.enc(request(2));
    UUID[] ids = given.keySet().toArray(UUID[]::new);
    UUID unknown = new UUID(1, 2);
    assertThat(sites.dec(SLAVE, MASTER, ids[0], unknown)).isEqualTo(new KeyHolder.Unknown(unknown));
    assertThat(shown(sites.dec(SLAVE, MASTER, ids))).isEqualTo(given);
  }

  @Test
  void aFetchThatBreaksInTheMiddleHasTakenNothing() {
    sites.block(0, 0, 2000);
    Map<UUID, String> given = sites.enc(request(2));
    UUID[] both = given.keySet().toArray(UUID[]::new);
    DeliveryStore store = sites.bob().store;
    sites.bob().start(new FailingStore(1).over(store));
    assertThatThrownBy(() -> sites.dec(SLAVE, MASTER, both))
        .isInstanceOf(FailingStore.Killed.class);
    sites.bob().start(store);
    assertThat(shown(sites.dec(SLAVE, MASTER, both))).isEqualTo(given);
  }

  @Test
  void tooFewKeysTakeNothing() {
    // A half of 192 bytes: hash keys, pads, and four keys.
    sites.block(0, 0, 2 * 192);
    assertThat(sites.alice().owner.stored(256)).isEqualTo(4);
    KeyOwner.Announced announced = sites.alice().owner.announce(List.of(request(5)));
    assertThat(announced.message()).isEmpty();
    assertThat(announced.entries()).containsExactly(-1);
    assertThat(sites.alice().owner.stored(256)).isEqualTo(4);
    assertThat(sites.enc(request(4))).hasSize(4);
    assertThat(sites.alice().owner.stored(256)).isZero();
  }

  @Test
  void requestsShareAnAnnouncementAndBlocksAStream() {
    sites.block(0, 0, 2 * 112);
    sites.block(0, 1, 2 * 112);
    sites.block(0, 2, 2 * 112);
    // 80 bytes of stream in each half: six keys of 32 bytes and one pair of pads fit in three.
    KeyOwner.Announced announced =
        sites.alice().owner.announce(List.of(request(4), request(7), request(2)));
    assertThat(announced.entries()).containsExactly(0, -1, 1);
    byte[] answer = sites.bob().holder.hear(announced.message().orElseThrow()).orElseThrow();
    assertThat(sites.alice().owner.hearAnswer(answer))
        .contains(List.of(Verdict.ACCEPTED, Verdict.ACCEPTED));
    Map<UUID, String> second = shown(sites.alice().owner.giveMaster(1));
    Map<UUID, String> first = shown(sites.alice().owner.giveMaster(0));
    Set<String> keys = new HashSet<>(first.values());
    keys.addAll(second.values());
    assertThat(keys).hasSize(6);
    assertThat(shown(sites.dec(SLAVE, MASTER, first.keySet().toArray(UUID[]::new))))
        .isEqualTo(first);
    assertThat(shown(sites.dec(SLAVE, MASTER, second.keySet().toArray(UUID[]::new))))
        .isEqualTo(second);
  }

  @Test
  void theSameAnnouncementGetsTheSameAnswer() {
    sites.block(0, 0, 2000);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    assertThat(sites.alice().owner.pendingMessage()).hasValue(said);
    byte[] answer = sites.bob().holder.hear(said).orElseThrow();
    assertThat(sites.bob().holder.hear(said)).hasValue(answer);
    assertThat(sites.bob().store.backlog()).isEqualTo(1);
    assertThat(sites.alice().owner.hearAnswer(answer)).isPresent();
    assertThat(sites.alice().owner.hearAnswer(answer)).isEmpty();
  }

  @Test
  void forgedMessagesAreCountedAndThenNotHeardAtAll() {
    sites.block(0, 0, 2000);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    byte[] forged = said.clone();
    forged[forged.length - 1] ^= 1;
    for (int i = 0; i < RULES.maxFailures(); i++) {
      assertThat(sites.bob().holder.hear(forged)).isEmpty();
    }
    assertThat(sites.events).contains(new DeliveryEvent.MessageForged(new BlockId(0, 0), 3));
    assertThat(sites.bob().holder.hear(said)).as("BoundedAttempts").isEmpty();
    // Alice's site cannot be answered; with two later blocks it goes on without that one.
    assertThat(sites.alice().owner.giveUp()).isFalse();
    sites.block(0, 1, 2000);
    sites.block(0, 2, 2000);
    assertThat(sites.alice().owner.giveUp()).isTrue();
    assertThat(sites.enc(request(1))).hasSize(1);
  }

  @Test
  void forgedAnswersAreCountedToo() {
    sites.block(0, 0, 2000);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    byte[] answer = sites.bob().holder.hear(said).orElseThrow();
    byte[] forged = answer.clone();
    forged[forged.length - 1] ^= 1;
    for (int i = 0; i < RULES.maxFailures(); i++) {
      assertThat(sites.alice().owner.hearAnswer(forged)).isEmpty();
    }
    assertThat(sites.alice().owner.hearAnswer(answer)).as("BoundedAttempts").isEmpty();
  }

  @Test
  void withdrawnKeysAreNotGivenToSlaves() {
    sites.block(0, 0, 2000);
    KeyOwner.Announced announced = sites.alice().owner.announce(List.of(request(1)));
    byte[] said = announced.message().orElseThrow();
    UUID id = said(said).entries().get(0).ids().get(0);
    sites.alice().owner.hearAnswer(sites.bob().holder.hear(said).orElseThrow());
    sites.alice().owner.withdraw(0);
    assertThat(sites.alice().owner.hasWithdrawals()).isTrue();
    assertThat(sites.announced()).isEmpty();
    assertThat(sites.alice().owner.hasWithdrawals()).isFalse();
    assertThat(sites.dec(SLAVE, MASTER, id)).isEqualTo(new KeyHolder.Unknown(id));
    assertThat(sites.bob().store.backlog()).isZero();
  }

  @Test
  void whatOneAnnouncementCannotWithdrawTheNextOneDoes() {
    sites.block(0, 0, 2000);
    List<UUID> ids =
        LongStream.range(0, Announcement.MAX_WITHDRAWN + 1).mapToObj(i -> new UUID(5, i)).toList();
    sites.alice().store.addWithdrawals(ids);
    byte[] said = sites.alice().owner.announce(List.of()).message().orElseThrow();
    // There is nothing for a master in it.
    assertThatThrownBy(() -> sites.alice().owner.giveMaster(0))
        .isInstanceOf(IllegalStateException.class);
    sites.alice().owner.hearAnswer(sites.bob().holder.hear(said).orElseThrow());
    assertThat(sites.alice().owner.hasWithdrawals()).isTrue();
    sites.announced();
    assertThat(sites.alice().owner.hasWithdrawals()).isFalse();
  }

  @Test
  void backlogIsBoundedForEachPairAndInAll() {
    sites.block(0, 0, 4000);
    sites.enc(request(20));
    assertThat(sites.announced(request(1)))
        .as("BacklogBounded")
        .containsExactly(Verdict.BACKLOG_FULL);
    // There is room in all, and for the first slave, but not for the second.
    assertThat(sites.announced(new KeyRequest(MASTER, List.of(SECOND, SLAVE), 256, 1)))
        .as("BacklogBounded")
        .containsExactly(Verdict.BACKLOG_FULL);
    Map<UUID, String> ten = sites.enc(new KeyRequest(MASTER, List.of(SECOND), 256, 10));
    assertThat(sites.announced(new KeyRequest(MASTER, List.of(SECOND), 256, 1)))
        .containsExactly(Verdict.BACKLOG_FULL);
    sites.dec(SECOND, MASTER, ten.keySet().toArray(UUID[]::new));
    sites.enc(new KeyRequest(MASTER, List.of(SECOND), 256, 1));
  }

  @Test
  void holderRefusesWhoIsNotEntitledThere() {
    sites.block(0, 0, 2000);
    assertThat(sites.announced(new KeyRequest(STRANGER, List.of(SLAVE), 256, 1)))
        .containsExactly(Verdict.NOT_ENTITLED);
    assertThat(sites.announced(new KeyRequest(MASTER, List.of(SLAVE, STRANGER), 256, 1)))
        .containsExactly(Verdict.NOT_ENTITLED);
    assertThat(sites.bob().store.backlog()).isZero();
    assertThatThrownBy(() -> sites.alice().owner.giveMaster(0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void holderRefusesARepeatedIdEvenOfASpentKey() {
    sites.block(0, 0, 4000);
    UUID id = sites.enc(request(1)).keySet().iterator().next();
    shown(sites.dec(SLAVE, MASTER, id));
    Half half = sites.alice().store.halves(Party.ALICE).get(0);
    Announcement again =
        new Announcement(
            List.of(),
            List.of(new Announcement.Segment(0, half.next(), Half.PADS + 32)),
            List.of(new Announcement.Entry(request(1), List.of(id))));
    MessageSeal seal = new MessageSeal(sites.alice().store, Party.ALICE);
    byte[] said =
        seal.seal(seal.header(MessageSeal.ANNOUNCEMENT, half.id(), half.next()), again.encode())
            .encode();
    byte[] answer = sites.bob().holder.hear(said).orElseThrow();
    assertThat(Answer.parse(Frame.parse(answer).orElseThrow().payload()))
        .contains(new Answer(List.of(Verdict.REPEATED_ID), List.of()));
  }

  @Test
  void aTakenPieceIsNotHeardAgainUnderAnotherMessage() {
    sites.block(0, 0, 4000);
    MessageSeal seal = new MessageSeal(sites.alice().store, Party.ALICE);
    Announcement first =
        new Announcement(
            List.of(), List.of(new Announcement.Segment(0, Half.STREAM, Half.PADS)), List.of());
    byte[] second =
        seal.seal(
                seal.header(MessageSeal.ANNOUNCEMENT, new BlockId(0, 0), Half.STREAM),
                first.encode())
            .encode();
    sites.enc(request(1));
    assertThat(sites.bob().holder.hear(second)).isEmpty();
  }

  @Test
  void anAnnouncementOfAPieceThatDoesNotBeginWithItsPadsIsRefused() {
    sites.block(0, 0, 4000);
    Half half = sites.alice().store.halves(Party.ALICE).get(0);
    int later = half.next() + Half.UNIT;
    Announcement elsewhere =
        new Announcement(
            List.of(),
            List.of(new Announcement.Segment(0, later, Half.PADS + 32)),
            List.of(new Announcement.Entry(request(1), List.of(new UUID(3, 4)))));
    MessageSeal seal = new MessageSeal(sites.alice().store, Party.ALICE);
    byte[] said =
        seal.seal(seal.header(MessageSeal.ANNOUNCEMENT, half.id(), half.next()), elsewhere.encode())
            .encode();
    byte[] answer = sites.bob().holder.hear(said).orElseThrow();
    assertThat(Answer.parse(Frame.parse(answer).orElseThrow().payload()))
        .contains(new Answer(List.of(), List.of()));
    assertThat(sites.bob().store.backlog()).isZero();
  }

  @Test
  void whatIsGivenOrWithdrawnIsOverwrittenThoughOthersOfTheAnnouncementWait() {
    byte[] block = sites.block(0, 0, 2000);
    assertThat(sites.announced(request(1), request(1), request(1))).hasSize(3);
    sites.alice().owner.giveMaster(0).forEach(DeliveredKey::close);
    sites.alice().owner.withdraw(1);
    int keys = Half.STREAM + Half.PADS;
    DeliveryStore store = sites.alice().store;
    assertThat(store.read(Party.ALICE, new BlockId(0, 0), keys, 64)).containsOnly(0);
    assertThat(store.read(Party.ALICE, new BlockId(0, 0), keys + 64, 32))
        .isEqualTo(Arrays.copyOfRange(block, keys + 64, keys + 96));
  }

  @Test
  void announcementAndAnswerAreUnderAHashKeyAndAPadEach() {
    byte[] block = sites.block(0, 0, 2000);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    byte[] answer = sites.bob().holder.hear(said).orElseThrow();
    // Alice's half: the two hash keys, then the pads of the first announcement and its answer.
    assertThat(verifies(said, block, 0, 2)).isTrue();
    assertThat(verifies(answer, block, 1, 3)).isTrue();
    assertThat(verifies(answer, block, 0, 3)).isFalse();
    assertThat(verifies(answer, block, 1, 2)).isFalse();
  }

  private static boolean verifies(byte[] message, byte[] block, int hashKey, int pad) {
    Frame frame = Frame.parse(message).orElseThrow();
    try (OneTimeKey key =
        new OneTimeKey(frame.header().key(), unit(block, hashKey), unit(block, pad))) {
      return frame.verifies(new WegmanCarter(), key);
    }
  }

  private static byte[] unit(byte[] block, int number) {
    return Arrays.copyOfRange(block, number * Half.UNIT, (number + 1) * Half.UNIT);
  }

  @Test
  void blockThatOneSiteHasNoRoomForIsRefusedAndPassedOver() {
    try (TwoSites uneven = new TwoSites(RULES)) {
      DeliveryRules small = new DeliveryRules(256, 64, 4096, 128, 8, 20, 30, 200, 3);
      TwoSites.Site bob = uneven.new Site(SqliteDeliveryStore.inMemory(Party.BOB), small);
      uneven.sites.put(Party.BOB, bob);
      uneven.block(0, 0, 2 * 192);
      uneven.block(0, 1, 2 * 192);
      assertThat(uneven.events).contains(new DeliveryEvent.PoolFull(new BlockId(0, 1), true, true));
      // The first half holds four keys: this reaches further into the block that Bob dropped than
      // the beginning that he kept.
      assertThat(uneven.announced(request(6))).containsExactly(Verdict.BLOCK_MISSING);
      uneven.block(0, 2, 2 * 192);
      assertThat(uneven.enc(request(4))).hasSize(4);
      uneven.block(0, 3, 2 * 192);
      uneven.block(0, 4, 2 * 192);
      assertThat(uneven.enc(request(4))).hasSize(4);
      // Now the first pads lie in a dropped block: its beginning serves to refuse.
      assertThat(uneven.announced(request(1))).containsExactly(Verdict.BLOCK_MISSING);
      uneven.block(0, 5, 2 * 192);
      assertThat(uneven.enc(request(4))).hasSize(4);
    }
  }

  @Test
  void holderThatIsABlockBehindAnswersOnceItHasTheBlock() {
    byte[] block = new byte[600];
    new Random(5).nextBytes(block);
    TwoSites.give(sites.alice(), 0, 0, block);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    assertThat(sites.bob().holder.hear(said)).isEmpty();
    TwoSites.give(sites.bob(), 0, 0, block);
    assertThat(sites.bob().holder.hear(said)).isPresent();
  }

  @Test
  void aBlockIsTakenInOnceAndANewEpochRetiresTheOld() {
    byte[] block = sites.block(0, 0, 1000);
    long stored = sites.alice().owner.stored(256);
    TwoSites.give(sites.alice(), 0, 0, block);
    assertThat(sites.alice().owner.stored(256)).as("PadsOnce").isEqualTo(stored);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    sites.block(1, 0, 400);
    assertThat(sites.alice().store.halves(Party.ALICE)).hasSize(1);
    assertThat(sites.bob().holder.hear(said)).isEmpty();
    assertThat(sites.alice().owner.giveUp()).isTrue();
    // A block of the old epoch comes too late.
    sites.block(0, 1, 1000);
    assertThat(sites.alice().store.halves(Party.ALICE)).hasSize(1);
    assertThat(sites.enc(request(1))).hasSize(1);
  }

  @Test
  void aMasterGetsNothingBeforeTheHolderHasAgreedAndOnceAfterwards() {
    sites.block(0, 0, 2000);
    byte[] said = sites.alice().owner.announce(List.of(request(1))).message().orElseThrow();
    assertThatThrownBy(() -> sites.alice().owner.giveMaster(0))
        .as("GivenOnlyAfterAccepted")
        .isInstanceOf(IllegalStateException.class);
    sites.alice().owner.hearAnswer(sites.bob().holder.hear(said).orElseThrow());
    assertThat(shown(sites.alice().owner.giveMaster(0))).hasSize(1);
    assertThatThrownBy(() -> sites.alice().owner.giveMaster(0))
        .as("DeliverOnce")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void idsAreRandomVersionFourAndNeverRepeat() {
    sites.block(0, 0, 200_000);
    Set<UUID> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Map<UUID, String> given = sites.enc(request(20));
      given.keySet().forEach(id -> assertThat(id.version()).isEqualTo(4));
      given.keySet().forEach(id -> assertThat(id.variant()).isEqualTo(2));
      ids.addAll(given.keySet());
      shown(sites.dec(SLAVE, MASTER, given.keySet().toArray(UUID[]::new)));
    }
    assertThat(ids).hasSize(400);
  }

  @Test
  void anSaeIsAtOneSite() {
    assertThatThrownBy(
            () ->
                new Entitlements(
                    Set.of(
                        new Entitlements.Pair(Party.ALICE, MASTER, SLAVE),
                        new Entitlements.Pair(Party.ALICE, SLAVE, SECOND))))
        .hasMessage("slave would be at both sites");
  }

  private static Announcement said(byte[] message) {
    return Announcement.parse(Frame.parse(message).orElseThrow().payload()).orElseThrow();
  }
}
