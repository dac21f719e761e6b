package org.eveproof.adversary.crash;

/**
 * A property that did not hold.
 *
 * @param property which
 * @param link number of the link, to run it again
 * @param point the last point before it was noticed, in words
 * @param text what was found
 */
public record Violation(Property property, int link, String point, String text) {}
