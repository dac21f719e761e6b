/**
 * Benchmarks: one class for each stage of the post-processing, with naive baselines and peers
 * beside it. {@code mvn -P bench verify} runs them and holds the ratios against their bars.
 */
@NullMarked
package org.eveproof.bench;

import org.jspecify.annotations.NullMarked;
