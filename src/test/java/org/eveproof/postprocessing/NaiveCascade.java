package org.eveproof.postprocessing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.eveproof.protocol.Bits;

/**
 * Bob's side of Cascade as the text has it: a map of ranges for each pass, and parities summed up
 * bit by bit. It says what {@link CascadeBob} must ask and find.
 */
final class NaiveCascade {
  private record Range(int end, boolean parity) {}

  private record Asked(int pass, int start, int middle) {}

  /** Alice's ranges by their starts, for each pass that he has looked at. */
  private final List<TreeMap<Integer, Range>> passes = new ArrayList<>();

  private final List<Shuffle> shuffles = new ArrayList<>();
  private final boolean[] key;
  private final CascadeSchedule schedule;
  private final long seed;
  private Bits opening = Bits.of(0, i -> false);
  private List<Asked> asked = List.of();

  NaiveCascade(Bits key, CascadeSchedule schedule, Bits seed) {
    this.key = new boolean[key.length()];
    for (int i = 0; i < key.length(); i++) {
      this.key[i] = key.get(i);
    }
    this.schedule = schedule;
    this.seed = seed.toWords()[0];
  }

  Bits corrected() {
    return Bits.of(key.length, i -> key[i]);
  }

  Optional<ParityQueries> take(Bits parities) {
    if (passes.isEmpty()) {
      opening = parities;
      open();
    }
    for (int q = 0; q < asked.size(); q++) {
      Asked query = asked.get(q);
      TreeMap<Integer, Range> ranges = passes.get(query.pass());
      Range whole = Objects.requireNonNull(ranges.get(query.start()));
      ranges.put(query.start(), new Range(query.middle(), parities.get(q)));
      ranges.put(query.middle(), new Range(whole.end(), whole.parity() ^ parities.get(q)));
    }
    correct();
    while (odd().isEmpty()) {
      if (passes.size() == schedule.passes()) {
        return Optional.empty();
      }
      open();
      correct();
    }
    asked = odd();
    return Optional.of(
        new ParityQueries(
            asked.stream().mapToInt(q -> q.pass() * key.length + q.start()).toArray(),
            asked.stream().mapToInt(q -> q.middle() - q.start()).toArray()));
  }

  private void open() {
    int number = passes.size();
    shuffles.add(schedule.shuffle(seed, number));
    TreeMap<Integer, Range> ranges = new TreeMap<>();
    int before = 0;
    for (int p = 0; p < number; p++) {
      before += schedule.blocks(p) - (p == 0 ? 0 : 1);
    }
    boolean rest = number > 0 && total();
    int length = schedule.blockBits().get(number);
    for (int b = 0; b * length < key.length; b++) {
      int end = Math.min(key.length, (b + 1) * length);
      boolean derived = number > 0 && end == key.length;
      boolean parity = derived ? rest : opening.get(before + b);
      rest ^= parity;
      ranges.put(b * length, new Range(end, parity));
    }
    passes.add(ranges);
  }

  private boolean total() {
    boolean sum = false;
    for (int b = 0; b < schedule.blocks(0); b++) {
      sum ^= opening.get(b);
    }
    return sum;
  }

  private List<Asked> odd() {
    List<Asked> odd = new ArrayList<>();
    for (int p = 0; p < passes.size(); p++) {
      for (Map.Entry<Integer, Range> range : passes.get(p).entrySet()) {
        int start = range.getKey();
        int end = range.getValue().end();
        if (range.getValue().parity() != parity(p, start, end)) {
          odd.add(new Asked(p, start, start + (end - start) / 2));
        }
      }
    }
    return odd;
  }

  private void correct() {
    Optional<Asked> single = single();
    while (single.isPresent()) {
      int position = shuffles.get(single.get().pass()).position(single.get().start());
      key[position] = !key[position];
      single = single();
    }
  }

  private Optional<Asked> single() {
    return odd().stream().filter(range -> range.middle() == range.start()).findFirst();
  }

  private boolean parity(int pass, int start, int end) {
    boolean sum = false;
    for (int i = start; i < end; i++) {
      sum ^= key[shuffles.get(pass).position(i)];
    }
    return sum;
  }
}
