package dev.rideau.tracer.internal.control;

import dev.rideau.tracer.BufferMode;
import dev.rideau.tracer.ChannelOptions;
import dev.rideau.tracer.Context;
import dev.rideau.tracer.EventRule;
import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.TraceSession;
import dev.rideau.tracer.Tracer;
import dev.rideau.tracer.TracerException;
import dev.rideau.tracer.internal.filter.Condition;
import dev.rideau.tracer.internal.filter.ConditionParser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Makes the session that the environment variable `RIDEAU_TRACE` or the system property
/// `rideau.trace` asks for. docs/tracer.md describes the options.
///
/// ```
/// dir:/tmp/trace-%p,events=shop:*;db:*,mode=overwrite,buffers=8x1M,contexts=thread_id;thread_name
/// ```
public final class StartUp {
  private static final System.Logger LOGGER = System.getLogger("dev.rideau.tracer");

  private final List<EventRule> rules = new ArrayList<>();
  private final List<String> patterns = new ArrayList<>();
  private ChannelOptions channel = ChannelOptions.named(ChannelOptions.DEFAULT_NAME);
  private String folder = "";
  private String name = "start";
  private String memory = "";
  private String condition = "";
  private @Nullable LogLevel level;
  private boolean snapshotAtExit;

  private StartUp() {}

  /// Does what the environment asks for. A fault is logged; the program goes on without a trace.
  public static void run() {
    String wanted = System.getProperty("rideau.trace", "");
    if (wanted.isEmpty()) {
      String variable = System.getenv("RIDEAU_TRACE");
      wanted = variable == null ? "" : variable;
    }
    if (wanted.isEmpty()) {
      return;
    }
    try {
      TraceSession session = parse(wanted).begin();
      LOGGER.log(
          System.Logger.Level.DEBUG,
          "recording: session={0}, folder={1}",
          session.name(),
          session.folder());
    } catch (TracerException | IllegalArgumentException wrong) {
      LOGGER.log(
          System.Logger.Level.ERROR,
          "nothing is recorded as RIDEAU_TRACE wants: value={0}, reason={1}",
          wanted,
          wrong.getMessage());
    }
  }

  static StartUp parse(String text) {
    StartUp options = new StartUp();
    if (!text.startsWith("dir:")) {
      throw new TracerException("it must begin with dir:FOLDER");
    }
    String[] parts = text.substring("dir:".length()).split(",");
    options.folder = parts[0].replace("%p", Long.toString(ProcessHandle.current().pid()));
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0) {
        throw new TracerException("'" + parts[i] + "' is not of the form option=value");
      }
      options.set(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "events" -> patterns.addAll(List.of(value.split(";")));
      case "level" -> level = choice(LogLevel.class, option, value);
      case "where" -> condition = value;
      case "name" -> name = value;
      case "mode" -> channel = channel.mode(choice(BufferMode.class, option, value));
      case "memory" -> memory = value;
      case "buffers" -> channel = buffers(option, value);
      case "stripes" -> channel = channel.stripes(number(value, option, value));
      case "layout" -> channel = channel.aligned(value.equals("aligned"));
      case "contexts" -> {
        List<Context> contexts = new ArrayList<>();
        for (String each : value.split(";")) {
          contexts.add(choice(Context.class, option, each));
        }
        channel = channel.contexts(contexts.toArray(Context[]::new));
      }
      case "snapshot" -> snapshotAtExit = value.equals("exit");
      default ->
          throw new TracerException(
              "there is no option '"
                  + option
                  + "'; there are events, level, where, name, mode, memory, buffers, stripes,"
                  + " layout, contexts, snapshot");
    }
  }

  // As in 4x256K.
  private ChannelOptions buffers(String option, String value) {
    int times = value.indexOf('x');
    String size = value.substring(times + 1);
    int unit =
        switch (size.isEmpty() ? ' ' : Character.toUpperCase(size.charAt(size.length() - 1))) {
          case 'K' -> 1 << 10;
          case 'M' -> 1 << 20;
          default -> 1;
        };
    String digits = unit == 1 ? size : size.substring(0, size.length() - 1);
    int count = number(value.substring(0, Math.max(0, times)), option, value);
    return channel.subBuffers(count, Math.multiplyExact(number(digits, option, value), unit));
  }

  private static int number(String digits, String option, String value) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException wrong) {
      throw new TracerException(
          "'"
              + value
              + "' is no "
              + option
              + "; "
              + (option.equals("buffers")
                  ? "COUNTxSIZE is wanted, as 4x256K"
                  : "a number is wanted"),
          wrong);
    }
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String option, String value) {
    List<String> names = new ArrayList<>();
    for (E each : type.getEnumConstants()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (name.equals(value.toLowerCase(Locale.ROOT))) {
        return each;
      }
      names.add(name);
    }
    throw new TracerException(
        "'" + value + "' is no " + option + "; there are " + String.join(", ", names));
  }

  TraceSession begin() {
    LogLevel least = level;
    // All that may be wrong comes before the session: nothing is left of what is refused.
    if (!condition.isEmpty()) {
      Condition unused = ConditionParser.parse(condition);
    }
    for (String pattern : patterns.isEmpty() ? List.of("*") : patterns) {
      EventRule rule = EventRule.named(pattern);
      rule = least == null ? rule : rule.atLeast(least);
      rules.add(condition.isEmpty() ? rule : rule.where(condition));
    }
    TraceSession.Builder builder = Tracer.session(name).output(Path.of(folder)).channel(channel);
    if (!memory.isEmpty()) {
      builder.buffers(Path.of(memory));
    }
    if (snapshotAtExit) {
      builder.snapshotAtExit();
    }
    TraceSession session = builder.create();
    rules.forEach(session::enable);
    session.start();
    return session;
  }
}
