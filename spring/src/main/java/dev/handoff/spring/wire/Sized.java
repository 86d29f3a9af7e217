package dev.handoff.spring.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The bounds of a text's length or of a list's size, as they are in the schema of a request.
/// Jakarta Validation has annotations for this, but its jar alone, without a validator, is reported
/// as a failure at each start of a web application.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Sized {
  /// The smallest length or size.
  int min() default 0;

  /// The largest length or size.
  int max();

  /// The regular expression that a text matches; empty for any text.
  String pattern() default "";
}
