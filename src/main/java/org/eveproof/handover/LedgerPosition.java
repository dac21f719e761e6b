package org.eveproof.handover;

import java.util.Optional;
import org.eveproof.authentication.KeyIndex;

/**
 * Where a ledger stands, as it tells its peer when they meet again. All of it is public, and as it
 * comes from the network nothing vouches for it.
 *
 * @param epoch of the ledger
 * @param current block that it sends under, -1 if it has no keys
 * @param newest latest block that it knows anything of, -1 if none
 * @param newestState what it knows of that block; empty exactly if there is none
 * @param next the next key that it takes
 * @param heard from this key of its peer on it accepts messages
 */
public record LedgerPosition(
    int epoch,
    int current,
    int newest,
    Optional<BlockState> newestState,
    KeyIndex next,
    KeyIndex heard) {}
