package org.eveproof.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two ledgers and the world around them, as {@code PskHandover.tla} sees them; each component is
 * the variable of its name.
 *
 * @param epoch of each party's durable image
 * @param st what each durable image says of each block
 * @param content whether what is left of each block is what the exchange made
 * @param length number of keys each block had
 * @param store the keys whose bytes are not all zero in the durable image
 * @param hwm durable high-water mark
 * @param heard from where on messages are accepted, durable
 * @param asked kind of the last message accepted, durable
 * @param tries failed verifications, durable
 * @param exported what the applications were given, found by its bytes
 * @param next key that the running ledger takes next
 * @param hand key that the running ledger has taken
 * @param last message that the running ledger, or the one who asked it for a key, may repeat
 * @param joined whether the running ledger says that it has met its peer
 * @param floor where the running ledger says that the peer stood then; (0, 0, 0) if it does not
 *     say, or if the durable image says more
 * @param net frames that were sent and not lost
 * @param drops frames lost
 * @param crashes crashes
 * @param image what the backup of each store says, if there is one
 * @param restored whether a party's store was put back since the operator was there
 * @param enrolled latest epoch that the operator has brought each party a credential for
 * @param used the key after the last one that each party sealed a frame under
 * @param reused whether a party sealed a frame under a key not later than one it had used
 * @param accepted the key after that of the last frame that each party accepted
 * @param replayed whether a ledger accepted a frame not later than one it had accepted
 */
record PskHandoverSnapshot(
    Map<String, Integer> epoch,
    Map<String, Map<Integer, String>> st,
    Map<String, Map<Integer, Integer>> content,
    Map<String, Map<Integer, Integer>> length,
    Map<String, Set<List<Object>>> store,
    Map<String, List<Integer>> hwm,
    Map<String, List<Integer>> heard,
    Map<String, String> asked,
    Map<String, Set<List<Object>>> tries,
    Map<String, Set<List<Object>>> exported,
    Map<String, List<Integer>> next,
    Map<String, Set<Integer>> hand,
    Map<String, Set<Message>> last,
    Map<String, Boolean> joined,
    Map<String, List<Integer>> floor,
    Set<Message> net,
    int drops,
    int crashes,
    Map<String, Set<Image>> image,
    Map<String, Boolean> restored,
    Map<String, Integer> enrolled,
    Map<String, List<Integer>> used,
    boolean reused,
    Map<String, List<Integer>> accepted,
    boolean replayed) {

  /**
   * What one party's store says; each component is a party's part of the variable of its name.
   *
   * @param epoch as above, and so the others
   */
  record Image(
      int epoch,
      Map<Integer, String> st,
      Map<Integer, Integer> content,
      Map<Integer, Integer> length,
      Set<List<Object>> store,
      List<Integer> hwm,
      List<Integer> heard,
      String asked,
      Set<List<Object>> tries) {}

  /**
   * A frame as the specification sees it.
   *
   * @param from sender
   * @param epoch of the key
   * @param block of the key
   * @param index of the key
   * @param kind of message
   * @param about block that the message is about, 0 for DATA
   * @param sum which of the two possible blocks PREPARE's hash is of; 0 for other messages
   * @param seed 0 if PREPARE's hash is under the seed of the block itself, else a number for each
   *     other seed; 0 for other messages
   * @param key which of the two possible blocks the tag verifies under; 0 if none
   */
  record Message(
      String from,
      int epoch,
      int block,
      int index,
      String kind,
      int about,
      int sum,
      int seed,
      int key) {}
}
