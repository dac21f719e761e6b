package org.eveproof.session;

import org.eveproof.authentication.OneTimeKeys;
import org.eveproof.protocol.SecretRandom;

/**
 * What a party needs from outside to take a step.
 *
 * @param keys its supply of one-time authentication keys
 * @param random where it draws what Eve must not foresee
 */
public record Supplies(OneTimeKeys keys, SecretRandom random) {}
