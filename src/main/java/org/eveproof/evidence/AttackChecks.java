package org.eveproof.evidence;

import java.util.List;
import org.eveproof.adversary.AttackTally;
import org.eveproof.adversary.Flaw;
import org.eveproof.adversary.FrameAttack;
import org.eveproof.authentication.Suite;

/** Executable attacks on the running code, as checks: each must come to nothing. */
public final class AttackChecks {
  private static final int FRAMES = 20_000;

  private AttackChecks() {}

  /**
   * Returns the checks.
   *
   * @param seed of all of them
   */
  public static List<Check> all(long seed) {
    return List.of(
        new Check(
            "attack",
            Finding.Kind.ATTACK,
            "hostile frames at running links",
            FRAMES + " frames, all suites, seed " + seed + "; none accepted, nothing changed",
            asked -> asked.equals("attack"),
            () -> frames(seed)));
  }

  private static Check.Sight frames(long seed) throws InterruptedException {
    AttackTally tally =
        new FrameAttack(List.of(Suite.values()), seed, Flaw.NONE)
            .run(0, FRAMES, Runtime.getRuntime().availableProcessors(), done -> {});
    AttackTally.Counts total = tally.total();
    String seen =
        total.tried()
            + " tried, "
            + total.accepted()
            + " accepted, "
            + total.changed()
            + " changed something";
    return tally.held() && total.tried() == FRAMES
        ? Check.Sight.held(0, seen)
        : Check.Sight.failed(
            0, seen + "; again: ./eveproof attack frames --count " + FRAMES + " --seed " + seed);
  }
}
