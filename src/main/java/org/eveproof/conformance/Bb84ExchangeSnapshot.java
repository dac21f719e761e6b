package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The running exchange as {@code Bb84Exchange.tla} sees it: one component for each of its
 * variables; their meanings are there. Functions on parties are maps, functions on pulses are
 * lists.
 */
record Bb84ExchangeSnapshot(
    int session,
    int slot,
    Light fibre,
    List<String> eve,
    Map<String, List<String>> basis,
    Map<String, List<String>> raw,
    Map<String, Set<Integer>> kept,
    Map<String, Set<Integer>> sample,
    Map<String, Integer> errors,
    Map<String, Long> leak,
    boolean hashes,
    Map<String, Integer> length,
    Map<String, String> secret,
    Map<String, String> stage,
    Map<String, Integer> said,
    Map<String, Integer> expect,
    Map<String, Received> heard,
    Map<String, Boolean> lost,
    Set<Message> sent,
    Map<String, Integer> nextPad,
    Map<String, Integer> floor,
    Map<String, Set<Integer>> leaked,
    int drops,
    int timeouts,
    Map<String, Set<Integer>> early,
    boolean deceived) {

  /** A pulse under way; both are "-" where there is none. */
  record Light(String basis, String bit) {}

  /** A message as it was sent. */
  record Message(int session, String from, int seq, String type, int pad, int amount) {}

  /** A message as it was accepted; {@code genuine} if the peer made it, byte for byte. */
  record Received(
      int session, String from, int seq, String type, int pad, int amount, boolean genuine) {
    /** Nothing has been accepted. */
    static final Received NOTHING = new Received(0, "nobody", 0, "NONE", 0, 0, true);
  }
}
