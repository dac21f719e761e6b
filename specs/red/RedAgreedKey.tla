---------------------------- MODULE RedAgreedKey ----------------------------
EXTENDS MCBb84ExchangeRefinesAgreedKey

\* Twin HashUnread: Bob does not look at the hash of Alice's key, and goes on with an error.
HashUnread == TRUE

\* Twin NothingOff: what was disclosed and what Eve may know is not taken off the key.
NothingOff(p) == Cardinality(kept[p])

=============================================================================
