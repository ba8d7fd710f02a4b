package dev.rideau.cli.internal.text;

import java.util.Set;
import java.util.TimeZone;

/// What the classic form shows of a record, and how.
///
/// @param timestamps how timestamps look
/// @param zone where the time of day is that of the clock on the wall
/// @param withDelta whether each line tells the time since the line before
/// @param names for which parts names are shown before values
/// @param fields what of the trace and the event class is shown before the event name
public record ClassicStyle(
    TimestampStyle timestamps,
    TimeZone zone,
    boolean withDelta,
    Set<NamedPart> names,
    Set<HeaderField> fields) {

  /// Parts of a line in which values can have names.
  public enum NamedPart {
    PAYLOAD,
    CONTEXT,
    SCOPE,
    HEADER
  }

  /// What can stand before the event name.
  public enum HeaderField {
    TRACE,
    HOSTNAME,
    DOMAIN,
    PROCNAME,
    VPID,
    LOG_LEVEL,
    EMF_URI
  }

  /// The names shown when nobody says otherwise.
  public static final Set<NamedPart> DEFAULT_NAMES = Set.of(NamedPart.PAYLOAD, NamedPart.CONTEXT);

  /// The fields shown when nobody says otherwise.
  public static final Set<HeaderField> DEFAULT_FIELDS =
      Set.of(HeaderField.HOSTNAME, HeaderField.PROCNAME, HeaderField.VPID);

  public ClassicStyle {
    names = Set.copyOf(names);
    fields = Set.copyOf(fields);
  }
}
