package dev.rideau.tables.internal.events;

import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.OpenedTraces;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import dev.rideau.trace.filter.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The relation that a call of `events()` names: its event classes, streams and columns. Immutable
/// once built; shared by all threads.
///
/// Fields of several classes that have the same name and type are one column. Where the types
/// differ, or a name is taken by another scope, later columns get the name of the scope in front or
/// a number behind.
final class EventRelation {
  /// The columns in front, which every call has.
  static final List<EventColumn> BASE =
      List.of(
          new EventColumn("ts", new NumberWriters.Integers(false)),
          new EventColumn("event", new TextWriters.Texts()),
          new EventColumn("cpu", new NumberWriters.Integers(false)),
          new EventColumn("trace", new TextWriters.Texts()),
          new EventColumn("stream", new TextWriters.Texts()));

  static final int TS = 0;
  static final int EVENT = 1;
  static final int CPU = 2;
  static final int TRACE = 3;
  static final int STREAM = 4;

  private final List<EventColumn> columns = new ArrayList<>(BASE);
  private final List<DataStream> streams = new ArrayList<>();

  /// By class, what each column shows; null entries are fields that the class does not have.
  private final Map<EventClass, @Nullable FieldSource[]> sources = new IdentityHashMap<>();

  private final Map<String, Integer> columnsByKey = new HashMap<>();
  private final Set<String> takenNames = new HashSet<>();

  private final EventTimes times;

  private EventRelation(EventTimes times) {
    this.times = times;
    for (EventColumn column : BASE) {
      takenNames.add(column.name());
    }
  }

  /// The relation of all event classes whose names match.
  ///
  /// @throws IllegalArgumentException when there is none; the message is for the user
  static EventRelation of(OpenedTraces traces, String pattern, EventTimes times) {
    EventRelation relation = new EventRelation(times);
    Glob glob = new Glob(pattern);
    Map<EventClass, List<FieldSource>> lists = new IdentityHashMap<>();
    for (DataStream stream : traces.dataStreams()) {
      DataStreamClass streamClass = stream.dataStreamClass();
      boolean any = false;
      for (EventClass eventClass : streamClass.eventClasses()) {
        if (glob.matches(eventClass.displayName())) {
          any = true;
          if (!lists.containsKey(eventClass)) {
            lists.put(eventClass, relation.addClass(streamClass, eventClass));
          }
        }
      }
      if (any) {
        relation.streams.add(stream);
      }
    }
    if (lists.isEmpty()) {
      throw new IllegalArgumentException(
          "events('"
              + pattern
              + "'): the trace knows no such event; 'rideau stat' lists those it"
              + " has, and * stands for any text");
    }
    lists.forEach(relation::index);
    return relation;
  }

  // Position of the column in each source is kept until all columns are known.
  private final Map<FieldSource, Integer> positions = new IdentityHashMap<>();

  private List<FieldSource> addClass(DataStreamClass streamClass, EventClass eventClass) {
    List<FieldSource> found = new ArrayList<>();
    addScope(Scope.PAYLOAD, eventClass.payload(), "payload_", found);
    addScope(Scope.SPECIFIC_CONTEXT, eventClass.specificContext(), "context_", found);
    addScope(Scope.COMMON_CONTEXT, streamClass.commonContext(), "context_", found);
    return found;
  }

  private void addScope(
      Scope scope,
      FieldClass.@Nullable Structure structure,
      String prefix,
      List<FieldSource> found) {
    if (structure == null) {
      return;
    }
    for (int i = 0; i < structure.members().size(); i++) {
      FieldClass.Member member = structure.members().get(i);
      VectorWriter writer = VectorWriter.of(member.fieldClass());
      FieldSource source = new FieldSource(scope, member.name(), i, writer);
      String key = scope + " " + member.name() + " " + writer.typeText();
      Integer known = columnsByKey.get(key);
      if (known == null) {
        known = columns.size();
        columnsByKey.put(key, known);
        columns.add(
            new EventColumn(
                freeName(member.name().isEmpty() ? "unnamed" : member.name(), prefix), writer));
      }
      positions.put(source, known);
      found.add(source);
    }
  }

  private String freeName(String wanted, String prefix) {
    String name = wanted;
    if (!takenNames.add(lower(name))) {
      name = prefix + wanted;
      for (int copy = 2; !takenNames.add(lower(name)); copy++) {
        name = wanted + "_" + copy;
      }
    }
    return name;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private void index(EventClass eventClass, List<FieldSource> found) {
    @Nullable FieldSource[] byColumn = new FieldSource[columns.size()];
    for (FieldSource source : found) {
      byColumn[positions.getOrDefault(source, 0)] = source;
    }
    sources.put(eventClass, byColumn);
  }

  List<EventColumn> columns() {
    return columns;
  }

  List<DataStream> streams() {
    return streams;
  }

  EventTimes times() {
    return times;
  }

  /// What each column shows of records of a class that is part of the relation.
  @Nullable FieldSource[] sources(EventClass eventClass) {
    @Nullable FieldSource[] found = sources.get(eventClass);
    return found == null ? new FieldSource[columns.size()] : found;
  }

  /// A projection to these columns.
  Projection projection(int[] wanted) {
    return new Projection() {
      @Override
      public boolean includes(EventClass eventClass) {
        return sources.containsKey(eventClass);
      }

      @Override
      public MemberSelection members(EventClass eventClass, Scope scope) {
        Set<String> names = new HashSet<>();
        @Nullable FieldSource[] all = sources(eventClass);
        for (int column : wanted) {
          FieldSource source = all[column];
          if (source != null && source.scope() == scope) {
            names.add(source.member());
          }
        }
        return MemberSelection.of(names);
      }
    };
  }
}
