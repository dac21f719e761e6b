package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two key management entities and the world around them, as {@code KeyDelivery.tla} sees them; each
 * component is the variable of its name. A unit of key material is named by its bytes.
 *
 * @param taken last block that each store says came in
 * @param fresh units that each store's halves count as not taken
 * @param store units whose bytes are in each store, in a half or with a reserved key
 * @param pending each store's own announcement, with the state of its key
 * @param withdrawn key_IDs that each store has to announce as withdrawn
 * @param reserved what each store remembers of keys of the peer's half
 * @param answered each store's last announcement that was answered, and the answer
 * @param tries failures that each store has counted where something can still be verified
 * @param holds keys that came out, with whom they were given to
 * @param reply what the last caller in vain was told
 * @param net frames that were sent and not lost
 * @param drops frames lost
 * @param crashes crashes
 * @param named keys of all announcements that were ever made
 * @param twice whether an SAE was given a key_ID again
 */
record KeyDeliverySnapshot(
    Map<String, Integer> taken,
    Map<String, Set<List<Object>>> fresh,
    Map<String, Set<List<Object>>> store,
    Map<String, Set<Pending>> pending,
    Map<String, Set<Integer>> withdrawn,
    Map<String, Set<Reserved>> reserved,
    Map<String, Set<Answered>> answered,
    Map<String, Set<List<Object>>> tries,
    Set<Held> holds,
    String reply,
    Set<Message> net,
    int drops,
    int crashes,
    Set<Naming> named,
    boolean twice) {

  /** A frame: an announcement or an answer; what the other kind has is empty or zero. */
  record Message(
      String kind,
      String from,
      int at,
      String verdict,
      Set<Integer> missing,
      int id,
      int key,
      String master,
      Set<String> slaves,
      Set<Integer> withdrawn,
      Set<List<Object>> clear) {}

  /** An announcement that is not settled. */
  record Pending(Message m, String state) {}

  /** A key of the peer's half. */
  record Reserved(
      int id, List<Object> bytes, String master, Set<String> slaves, Set<String> fetched) {}

  /** An announcement with its answer. */
  record Answered(Message m, Message a) {}

  /** A key that an SAE was given. */
  record Held(String sae, int id, List<Object> bytes) {}

  /** What a key_ID was announced for. */
  record Naming(int id, String from, int key, String master, Set<String> slaves) {}
}
