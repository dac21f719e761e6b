/**
 * The health gate before delivery: statistical tests of a block of final key, in the style of NIST
 * SP 800-90B sections 4.4 and 6.3. They find a broken source or a broken privacy amplification;
 * they do not show that a key is secret, which no test of its bits can. Every cutoff is computed
 * from a stated probability of false alarm. Knows nothing of the rest of the project.
 */
@NullMarked
package org.eveproof.delivery.health;

import org.jspecify.annotations.NullMarked;
