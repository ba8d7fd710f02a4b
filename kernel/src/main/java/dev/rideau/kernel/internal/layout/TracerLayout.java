package dev.rideau.kernel.internal.layout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a tracer calls the events and fields of the model: data, made once by a [Builder].
///
/// A field of the model without entry is called the same in the trace. Fields of contexts, which
/// every record may have, are asked for as `context.NAME`.
public final class TracerLayout {
  /// The variant of system calls of which records tell the number only.
  public static final String UNKNOWN_CALL = "unknown";

  /// The same of calls that programs of another word size make: numbered as their machine does.
  public static final String UNKNOWN_COMPAT_CALL = "unknown compat";

  /// Whether records of a variant tell the number of a system call only.
  public static boolean isNumbered(String variant) {
    return variant.equals(UNKNOWN_CALL) || variant.equals(UNKNOWN_COMPAT_CALL);
  }

  private final String name;
  private final int priorityOffset;
  private final Map<String, EventUse> events;
  private final List<Pattern> patterns;
  private final Set<String> general;
  private final @Nullable String aside;
  private final Map<ModelEvent, Map<String, List<String>>> fields;
  private final Map<ModelEvent, String> usual;

  /// Event names with a part that is not fixed.
  private record Pattern(String prefix, String suffix, ModelEvent event) {}

  private TracerLayout(Builder builder) {
    name = builder.name;
    priorityOffset = builder.priorityOffset;
    events = Map.copyOf(builder.events);
    patterns = List.copyOf(builder.patterns);
    general = Set.copyOf(builder.general);
    aside = builder.aside;
    fields = Map.copyOf(builder.fields);
    usual = Map.copyOf(builder.usual);
  }

  /// What the tracer usually calls an event, with `*` for what is not fixed; null when it has no
  /// such event.
  public @Nullable String usualName(ModelEvent event) {
    return usual.get(event);
  }

  /// Name of the tracer.
  public String name() {
    return name;
  }

  /// What must be added to priorities of the tracer to get those of the kernel.
  public int priorityOffset() {
    return priorityOffset;
  }

  /// What classes with that name are taken for, or null when nothing is made of them.
  public @Nullable EventUse use(String eventName) {
    EventUse use = events.get(eventName);
    if (use != null) {
      return use;
    }
    for (Pattern pattern : patterns) {
      int variable = eventName.length() - pattern.prefix.length() - pattern.suffix.length();
      if (variable > 0
          && eventName.startsWith(pattern.prefix)
          && eventName.endsWith(pattern.suffix)) {
        int from = pattern.prefix.length();
        return new EventUse(pattern.event, eventName.substring(from, from + variable));
      }
    }
    return null;
  }

  /// Whether records of the class only repeat what those of other classes tell, where there are
  /// any.
  public boolean isGeneral(String eventName) {
    return general.contains(eventName);
  }

  /// Whether records of the class are the tracer's own: what they tell may be older than the
  /// tracing of events.
  public boolean isAside(String eventName) {
    return aside != null && eventName.startsWith(aside);
  }

  /// Names that a field of the model may have in the trace, the first that is there counts.
  public List<String> names(ModelEvent event, String field) {
    Map<String, List<String>> ofEvent = fields.get(event);
    List<String> names = ofEvent == null ? null : ofEvent.get(field);
    return names == null ? List.of(field) : names;
  }

  /// Collects names.
  public static final class Builder {
    private final String name;
    private int priorityOffset;
    private final Map<String, EventUse> events = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final Set<String> general = new HashSet<>();
    private @Nullable String aside;
    private final Map<ModelEvent, Map<String, List<String>>> fields = new HashMap<>();
    private final Map<ModelEvent, String> usual = new HashMap<>();

    /// A layout without names.
    public Builder(String name) {
      this.name = name;
    }

    /// Event classes with these names are taken for `event`.
    public Builder event(ModelEvent event, String... names) {
      for (String each : names) {
        events.put(each, new EventUse(event, ""));
        usual.putIfAbsent(event, each);
      }
      return this;
    }

    /// Event classes whose names begin so have records of the tracer's own.
    public Builder aside(String prefix) {
      aside = prefix;
      return this;
    }

    /// The event class with that name is taken for `event`, and adds `variant` to it.
    public Builder variant(ModelEvent event, String name, String variant) {
      events.put(name, new EventUse(event, variant));
      usual.putIfAbsent(event, name);
      return this;
    }

    /// The event class with that name is taken for `event` and adds `variant` to it, unless there
    /// are other classes for it, which tell the same and more.
    public Builder general(ModelEvent event, String name, String variant) {
      general.add(name);
      return variant(event, name, variant);
    }

    /// Event classes whose names begin and end so are taken for `event`; the first pattern that
    /// fits counts.
    public Builder pattern(ModelEvent event, String prefix, String suffix) {
      patterns.add(new Pattern(prefix, suffix, event));
      usual.putIfAbsent(event, prefix + "*" + suffix);
      return this;
    }

    /// The field has one of these names.
    public Builder field(ModelEvent event, String field, String... names) {
      fields.computeIfAbsent(event, _ -> new HashMap<>()).put(field, List.of(names));
      return this;
    }

    /// Priorities of the tracer start at that of the kernel.
    public Builder priorityOffset(int offset) {
      priorityOffset = offset;
      return this;
    }

    /// The finished layout.
    public TracerLayout build() {
      return new TracerLayout(this);
    }
  }
}
