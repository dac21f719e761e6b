/**
 * The bridge to TLA+: values, the evaluator as oracle, the model checker, the state graph. Knows
 * nothing of quantum key distribution.
 */
@NullMarked
package org.eveproof.spec;

import org.jspecify.annotations.NullMarked;
