package org.eveproof.bench;

/**
 * A ratio of two figures of one run. Figures are named like {@code amplify:1000000}: the method of
 * a benchmark, or the program outside, and the parameter.
 *
 * @param ours the time of the code, or what was counted
 * @param peer what it is held against: measured, recorded or demanded
 * @param times how many times as fast the code has to be, or as small the count
 */
public record Bar(String ours, String peer, double times) {}
