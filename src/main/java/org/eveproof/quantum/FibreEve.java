package org.eveproof.quantum;

/** What Eve does to each pulse on the fibre, at Alice's door: before any of it is lost. */
public sealed interface FibreEve {

  /** Returns what leaves Eve when {@code pulse} reaches her. */
  Pulse pass(Pulse pulse, Chance physics);

  /** Leaves the fibre alone. */
  record Nothing() implements FibreEve {
    @Override
    public Pulse pass(Pulse pulse, Chance physics) {
      return pulse;
    }
  }

  /** Eve's way of choosing a basis. */
  enum BasisChoice {
    /** Z or X, by a fair coin for each pulse. */
    RANDOM,
    /** Always Z. */
    ALWAYS_Z,
    /** Always X. */
    ALWAYS_X
  }

  /**
   * Measures a fraction p of the pulses and sends on what she saw, in as many photons. With random
   * bases the sifted key shows an error rate of p/4, and she knows p/2 of its bits (theory section
   * 1.2).
   *
   * @param fraction probability that a pulse is measured, 0 to 1
   * @param choice her basis
   */
  record InterceptResend(double fraction, BasisChoice choice) implements FibreEve {
    /** Checks the range. */
    public InterceptResend {
      Range.require("fraction", fraction, 0, 1);
    }

    @Override
    public Pulse pass(Pulse pulse, Chance physics) {
      if (pulse.isVacuum() || !physics.happens(fraction)) {
        return pulse;
      }
      boolean diagonal =
          choice == BasisChoice.RANDOM ? physics.coin() : choice == BasisChoice.ALWAYS_X;
      Basis basis = Basis.of(diagonal);
      return new Pulse(pulse.photons(), basis, pulse.measure(basis, physics));
    }
  }

  /**
   * Counts the photons of a fraction of the pulses, without disturbing them: of two or more she
   * keeps one, to measure it when the bases are announced, and single ones she blocks. She causes
   * no error; what gives her away is that the dimmer pulses lose the larger share.
   *
   * @param fraction probability that she does so with a pulse, 0 to 1
   * @see <a href="https://doi.org/10.1103/PhysRevLett.85.1330">Brassard, Lütkenhaus, Mor and
   *     Sanders, Limitations on practical quantum cryptography, Phys. Rev. Lett. 85, 1330
   *     (2000)</a>
   */
  record SplitPhotons(double fraction) implements FibreEve {
    /** Checks the range. */
    public SplitPhotons {
      Range.require("fraction", fraction, 0, 1);
    }

    @Override
    public Pulse pass(Pulse pulse, Chance physics) {
      return pulse.isVacuum() || !physics.happens(fraction)
          ? pulse
          : pulse.with(pulse.photons() - 1);
    }
  }

  /**
   * Blocks a fraction of the pulses.
   *
   * @param fraction probability that a pulse is blocked, 0 to 1
   */
  record Suppress(double fraction) implements FibreEve {
    /** Checks the range. */
    public Suppress {
      Range.require("fraction", fraction, 0, 1);
    }

    @Override
    public Pulse pass(Pulse pulse, Chance physics) {
      return physics.happens(fraction) ? Pulse.VACUUM : pulse;
    }
  }
}
