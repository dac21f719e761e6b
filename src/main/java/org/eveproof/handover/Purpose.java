package org.eveproof.handover;

import java.util.Locale;

/** What became of keys, as an entry of the journal says it. */
public enum Purpose {
  /** An operator brought a credential: block 0 of an epoch is there. */
  ENROLLED(1, Account.MADE),
  /** A round of the exchange brought a block. */
  STAGED(2, Account.MADE),
  /** The key of a round is gone at this end before it was staged; its number is passed over. */
  LOST(3, Account.NONE),
  /** Both ends are known to hold the block. */
  PREPARED(4, Account.NONE),
  /** The block came into use; its check part and its hash keys count as consumed by that. */
  COMMITTED(5, Account.CONSUMED),
  /** The part of the block that is not for authentication was handed over to applications. */
  GIVEN(6, Account.GIVEN),
  /** A later block, or a new credential, took its place; what was left of it is wiped. */
  SUPERSEDED(7, Account.SUPERSEDED),
  /** The ends' blocks differed; all of it is wiped. */
  DISCARDED(8, Account.SUPERSEDED),
  /** Tags were made with the keys. */
  SENT(9, Account.CONSUMED),
  /** Tags were verified with the keys. */
  VERIFIED(10, Account.CONSUMED),
  /** A later message was accepted first; what was tagged with these never came. */
  SKIPPED(11, Account.BURNT),
  /** So many verifications failed under the key that it is wiped. */
  BURNT_BY_ATTEMPTS(12, Account.BURNT),
  /** The key was taken and not used. */
  GIVEN_UP(13, Account.BURNT),
  /** The key was taken before a crash: whether it was used for a message is not known. */
  IN_DOUBT(14, Account.BURNT),
  /** The store was older than its guard; all keys are wiped, and the account begins anew. */
  ROLLED_BACK(15, Account.NONE),
  /** The journal before this was damaged and is gone; the balance up to here is kept. */
  REPAIRED(16, Account.NONE),
  /** After a repair: a block, and what is left of it. */
  FOUND(17, Account.NONE),
  /** After a repair: keys of a found block that are wiped already. */
  WIPED_BEFORE(18, Account.NONE);

  /** On which side of the balance the bits of an entry are counted. */
  enum Account {
    NONE,
    MADE,
    CONSUMED,
    BURNT,
    SUPERSEDED,
    GIVEN
  }

  private final int code;
  private final Account account;

  Purpose(int code, Account account) {
    this.code = code;
    this.account = account;
  }

  int code() {
    return code;
  }

  Account account() {
    return account;
  }

  /** Returns how the journal is printed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Purpose ofCode(int code) {
    for (Purpose purpose : values()) {
      if (purpose.code == code) {
        return purpose;
      }
    }
    throw new IllegalArgumentException("no purpose has the number " + code);
  }
}
