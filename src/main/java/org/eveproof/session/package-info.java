/**
 * Alice and Bob: the state machines that join the parts. Follows {@code specs/Bb84Exchange.tla} and
 * {@code specs/QkdSystem.tla}.
 */
@NullMarked
package org.eveproof.session;

import org.jspecify.annotations.NullMarked;
