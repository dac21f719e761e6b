package org.eveproof.adversary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eveproof.adversary.AttackTally.Breach;
import org.eveproof.adversary.AttackTally.Counts;
import org.eveproof.adversary.AttackTally.Harm;
import org.eveproof.adversary.FrameAttack.Target;
import org.eveproof.adversary.LinkUnderTest.Deeds;
import org.eveproof.adversary.LinkUnderTest.Letter;
import org.eveproof.adversary.LinkUnderTest.Stand;
import org.eveproof.authentication.Frame;
import org.eveproof.bootstrap.HandshakeMessage;
import org.eveproof.protocol.Bits;
import org.eveproof.protocol.Party;

/**
 * One link with Eve in it: before each frame is handed over, she presents hostile bytes to whoever
 * waits for it.
 *
 * <p>An attack is refused if the receiver says nothing, gives no key away, and tells the same of
 * itself as before; and if from then on both ends say and do, byte for byte, what they did in the
 * same link when it was left alone. The count of failed verifications is the one trace that is
 * allowed, and shows in none of these.
 *
 * @param target what is attacked
 * @param link number of the link, for its share of the attacks
 * @param start first attack on this suite, counted among those on this suite
 * @param stop first attack that is not for this link
 * @param suite number of the suite
 * @param suites number of suites
 * @param seed of everything
 * @param flaw of the receivers
 */
record AttackedLink(
    Target target, long link, long start, long stop, int suite, int suites, long seed, Flaw flaw) {
  private static final List<AttackKind> KINDS = List.of(AttackKind.values());

  AttackTally run() {
    AttackTally tally = AttackTally.NONE;
    LinkUnderTest now = linkAt(0);
    try {
      for (int at = 0; at < target.steps(); at++) {
        for (long each = firstAt(at); each < stop; each += target.steps()) {
          if (each >= start) {
            AttackTally outcome = attack(now, at, number(each));
            tally = tally.plus(outcome);
            if (!outcome.held()) {
              // What is left of this link proves nothing any more.
              now.close();
              now = linkAt(at);
            }
            if (tally.breaches().size() >= AttackTally.MAX_BREACHES) {
              return tally;
            }
          }
        }
        if (!deliver(now, at)) {
          tally = tally.plus(anotherWay(at));
          now.close();
          now = linkAt(at + 1);
        }
      }
      return tally;
    } finally {
      now.close();
    }
  }

  /** Makes the link anew, and lets it run until the frame of a step is to be handed over. */
  private LinkUnderTest linkAt(int at) {
    LinkUnderTest made = target.maker().link(target.linkSeed());
    for (int step = 0; step < at; step++) {
      made.deliver();
    }
    return made;
  }

  /** Returns the first attack of this link at a step, counted among those on this suite. */
  private long firstAt(int at) {
    return link * target.attacksPerLink() + at;
  }

  /** Returns the number of an attack among all. */
  private long number(long ordinal) {
    return ordinal * suites + suite;
  }

  private SplittableRandom random(long index) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + index);
  }

  private AttackTally attack(LinkUnderTest now, int at, long index) {
    LinkRecording.Step step = target.alone().steps().get(at);
    SplittableRandom random = random(index);
    AttackKind kind = KINDS.get(random.nextInt(KINDS.size()));
    byte[] bytes = target.mutations().make(kind, at, random);
    while (isNoAttack(now, at, bytes)) {
      kind = AttackKind.FLIP;
      bytes = target.mutations().make(kind, at, random);
    }
    Stand before = now.stand(step.to());
    Deeds deeds = now.present(step.to(), flaw.seen(step.frame(), bytes));
    Stand after = now.stand(step.to());
    if (deeds.isNothing() && after.equals(before)) {
      return AttackTally.NONE.refused(kind);
    }
    boolean accepted = !deeds.isNothing() || after.progress() > before.progress();
    String text = waiting(step) + " got " + text(bytes) + ": " + before + ", then " + after;
    return new AttackTally(
        Map.of(kind, new Counts(1, accepted ? 1 : 0, accepted ? 0 : 1)),
        List.of(new Breach(index, kind, accepted ? Harm.ACCEPTED : Harm.STATE_CHANGED, text)));
  }

  /**
   * Whether the bytes are what anybody may say at any time: the awaited frame itself, the one that
   * was heard last, or a stranger's call, which Bob answers and which makes him believe nothing.
   */
  private boolean isNoAttack(LinkUnderTest now, int at, byte[] bytes) {
    LinkRecording.Step step = target.alone().steps().get(at);
    Bits arrived = bits(bytes);
    if (arrived.equals(step.frame())) {
      return true;
    }
    for (int before = at - 1; before >= 0; before--) {
      LinkRecording.Step heard = target.alone().steps().get(before);
      if (heard.to() == step.to()) {
        if (heard.frame().equals(arrived)) {
          return true;
        }
        break;
      }
    }
    return step.to() == Party.BOB
        && now.stand(Party.BOB).method().isEmpty()
        && HandshakeMessage.parse(bytes)
            .filter(HandshakeMessage.Hello.class::isInstance)
            .isPresent();
  }

  /** Hands over the genuine frame; false unless it brings about what it brought about before. */
  private boolean deliver(LinkUnderTest now, int at) {
    LinkRecording.Step step = target.alone().steps().get(at);
    Optional<Letter> letter = now.next();
    return letter.isPresent()
        && letter.get().to() == step.to()
        && step.frame().equals(letter.get().frame())
        && now.deliver().equals(step.deeds())
        && now.stand(step.to()).equals(step.stand());
  }

  /** One of the attacks, at the latest the last one before the step, left a trace. */
  private AttackTally anotherWay(int at) {
    long rounds = (stop - 1 - firstAt(at)) / target.steps();
    long latest = number(Math.max(start, firstAt(at) + Math.max(0, rounds) * target.steps()));
    AttackKind kind = KINDS.get(random(latest).nextInt(KINDS.size()));
    String text =
        waiting(target.alone().steps().get(at))
            + ": after this attack, or one before it in the same link, the link goes another way";
    return new AttackTally(
        Map.of(kind, new Counts(0, 0, 1)),
        List.of(new Breach(latest, kind, Harm.STATE_CHANGED, text)));
  }

  private static Bits bits(byte[] bytes) {
    return Bits.fromBytes(bytes, Byte.SIZE * bytes.length);
  }

  private String waiting(LinkRecording.Step step) {
    return target.maker().suite().label()
        + ", "
        + step.to().specName()
        + " waiting for "
        + text(step.frame().toBytes());
  }

  private static String text(byte[] bytes) {
    return Frame.parse(bytes).map(Frame::toString).orElse(bytes.length + " bytes");
  }
}
