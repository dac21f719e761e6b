package org.eveproof.adversary.rndl;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What trust in a credential rests on. */
public enum Anchor {
  /** Certification authorities. */
  PKI("pki"),
  /** Introducers in a web of trust. */
  WOT("wot"),
  /** A courier who brought a key to both ends. */
  PSK("psk");

  private final String specName;

  Anchor(String specName) {
    this.specName = specName;
  }

  /** Returns its name in the specification. */
  public String specName() {
    return specName;
  }

  /** Returns the anchor with that name in the specification. */
  public static Optional<Anchor> ofSpecName(String name) {
    return Arrays.stream(values()).filter(anchor -> anchor.specName.equals(name)).findFirst();
  }

  /** Returns the credential secrets of other anchors. */
  public Set<Leak> foreign() {
    return switch (this) {
      case PKI -> Set.of(Leak.INTRODUCERS, Leak.PSK);
      case WOT -> Set.of(Leak.AUTHORITY, Leak.PSK);
      case PSK -> Set.of(Leak.END_ENTITY, Leak.AUTHORITY, Leak.INTRODUCERS);
    };
  }

  /** Returns the leaks that concern this anchor. */
  public Set<Leak> own() {
    Set<Leak> own = EnumSet.allOf(Leak.class);
    own.removeAll(foreign());
    return own;
  }

  /**
   * Returns what may leak together: any set of what concerns the anchor, and each key that does not
   * concern it, alone and beside each that does.
   */
  public Set<Set<Leak>> leakSets() {
    Set<Set<Leak>> sets = new LinkedHashSet<>();
    sets.add(Set.of());
    for (Leak leak : own()) {
      for (Set<Leak> without : Set.copyOf(sets)) {
        Set<Leak> with = EnumSet.of(leak);
        with.addAll(without);
        sets.add(Set.copyOf(with));
      }
    }
    for (Leak other : foreign()) {
      sets.add(Set.of(other));
      own().forEach(leak -> sets.add(Set.of(other, leak)));
    }
    return sets;
  }
}
