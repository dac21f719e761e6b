package org.eveproof.bootstrap;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.eveproof.authentication.Suite;
import org.eveproof.bootstrap.exchange.KeyEstablishment;

/**
 * The methods that a device allows or offers: any of these establishments with any of these suites.
 * What is not among them is never used, whoever asks for it.
 *
 * @param establishments at least one
 * @param suites at least one
 */
public record Methods(Set<KeyEstablishment> establishments, Set<Suite> suites) {

  /** Copies the sets. */
  public Methods {
    establishments = Set.copyOf(establishments);
    suites = Set.copyOf(suites);
    if (establishments.isEmpty() || suites.isEmpty()) {
      throw new IllegalArgumentException("at least one establishment and one suite are needed");
    }
  }

  /** Returns the methods of a device with pre-shared keys, whose first keys come from these. */
  public static Methods preshared(Set<Suite> suites) {
    return new Methods(Set.of(KeyEstablishment.NONE), suites);
  }

  /** Whether the method is one of these. */
  public boolean allows(Method method) {
    return establishments.contains(method.establishment()) && suites.contains(method.suite());
  }

  /** Returns the strongest method that both allow; the establishment weighs more. */
  public Optional<Method> strongestCommon(Methods other) {
    Optional<KeyEstablishment> establishment =
        establishments.stream()
            .filter(other.establishments::contains)
            .max(Comparator.naturalOrder());
    Optional<Suite> suite = strongest(other.suites::contains);
    return establishment.flatMap(first -> suite.map(second -> new Method(first, second)));
  }

  private Optional<Suite> strongest(Predicate<Suite> alsoIn) {
    return suitesByStrength().stream().filter(suites::contains).filter(alsoIn).findFirst();
  }

  /**
   * Returns the suites, strongest first: those whose tags no computing power forges; then those
   * that rest on a symmetric primitive, whose break would have to come while a message is under
   * way; then signatures, which a quantum computer may forge.
   */
  public static List<Suite> suitesByStrength() {
    return List.of(
        Suite.WEGMAN_CARTER,
        Suite.WEGMAN_CARTER_RECYCLED,
        Suite.HMAC_SHA512,
        Suite.HMAC_SHA256,
        Suite.GMAC,
        Suite.SIGNATURE);
  }
}
