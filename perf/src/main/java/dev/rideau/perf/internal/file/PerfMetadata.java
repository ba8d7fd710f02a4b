package dev.rideau.perf.internal.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a file says besides its records. Immutable.
///
/// @param names of the events of [#attrs()], by position
/// @param environment what the feature sections say of the machine
/// @param clockData null when the file cannot tell wall-clock time
public record PerfMetadata(
    Words words,
    boolean isPipe,
    List<PerfAttr> attrs,
    List<String> names,
    Map<String, Object> environment,
    TracingData tracingData,
    List<BuildId> buildIds,
    @Nullable ClockData clockData,
    boolean isCompressed) {

  public PerfMetadata {
    attrs = List.copyOf(attrs);
    names = List.copyOf(names);
    buildIds = List.copyOf(buildIds);
  }

  /// The format of a tracepoint, or null when the file does not hold it.
  public @Nullable FormatText formatOf(PerfAttr attr) {
    return attr.isTracepoint() ? tracingData.formats().get(attr.config()) : null;
  }

  /// Collects what header, features and (in a pipe) records say.
  public static final class Builder {
    final Words words;
    private final boolean pipe;
    private final List<PerfAttr> attrs = new ArrayList<>();
    private final Map<Long, String> namesById = new LinkedHashMap<>();
    private final Map<Integer, String> namesByAttr = new LinkedHashMap<>();
    private final Map<String, Object> environment = new LinkedHashMap<>();
    private final List<BuildId> buildIds = new ArrayList<>();
    private TracingData tracingData = TracingData.NONE;
    private @Nullable ClockData clockData;
    private boolean compressed;

    Builder(Words words, boolean pipe) {
      this.words = words;
      this.pipe = pipe;
    }

    /// What is known so far.
    public List<PerfAttr> attrs() {
      return attrs;
    }

    /// Integers of the file.
    public Words words() {
      return words;
    }

    void add(PerfAttr attr) {
      attrs.add(attr);
    }

    void name(long id, String name) {
      namesById.putIfAbsent(id, name);
    }

    void nameOfAttr(int ordinal, String name) {
      namesByAttr.putIfAbsent(ordinal, name);
    }

    void environment(String key, Object value) {
      environment.putIfAbsent(key, value);
    }

    void buildId(BuildId buildId) {
      buildIds.add(buildId);
    }

    void tracingData(TracingData data) {
      tracingData = data;
    }

    void clockData(ClockData data) {
      clockData = data;
    }

    void compressed() {
      compressed = true;
    }

    /// The finished metadata.
    public PerfMetadata build() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < attrs.size(); i++) {
        names.add(nameOf(i));
      }
      return new PerfMetadata(
          words, pipe, attrs, names, environment, tracingData, buildIds, clockData, compressed);
    }

    private String nameOf(int ordinal) {
      PerfAttr attr = attrs.get(ordinal);
      FormatText format = tracingData.formats().get(attr.config());
      if (attr.isTracepoint() && format != null) {
        return format.system() + ":" + format.name();
      }
      String named =
          Arrays.stream(attr.ids())
              .mapToObj(namesById::get)
              .filter(java.util.Objects::nonNull)
              .findFirst()
              .orElse(namesByAttr.get(ordinal));
      return named != null && !named.isEmpty() ? named : GenericNames.of(attr);
    }
  }
}
