package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.cli.internal.text.ClassicStyle.HeaderField;
import dev.rideau.cli.internal.text.ClassicStyle.NamedPart;
import dev.rideau.cli.internal.text.TimestampStyle;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options that tell how lines look.
public final class StyleOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--clock-seconds", description = "Print timestamps as seconds since the origin.")
  private boolean clockSeconds;

  @Option(
      names = "--clock-gmt",
      description = "Times of day are those of UTC and not of the local time zone.")
  private boolean clockGmt;

  @Option(names = "--clock-date", description = "Print timestamps with the date.")
  private boolean clockDate;

  @Option(names = "--clock-cycles", description = "Print timestamps as values of the clock.")
  private boolean clockCycles;

  @Option(
      names = "--clock-force-correlate",
      description = "Take it that all clocks count from the same instant.")
  private boolean clockForceCorrelate;

  @Option(names = "--no-delta", description = "Leave out the time since the line before.")
  private boolean noDelta;

  @Option(
      names = "--names",
      split = ",",
      paramLabel = "PART",
      description = {
        "Where to print names: payload, context, scope, header; all; none.",
        "Default: payload,context."
      })
  private List<String> names = List.of();

  @Option(
      names = "--fields",
      split = ",",
      paramLabel = "FIELD",
      description = {
        "What to print before the event name: trace, trace:hostname, trace:domain,"
            + " trace:procname, trace:vpid, loglevel, emf; all.",
        "Default: trace:hostname,trace:procname,trace:vpid."
      })
  private List<String> fields = List.of();

  /// Whether clocks with different origins are to be mixed.
  public boolean forceCorrelate() {
    return clockForceCorrelate;
  }

  /// What the options say.
  public ClassicStyle style() {
    ZoneId zone = clockGmt ? ZoneOffset.UTC : ZoneId.systemDefault();
    return new ClassicStyle(timestampStyle(), zone, !noDelta, namedParts(), headerFields());
  }

  private TimestampStyle timestampStyle() {
    if (clockCycles) {
      return TimestampStyle.CYCLES;
    } else if (clockSeconds) {
      return TimestampStyle.SECONDS;
    }
    return clockDate ? TimestampStyle.DATE : TimestampStyle.CLOCK;
  }

  private Set<NamedPart> namedParts() {
    if (names.isEmpty()) {
      return ClassicStyle.DEFAULT_NAMES;
    }
    Set<NamedPart> parts = EnumSet.noneOf(NamedPart.class);
    for (String name : names) {
      switch (name.strip()) {
        case "payload", "args", "arg" -> parts.add(NamedPart.PAYLOAD);
        case "context", "ctx" -> parts.add(NamedPart.CONTEXT);
        case "scope" -> parts.add(NamedPart.SCOPE);
        case "header" -> parts.add(NamedPart.HEADER);
        case "all" -> parts.addAll(EnumSet.allOf(NamedPart.class));
        case "none" -> {
          if (names.contains("all")) {
            throw wrong("--names: 'all' and 'none' exclude each other");
          }
        }
        default -> throw wrong("--names: unknown part '" + name + "'");
      }
    }
    return parts;
  }

  private Set<HeaderField> headerFields() {
    if (fields.isEmpty()) {
      return ClassicStyle.DEFAULT_FIELDS;
    }
    Set<HeaderField> chosen = EnumSet.noneOf(HeaderField.class);
    for (String field : fields) {
      switch (field.strip()) {
        case "trace" -> chosen.add(HeaderField.TRACE);
        case "trace:hostname" -> chosen.add(HeaderField.HOSTNAME);
        case "trace:domain" -> chosen.add(HeaderField.DOMAIN);
        case "trace:procname" -> chosen.add(HeaderField.PROCNAME);
        case "trace:vpid" -> chosen.add(HeaderField.VPID);
        case "loglevel" -> chosen.add(HeaderField.LOG_LEVEL);
        case "emf" -> chosen.add(HeaderField.EMF_URI);
        // Understood, as babeltrace2 does; nothing is printed for it there either.
        case "callsite" -> {}
        case "all" -> chosen.addAll(EnumSet.allOf(HeaderField.class));
        default -> throw wrong("--fields: unknown field '" + field + "'");
      }
    }
    return chosen;
  }

  private RuntimeException wrong(String message) {
    CommandSpec command = spec;
    return command == null
        ? new IllegalArgumentException(message)
        : new ParameterException(command.commandLine(), message);
  }
}
