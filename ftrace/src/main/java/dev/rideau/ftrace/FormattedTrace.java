package dev.rideau.ftrace;

import dev.rideau.trace.EventClass;
import dev.rideau.trace.Trace;
import org.jspecify.annotations.Nullable;

/// A trace of which some records are in the kernel's own formats.
public interface FormattedTrace extends Trace {

  /// The format of the records of a class; null when they have another form.
  @Nullable EventFormat formatOf(EventClass eventClass);
}
