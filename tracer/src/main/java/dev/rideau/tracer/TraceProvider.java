package dev.rideau.tracer;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An interface whose methods are events. The name is what stands before the colon of their names.
///
/// ```java
/// @TraceProvider("shop")
/// interface ShopEvents {
///   @TraceEvent(level = LogLevel.INFO)
///   void request(long id, int status, @Field(limit = 64) String path);
///
///   boolean requestEnabled(); // optional: whether anybody records shop:request
/// }
/// ```
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface TraceProvider {
  /// Letters, digits, `_`, `.` and `-`.
  String value();
}
