package org.eveproof.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eveproof.authentication.Frame;
import org.eveproof.handover.MessageKind;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * What happened in a link that nobody attacked: the frames in the order in which they were handed
 * over, and what each brought about.
 *
 * @param steps in order
 */
record LinkRecording(List<Step> steps) {

  /**
   * One frame was handed over.
   *
   * @param to who heard it
   * @param frame bytes on the wire
   * @param deeds what he did thereupon
   * @param stand where he stood then
   */
  record Step(Party to, Bits frame, LinkUnderTest.Deeds deeds, LinkUnderTest.Stand stand) {}

  /**
   * Lets a link run to its end; empty if it stops before it of its own accord, as one does whose
   * one-time keys are exhausted.
   */
  static Optional<LinkRecording> of(LinkUnderTest link) {
    List<Step> steps = new ArrayList<>();
    Optional<LinkUnderTest.Letter> letter = link.next();
    while (letter.isPresent()) {
      Party to = letter.get().to();
      Bits frame = letter.get().frame();
      LinkUnderTest.Deeds deeds = link.deliver();
      steps.add(new Step(to, frame, deeds, link.stand(to)));
      letter = link.next();
    }
    for (Party party : Party.values()) {
      if (!link.stand(party).over() || link.stand(party).failure().isPresent()) {
        return Optional.empty();
      }
    }
    return Optional.of(new LinkRecording(List.copyOf(steps)));
  }

  /** Returns whether Bob was told of a new block of one-time keys in each round. */
  boolean hasHandoverInEachRound() {
    long told =
        steps.stream()
            .flatMap(step -> Frame.parse(step.frame().toBytes()).stream())
            .filter(frame -> frame.header().type() == MessageKind.COMMIT.type())
            .count();
    return told == LinkMaker.ROUNDS;
  }

  /** Returns the frames that a party heard in steps {@code from} (included) to {@code to} (not). */
  List<Bits> heardBy(Party party, int from, int to) {
    return IntStream.range(Math.min(from, steps.size()), Math.min(to, steps.size()))
        .mapToObj(steps::get)
        .filter(step -> step.to() == party)
        .map(Step::frame)
        .toList();
  }
}
