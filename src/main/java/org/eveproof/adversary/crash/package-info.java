/**
 * Kills the sites of standing links, at every place where something is written or said, and damages
 * what they left on the disk; then looks whether anything was lost or used twice.
 *
 * <p>The sites are processes of their own that run what {@code eveproof link} runs, wrapped so that
 * they can be stopped at an exact place ({@link org.eveproof.adversary.crash.SiteProcess}). All
 * else happens in the process of the campaign.
 */
@NullMarked
package org.eveproof.adversary.crash;

import org.jspecify.annotations.NullMarked;
