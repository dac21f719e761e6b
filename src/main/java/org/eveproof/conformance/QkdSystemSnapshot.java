package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The state of two sites and Eve, as {@code QkdSystem.tla} sees it. */
record QkdSystemSnapshot(
    int epoch,
    Map<String, String> partner,
    Map<String, Set<KeyName>> made,
    Set<KeyName> doubt,
    Map<String, Set<KeyName>> given,
    Map<String, Integer> current,
    Map<String, Integer> staged,
    boolean ready,
    Map<String, Boolean> dry,
    String check,
    Map<String, Set<SecretName>> store,
    Set<SecretName> eve,
    Map<String, Set<Link>> chain,
    Set<List<Object>> handed,
    boolean twice,
    Set<List<Integer>> lost) {

  /** A key of a round: who has it is told by its bytes. */
  record KeyName(int epoch, int round, String of) {
    static final String BOTH = "both";

    boolean isShared() {
      return of.equals(BOTH);
    }

    List<Integer> id() {
      return List.of(epoch, round);
    }

    SecretName secret(String kind) {
      return new SecretName(kind, epoch, round, of);
    }
  }

  /** Any secret of the system. */
  record SecretName(String kind, int epoch, int round, String of) {
    static SecretName credential(int epoch) {
      return new SecretName("credential", epoch, 0, KeyName.BOTH);
    }

    static SecretName boot(int epoch, String of) {
      return new SecretName("boot", epoch, 0, of);
    }

    boolean isKind(String other) {
      return kind.equals(other);
    }
  }

  /** Which block authenticated the round of a key. */
  record Link(int epoch, int round, int by) {}
}
