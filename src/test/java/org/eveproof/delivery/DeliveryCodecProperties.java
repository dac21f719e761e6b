package org.eveproof.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.eveproof.delivery.Announcement.Entry;
import org.eveproof.delivery.Announcement.Segment;

/** One encoding for each message, one message for each encoding, and no surprise for the rest. */
class DeliveryCodecProperties {

  @Property(tries = 500)
  void parsesTheAnnouncementThatItEncodes(@ForAll("announcements") Announcement said) {
    byte[] bytes = said.encode();
    assertThat(bytes.length).isLessThanOrEqualTo(Announcement.MAX_BYTES);
    assertThat(Announcement.parse(bytes)).contains(said);
    assertThat(Announcement.parse(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    assertThat(Announcement.parse(Arrays.copyOf(bytes, bytes.length - 1))).isEmpty();
  }

  @Property(tries = 500)
  void otherBytesAreAnotherAnnouncementOrNone(
      @ForAll("announcements") Announcement said,
      @ForAll @IntRange(max = 3000) int position,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    byte[] bytes = said.encode();
    bytes[position % bytes.length] ^= (byte) change;
    assertThat(Announcement.parse(bytes).filter(said::equals)).isEmpty();
    Announcement.parse(bytes).ifPresent(read -> assertThat(read.encode()).isEqualTo(bytes));
  }

  @Property(tries = 500)
  void parsesTheAnswerThatItEncodes(@ForAll("answers") Answer answer) {
    byte[] bytes = answer.encode();
    assertThat(bytes.length).isLessThanOrEqualTo(Answer.MAX_BYTES);
    assertThat(Answer.parse(bytes)).contains(answer);
    assertThat(Answer.parse(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
  }

  @Property(tries = 1000)
  void hostileBytesNeverThrow(@ForAll byte[] bytes) {
    Announcement.parse(bytes).ifPresent(read -> assertThat(read.encode()).isEqualTo(bytes));
    Answer.parse(bytes).ifPresent(read -> assertThat(read.encode()).isEqualTo(bytes));
  }

  @Property(tries = 300)
  void hostileMessagesNeverThrowAndChangeNothing(@ForAll @Size(max = 300) byte[] bytes) {
    try (TwoSites sites = new TwoSites(DeliveryRules.STANDARD)) {
      sites.block(0, 0, 1000);
      byte[] pending =
          sites.alice().owner.announce(List.of(TwoSites.request(1))).message().orElseThrow();
      byte[] headed = Arrays.copyOf(pending, Math.max(pending.length, bytes.length));
      System.arraycopy(bytes, 0, headed, headed.length - bytes.length, bytes.length);
      for (byte[] hostile : List.of(bytes, headed)) {
        if (!Arrays.equals(hostile, pending)) {
          assertThat(sites.bob().holder.hear(hostile)).isEmpty();
        }
        assertThat(sites.alice().owner.hearAnswer(hostile)).isEmpty();
      }
      assertThat(sites.bob().holder.hear(pending)).isPresent();
    }
  }

  @Provide
  Arbitrary<Announcement> announcements() {
    Arbitrary<SaeId> saes =
        Arbitraries.strings()
            .withChars("abcXYZ019._:@+-")
            .ofMinLength(1)
            .ofMaxLength(SaeId.MAX_LENGTH)
            .map(SaeId::new);
    Arbitrary<UUID> ids = Arbitraries.randomValue(r -> new UUID(r.nextLong(), r.nextLong()));
    Arbitrary<Entry> entries =
        Combinators.combine(
                saes,
                saes.set().ofMinSize(1).ofMaxSize(4),
                Arbitraries.integers().between(1, 600).map(bytes -> 8 * bytes),
                ids.list().uniqueElements().ofMinSize(1).ofMaxSize(5))
            .as(
                (master, slaves, size, keys) ->
                    new Entry(
                        new KeyRequest(master, new ArrayList<>(slaves), size, keys.size()), keys));
    return Combinators.combine(
            ids.list().uniqueElements().ofMaxSize(5),
            entries.list().ofMaxSize(4),
            Arbitraries.integers().between(0, 1 << 20),
            Arbitraries.integers().between(2, 1 << 20),
            Arbitraries.integers().between(0, 3))
        .as(DeliveryCodecProperties::announcement);
  }

  private static Announcement announcement(
      List<UUID> withdrawn, List<Entry> entries, int block, int offset, int cuts) {
    int left = Half.PADS + entries.stream().mapToInt(e -> e.request().streamBytes()).sum();
    List<Segment> segments = new ArrayList<>();
    int first = block;
    for (int i = 0; i < cuts && left > 2 * Half.PADS; i++) {
      segments.add(new Segment(first++, Half.UNIT * offset, Half.PADS));
      left -= Half.PADS;
    }
    segments.add(new Segment(first, Half.STREAM, left));
    return new Announcement(withdrawn, segments, entries);
  }

  @Provide
  Arbitrary<Answer> answers() {
    return Combinators.combine(
            Arbitraries.of(Verdict.class).list().ofMaxSize(20),
            Arbitraries.integers().greaterOrEqual(0).set().ofMaxSize(5))
        .as((verdicts, missing) -> new Answer(verdicts, missing.stream().sorted().toList()));
  }
}
