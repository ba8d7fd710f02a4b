package dev.rideau.cli.internal.cat;

import dev.rideau.cli.internal.Command;
import dev.rideau.cli.internal.LocalZone;
import dev.rideau.cli.internal.text.ClassicStyle;
import dev.rideau.cli.internal.text.ClassicStyle.HeaderField;
import dev.rideau.cli.internal.text.ClassicStyle.NamedPart;
import dev.rideau.cli.internal.text.TimestampStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;

/// The options that tell how lines look.
public final class StyleOptions {
  private final Command command;
  private final Supplier<Boolean> clockSeconds;
  private final Supplier<Boolean> clockGmt;
  private final Supplier<Boolean> clockDate;
  private final Supplier<Boolean> clockCycles;
  private final Supplier<Boolean> clockForceCorrelate;
  private final Supplier<Boolean> noDelta;
  private final Supplier<List<String>> names;
  private final Supplier<List<String>> fields;

  /// Adds the options to a command.
  public StyleOptions(Command command) {
    this.command = command;
    clockSeconds = command.flag("--clock-seconds", "Print timestamps as seconds since the origin.");
    clockGmt =
        command.flag(
            "--clock-gmt", "Times of day are those of UTC and not of the local time zone.");
    clockDate = command.flag("--clock-date", "Print timestamps with the date.");
    clockCycles = command.flag("--clock-cycles", "Print timestamps as values of the clock.");
    clockForceCorrelate =
        command.flag(
            "--clock-force-correlate", "Take it that all clocks count from the same instant.");
    noDelta = command.flag("--no-delta", "Leave out the time since the line before.");
    names =
        command.splitTexts(
            "--names=PART",
            "Where to print names: payload, context, scope, header; all; none.",
            "Default: payload,context.");
    fields =
        command.splitTexts(
            "--fields=FIELD",
            "What to print before the event name: trace, trace:hostname, trace:domain,"
                + " trace:procname, trace:vpid, loglevel, emf; all.",
            "Default: trace:hostname,trace:procname,trace:vpid.");
  }

  /// Whether clocks with different origins are to be mixed.
  public boolean forceCorrelate() {
    return clockForceCorrelate.get();
  }

  /// The options that were given and that only lines of text have a use for.
  public List<String> usedForTextOnly() {
    List<String> used = new ArrayList<>();
    addIf(used, clockSeconds.get(), "--clock-seconds");
    addIf(used, clockDate.get(), "--clock-date");
    addIf(used, clockCycles.get(), "--clock-cycles");
    addIf(used, noDelta.get(), "--no-delta");
    addIf(used, !names.get().isEmpty(), "--names");
    addIf(used, !fields.get().isEmpty(), "--fields");
    return used;
  }

  private static void addIf(List<String> used, boolean isUsed, String option) {
    if (isUsed) {
      used.add(option);
    }
  }

  /// What the options say.
  public ClassicStyle style() {
    TimeZone zone = LocalZone.of(clockGmt.get());
    return new ClassicStyle(timestampStyle(), zone, !noDelta.get(), namedParts(), headerFields());
  }

  private TimestampStyle timestampStyle() {
    if (clockCycles.get()) {
      return TimestampStyle.CYCLES;
    } else if (clockSeconds.get()) {
      return TimestampStyle.SECONDS;
    }
    return clockDate.get() ? TimestampStyle.DATE : TimestampStyle.CLOCK;
  }

  private Set<NamedPart> namedParts() {
    if (names.get().isEmpty()) {
      return ClassicStyle.DEFAULT_NAMES;
    }
    Set<NamedPart> parts = EnumSet.noneOf(NamedPart.class);
    for (String name : names.get()) {
      switch (name.strip()) {
        case "payload", "args", "arg" -> parts.add(NamedPart.PAYLOAD);
        case "context", "ctx" -> parts.add(NamedPart.CONTEXT);
        case "scope" -> parts.add(NamedPart.SCOPE);
        case "header" -> parts.add(NamedPart.HEADER);
        case "all" -> parts.addAll(EnumSet.allOf(NamedPart.class));
        case "none" -> {
          if (names.get().contains("all")) {
            throw command.wrong("--names: 'all' and 'none' exclude each other");
          }
        }
        default -> throw command.wrong("--names: unknown part '" + name + "'");
      }
    }
    return parts;
  }

  private Set<HeaderField> headerFields() {
    if (fields.get().isEmpty()) {
      return ClassicStyle.DEFAULT_FIELDS;
    }
    Set<HeaderField> chosen = EnumSet.noneOf(HeaderField.class);
    for (String field : fields.get()) {
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
        default -> throw command.wrong("--fields: unknown field '" + field + "'");
      }
    }
    return chosen;
  }
}
