package org.eveproof.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the action of a specification that the annotated code performs, as {@code Module!Action}.
 *
 * <p>A test holds the annotations against the parsed specifications: each named action exists, and
 * each action of each specification is named by some code.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Refines.All.class)
public @interface Refines {
  /** Returns the action, for example {@code "PskHandover!Reserve"}. */
  String value();

  /** Holds several {@link Refines} on one element. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.METHOD, ElementType.TYPE})
  @interface All {
    /** Returns the annotations in the order they were written. */
    Refines[] value();
  }
}
