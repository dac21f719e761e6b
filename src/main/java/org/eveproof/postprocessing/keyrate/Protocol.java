package org.eveproof.postprocessing.keyrate;

/** The security analyses that rates are computed from. */
public enum Protocol {
  /** Two decoys, finite blocks. */
  LIM2014("Lim et al. 2014, two decoys"),
  /** One decoy, finite blocks. */
  RUSCA2018("Rusca et al. 2018, one decoy"),
  /** Single photons, finite blocks. */
  TOMAMICHEL2012("Tomamichel et al. 2012, single photons"),
  /** Endless decoys and endless data. */
  GLLP("GLLP with decoys, endless data");

  private final String title;

  Protocol(String title) {
    this.title = title;
  }

  /** Returns paper, year and kind, for people. */
  public String title() {
    return title;
  }
}
