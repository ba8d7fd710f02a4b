package dev.rideau.tracer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How a parameter or record component becomes a field.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
public @interface Field {
  /// The name; without it that of the parameter (compile with `-parameters`) or component.
  String value() default "";

  /// Most bytes of a string in UTF-8, or most elements of an array; what is beyond is cut off.
  int limit() default 4096;

  /// Whether an integer is read as unsigned.
  boolean unsigned() default false;

  /// Base in which readers show an integer: 2, 8, 10 or 16.
  int base() default 10;
}
