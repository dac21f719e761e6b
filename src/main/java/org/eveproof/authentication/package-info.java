/**
 * Message authentication: the frame that a tag covers, the tags, and the one-time keys they
 * consume.
 */
@NullMarked
package org.eveproof.authentication;

import org.jspecify.annotations.NullMarked;
