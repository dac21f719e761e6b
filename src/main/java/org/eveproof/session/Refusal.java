package org.eveproof.session;

/** Why a message was refused. Nobody is told but the operator: to the sender all look alike. */
public enum Refusal {
  /** Not the encoding of any frame. */
  MALFORMED,
  /** Belongs to another session or another round. */
  OTHER_SESSION,
  /** Names the receiver itself as its sender. */
  NOT_FROM_PEER,
  /** Not the next message of the conversation. */
  OUT_OF_SEQUENCE,
  /** Of a type that the peer cannot say here. */
  OUT_OF_PLACE,
  /** Made under a one-time key that was used before, or that is not there. */
  STALE_KEY,
  /** The tag does not verify. */
  BAD_TAG,
  /** Authentic, but the content does not fit this exchange. */
  BAD_CONTENT,
  /** No one-time key is left to answer with. */
  EXHAUSTED
}
