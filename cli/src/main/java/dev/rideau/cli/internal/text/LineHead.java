package dev.rideau.cli.internal.text;

import dev.rideau.cli.internal.text.ClassicStyle.HeaderField;
import dev.rideau.cli.internal.text.ClassicStyle.NamedPart;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import org.jspecify.annotations.Nullable;

/// Builds what stands between the times of a line and its fields: where the record comes from and
/// what it is called.
///
/// The odd commas and missing blanks are those of babeltrace2, which people's scripts rely on.
final class LineHead {
  private static final String[] LOG_LEVELS = {
    "EMERG",
    "ALERT",
    "CRIT",
    "ERR",
    "WARNING",
    "NOTICE",
    "INFO",
    "DEBUG_SYSTEM",
    "DEBUG_PROGRAM",
    "DEBUG_PROCESS",
    "DEBUG_MODULE",
    "DEBUG_UNIT",
    "DEBUG_FUNCTION",
    "DEBUG_LINE",
    "DEBUG"
  };

  private final StringBuilder text = new StringBuilder();
  private final ClassicStyle style;
  private final boolean named;
  private final boolean isLineStart;
  private boolean hasOrigin;

  private LineHead(ClassicStyle style, boolean hasTime) {
    this.style = style;
    named = style.names().contains(NamedPart.HEADER);
    isLineStart = !named || !hasTime;
  }

  /// The head of the lines of an event class.
  ///
  /// @param hasTime whether a time stands before it
  static String of(
      ClassicStyle style,
      boolean hasTime,
      String traceName,
      Environment environment,
      EventClass eventClass) {
    LineHead head = new LineHead(style, hasTime);
    head.trace(traceName);
    head.origin(HeaderField.HOSTNAME, "trace:hostname", environment.text("hostname"), "");
    head.origin(HeaderField.DOMAIN, "trace:domain", environment.text("domain"), ":");
    head.origin(HeaderField.PROCNAME, "trace:procname", environment.text("procname"), ":");
    Long vpid = environment.integer("vpid");
    head.origin(HeaderField.VPID, "trace:vpid", vpid == null ? null : "(" + vpid + ")", ":");
    head.origin(HeaderField.LOG_LEVEL, "loglevel", logLevel(eventClass.logLevel()), ":");
    head.origin(HeaderField.EMF_URI, "model.emf.uri", eventClass.emfUri(), ":");
    head.name(eventClass.name());
    return head.text.toString();
  }

  private void trace(String traceName) {
    if (style.fields().contains(HeaderField.TRACE)) {
      lead("trace");
      text.append(traceName).append(named ? ", " : "");
    }
  }

  private void origin(HeaderField field, String label, @Nullable String value, String separator) {
    if (value != null && style.fields().contains(field)) {
      if (!named && hasOrigin) {
        text.append(separator);
      }
      lead(label);
      text.append(value);
      hasOrigin = true;
    }
  }

  private void name(@Nullable String name) {
    if (hasOrigin && !named) {
      text.append(' ');
    }
    lead("name");
    text.append(name == null ? "<unknown>" : name).append(named ? ", " : ": ");
  }

  private void lead(String label) {
    if (!isLineStart) {
      text.append(", ");
    }
    if (named) {
      text.append(label).append(" = ");
    }
  }

  private static @Nullable String logLevel(@Nullable Long level) {
    return level == null || level < 0 || level >= LOG_LEVELS.length
        ? null
        : "TRACE_" + LOG_LEVELS[level.intValue()] + " (" + level + ")";
  }
}
