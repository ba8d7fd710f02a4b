package dev.rideau.tracer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A method of a [TraceProvider], or a record, that is an event.
///
/// The fields are the parameters or components, in order; see [Field].
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TraceEvent {
  /// Of a record: the whole name, `provider:event`. Of a method: the part after the colon; without
  /// it the name of the method.
  String value() default "";

  /// How important it is.
  LogLevel level() default LogLevel.DEBUG_LINE;
}
