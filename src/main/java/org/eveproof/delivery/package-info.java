/**
 * Key delivery: what the link grew reaches its consumers at both sites, each key once.
 *
 * <p>{@link org.eveproof.delivery.KeyPool} takes in what the ledger gives. Each site is {@link
 * org.eveproof.delivery.KeyOwner} of one half of it, which it gives to the masters at its site, and
 * {@link org.eveproof.delivery.KeyHolder} of the other half, which it gives to the slaves at its
 * site. The owner announces keys to the holder in messages that are authenticated with one-time
 * keys out of the same half. These three decide and remember ({@link
 * org.eveproof.delivery.DeliveryStore}); sockets, threads and clocks are elsewhere.
 */
@NullMarked
package org.eveproof.delivery;

import org.jspecify.annotations.NullMarked;
