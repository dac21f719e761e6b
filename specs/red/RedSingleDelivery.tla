------------------------- MODULE RedSingleDelivery --------------------------
EXTENDS MCKeyDeliveryRefinesSingleDelivery

\* Twin FetchNotNotedSeenFromOutside: that a slave has fetched a key is not noted.
Unnoted(k, c) == k

\* Twin AnySlaveSeenFromOutside: any slave of the master gets the key.
Anyone(c, m, k) == k.master = m /\ c \notin k.fetched

\* Twin ClearSeenFromOutside: the announcement brings the holder the key itself.
Clear(x) == {x}

\* Twin PadsSeenFromOutside: the key is cut from where the pads are.
Pads(pads, next) == pads

=============================================================================
