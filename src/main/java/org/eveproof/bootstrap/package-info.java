/**
 * Entity authentication before there are any quantum keys. Follows {@code specs/AuthBootstrap.tla}.
 */
@NullMarked
package org.eveproof.bootstrap;

import org.jspecify.annotations.NullMarked;
