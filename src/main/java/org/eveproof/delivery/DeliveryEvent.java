package org.eveproof.delivery;

/** Something that the operator of a site may want to know. No event has a bit of a key in it. */
public sealed interface DeliveryEvent {

  /** A block came in; so many bytes of each half. */
  record BlockTaken(BlockId block, int halfBytes) implements DeliveryEvent {}

  /** A block came in and is not used. An alarm. */
  record BlockRefused(BlockId block, String reason) implements DeliveryEvent {}

  /**
   * There is no room for a half of a block that came in; it is dropped. An alarm.
   *
   * @param own whether the half of this site's masters is dropped
   * @param peers whether the half of the other site's masters is
   */
  record PoolFull(BlockId block, boolean own, boolean peers) implements DeliveryEvent {}

  /** The rest of a block was given up: the other site does not have it, or does not answer. */
  record BlockBurnt(BlockId block, int bytes) implements DeliveryEvent {}

  /** A message that claims to be the peer's did not verify. An alarm. */
  record MessageForged(BlockId block, int failures) implements DeliveryEvent {}

  /** The other site refused keys. */
  record KeysRefused(Verdict verdict, int keys) implements DeliveryEvent {}

  /** A step could not be made durable; nothing of it happened. An alarm. */
  record StepFailed(String reason) implements DeliveryEvent {}
}
