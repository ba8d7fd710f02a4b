package dev.rideau.record.internal.tracefs;

import dev.rideau.record.EventRequest;
import dev.rideau.record.RecordException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the events that somebody asked for and enables them in an instance.
public final class EnabledEvents {
  private final Instance instance;

  /// By group, the names, as found.
  private final Map<String, List<String>> events = new LinkedHashMap<>();

  /// By `GROUP:EVENT`, what the kernel filters by.
  private final Map<String, String> filters = new HashMap<>();

  private final List<String> leftOut = new ArrayList<>();

  /// The last refusal of a filter of the request that is looked at.
  private @Nullable RecordException misunderstood;

  /// The kernel's refusal of a filter.
  private static final class MisunderstoodFilterException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    MisunderstoodFilterException(IOException refusal) {
      super(refusal);
    }
  }

  private EnabledEvents(Instance instance) {
    this.instance = instance;
  }

  /// Enables the events. Tracing should be off.
  public static EnabledEvents enable(Instance instance, List<EventRequest> requests) {
    EnabledEvents enabled = new EnabledEvents(instance);
    for (EventRequest request : requests) {
      enabled.add(request);
    }
    if (enabled.events.isEmpty()) {
      throw new RecordException(
          "this kernel has none of the events", "'rideau record --list' shows what it has.");
    }
    return enabled;
  }

  private void add(EventRequest request) {
    Path folder = instance.folder().resolve("events");
    misunderstood = null;
    boolean any = false;
    for (String system : matching(folder, request.system())) {
      if (system.equals("ftrace")) {
        continue;
      }
      boolean all = request.name().equals("*");
      if (all) {
        any |= enableGroup(folder.resolve(system), system, request);
        continue;
      }
      any |=
          enableEach(
              folder.resolve(system),
              system,
              matching(folder.resolve(system), request.name()),
              request);
    }
    RecordException refusal = misunderstood;
    if (!any && refusal != null) {
      throw refusal;
    }
    if (!any && request.required()) {
      throw new RecordException(
          "this kernel has no event '%s:%s'".formatted(request.system(), request.name()),
          "'rideau record --list' shows what it has.");
    }
  }

  private static List<String> matching(Path folder, String pattern) {
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return Files.isDirectory(folder.resolve(pattern)) ? List.of(pattern) : List.of();
    }
    Pattern compiled = EventRequest.pattern(pattern);
    List<String> names = new ArrayList<>();
    for (String name : Tracefs.names(folder)) {
      if (compiled.matcher(name).matches() && Files.isDirectory(folder.resolve(name))) {
        names.add(name);
      }
    }
    return names;
  }

  /// Enables a whole group by one write: the kernel then does it in one go. Filters are set event
  /// by event, for the kernel passes over those events of a group that lack a field, unfiltered.
  private boolean enableGroup(Path group, String system, EventRequest request) {
    List<String> names = new ArrayList<>();
    for (String name : Tracefs.names(group)) {
      if (Files.isReadable(group.resolve(name).resolve("format"))) {
        names.add(name);
      }
    }
    if (request.filter() != null || names.stream().anyMatch(name -> isFiltered(system, name))) {
      return enableEach(group, system, names, request);
    }
    if (names.isEmpty() || !enable(group, request)) {
      return false;
    }
    names.forEach(name -> add(system, name));
    return true;
  }

  private boolean enableEach(Path group, String system, List<String> names, EventRequest request) {
    boolean any = false;
    for (String name : names) {
      try {
        any |= enableEvent(group.resolve(name), system, name, request);
      } catch (RecordException failure) {
        if (!(failure.getCause() instanceof MisunderstoodFilterException)) {
          throw failure;
        }
        misunderstood = failure;
        if (!events.getOrDefault(system, List.of()).contains(name)) {
          leftOut.add(name);
        }
      }
    }
    return any;
  }

  private boolean enableEvent(Path event, String system, String name, EventRequest request) {
    filter(event, system, name, request);
    if (!enable(event, request)) {
      return false;
    }
    add(system, name);
    return true;
  }

  private void add(String system, String name) {
    List<String> known = events.computeIfAbsent(system, _ -> new ArrayList<>());
    if (!known.contains(name)) {
      known.add(name);
    }
  }

  /// Names of the events that have a filter, in order.
  List<String> filtered() {
    return filters.keySet().stream()
        .map(name -> name.substring(name.indexOf(':') + 1))
        .distinct()
        .sorted()
        .toList();
  }

  private boolean isFiltered(String system, String name) {
    return filters.containsKey(system + ":" + name);
  }

  /// Sets the filter of an event, so that it lets through what any of the requests asks for.
  private void filter(Path event, String system, String name, EventRequest request) {
    boolean isThere = events.getOrDefault(system, List.of()).contains(name);
    String before = filters.get(system + ":" + name);
    String filter = request.filter();
    if (isThere && before == null || filter == null && before == null) {
      return;
    }
    if (filter == null) {
      filters.remove(system + ":" + name);
      // The kernel's word for no filter.
      write(event, "0");
      return;
    }
    String all = before == null ? filter : "(%s) || (%s)".formatted(before, filter);
    try {
      write(event, all);
    } catch (RecordException failure) {
      if (before != null) {
        write(event, before);
      }
      throw failure;
    }
    filters.put(system + ":" + name, all);
  }

  private static void write(Path event, String filter) {
    try {
      Tracefs.write(event.resolve("filter"), filter);
    } catch (IOException failure) {
      String report = Tracefs.text(event.resolve("filter")).strip();
      throw new RecordException(
          "the kernel does not understand the filter '%s' of %s"
              .formatted(filter, event.getFileName()),
          report.isEmpty() ? "See Documentation/trace/events.rst." : report,
          new MisunderstoodFilterException(failure));
    }
  }

  private static boolean enable(Path folder, EventRequest request) {
    try {
      Tracefs.write(folder.resolve("enable"), "1");
      return true;
    } catch (IOException failure) {
      if (request.required()) {
        throw Tracefs.failed(
            "the event '%s' cannot be enabled".formatted(folder.getFileName()), failure);
      }
      return false;
    }
  }

  /// The names of events that a pattern matches, but that lack a field of its filter.
  public List<String> leftOut() {
    return leftOut;
  }

  /// The names of the enabled events, by group.
  public Map<String, List<String>> events() {
    return events;
  }

  /// The texts of their format files, by group.
  public Map<String, List<String>> formats() {
    Map<String, List<String>> formats = new LinkedHashMap<>();
    Path folder = instance.tracefs().root().resolve("events");
    events.forEach((system, names) -> {
      List<String> texts = new ArrayList<>();
      for (String name : names) {
        String text = Tracefs.text(folder.resolve(system).resolve(name).resolve("format"));
        if (!text.isEmpty()) {
          texts.add(text);
        }
      }
      formats.put(system, texts);
    });
    return formats;
  }
}
