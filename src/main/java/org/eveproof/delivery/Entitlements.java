package org.eveproof.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eveproof.protocol.Party;

/**
 * Who may share keys with whom. Both sites are configured with the pairs that concern them; a pair
 * that only one of them knows gets no keys.
 */
public final class Entitlements {

  /**
   * A master and one slave that it may name.
   *
   * @param site where the master is; the slave is at the other
   */
  public record Pair(Party site, SaeId master, SaeId slave) {}

  private final Set<Pair> pairs;
  private final Map<SaeId, Party> sites;

  /**
   * Takes the pairs.
   *
   * @throws IllegalArgumentException if an SAE would be at both sites; the message names it
   */
  public Entitlements(Set<Pair> pairs) {
    this.pairs = Set.copyOf(pairs);
    this.sites = new HashMap<>();
    for (Pair pair : pairs) {
      place(pair.master(), pair.site());
      place(pair.slave(), pair.site().peer());
    }
  }

  private void place(SaeId sae, Party site) {
    Party other = sites.putIfAbsent(sae, site);
    if (other != null && other != site) {
      throw new IllegalArgumentException(sae + " would be at both sites");
    }
  }

  /** Whether a master at this site may share keys with this slave at the other. */
  public boolean allows(Party site, SaeId master, SaeId slave) {
    return pairs.contains(new Pair(site, master, slave));
  }

  /** Returns where an SAE is; empty if no pair names it. */
  public Optional<Party> siteOf(SaeId sae) {
    return Optional.ofNullable(sites.get(sae));
  }

  /** Returns all pairs. */
  public Set<Pair> pairs() {
    return pairs;
  }
}
