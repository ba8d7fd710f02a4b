package dev.rideau.record.internal.tracefs;

import dev.rideau.record.EventRequest;
import dev.rideau.record.RecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds the events that somebody asked for and enables them in an instance.
public final class EnabledEvents {
  private final Instance instance;

  /// By group, the names, as found.
  private final Map<String, List<String>> events = new LinkedHashMap<>();

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
      for (String name : matching(folder.resolve(system), request.name())) {
        any |= enableEvent(folder.resolve(system).resolve(name), system, name, request);
      }
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

  /// Enables a whole group by one write: the kernel then does it in one go.
  private boolean enableGroup(Path group, String system, EventRequest request) {
    List<String> names = new ArrayList<>();
    for (String name : Tracefs.names(group)) {
      if (Files.isReadable(group.resolve(name).resolve("format"))) {
        names.add(name);
      }
    }
    if (names.isEmpty() || !set(group, request)) {
      return false;
    }
    List<String> known = events.computeIfAbsent(system, _ -> new ArrayList<>());
    names.stream().filter(name -> !known.contains(name)).forEach(known::add);
    return true;
  }

  private boolean enableEvent(Path event, String system, String name, EventRequest request) {
    if (!set(event, request)) {
      return false;
    }
    List<String> known = events.computeIfAbsent(system, _ -> new ArrayList<>());
    if (!known.contains(name)) {
      known.add(name);
    }
    return true;
  }

  private boolean set(Path folder, EventRequest request) {
    String filter = request.filter();
    if (filter != null) {
      try {
        Tracefs.write(folder.resolve("filter"), filter);
      } catch (IOException failure) {
        String report = Tracefs.text(folder.resolve("filter")).strip();
        throw new RecordException(
            "the kernel does not understand the filter '%s' of %s"
                .formatted(filter, folder.getFileName()),
            report.isEmpty() ? "See Documentation/trace/events.rst." : report,
            failure);
      }
    }
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
