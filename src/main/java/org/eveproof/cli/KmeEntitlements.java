package org.eveproof.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eveproof.delivery.Entitlements;
import org.eveproof.delivery.Entitlements.Pair;
import org.eveproof.delivery.SaeId;
import org.eveproof.protocol.Party;

/** Reads who may share keys with whom: {@code [alice/|bob/]MASTER=SLAVE[,SLAVE...]}. */
final class KmeEntitlements {
  private KmeEntitlements() {}

  /**
   * Reads the values of --entitle.
   *
   * @param site where a master is whose site is not named
   * @throws BadInput if one is malformed, or an SAE would be at both sites
   */
  static Entitlements parse(Party site, List<String> values) {
    Set<Pair> pairs = new HashSet<>();
    for (String value : values) {
      int slash = value.indexOf('/');
      int equals = value.indexOf('=');
      if (equals < 0) {
        throw malformed(value);
      }
      Party at = slash < 0 ? site : party(value.substring(0, slash), value);
      SaeId master = sae(value.substring(slash + 1, equals), value);
      for (String slave : value.substring(equals + 1).split(",", -1)) {
        pairs.add(new Pair(at, master, sae(slave, value)));
      }
    }
    try {
      return new Entitlements(pairs);
    } catch (IllegalArgumentException both) {
      throw new BadInput(
          "--entitle: "
              + both.getMessage()
              + "; master and slave are at different sites, and MASTER is at this one unless"
              + " alice/ or bob/ stands before it");
    }
  }

  private static Party party(String name, String value) {
    for (Party party : Party.values()) {
      if (party.specName().equals(name)) {
        return party;
      }
    }
    throw malformed(value);
  }

  private static SaeId sae(String text, String value) {
    return SaeId.parse(text).orElseThrow(() -> malformed(value));
  }

  private static BadInput malformed(String value) {
    return new BadInput(
        "--entitle="
            + value
            + " is not MASTER=SLAVE[,SLAVE...] with alice/ or bob/ before it if need be; an SAE ID"
            + " has 1 to "
            + SaeId.MAX_LENGTH
            + " letters, digits and . _ : @ + -");
  }
}
