package dev.rideau.trace.filter;

import dev.rideau.trace.Batch;
import dev.rideau.trace.DataStream;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.RecordBlock;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.filter.Condition.Comparison;
import dev.rideau.trace.filter.Condition.Name;
import dev.rideau.trace.filter.Condition.Step;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A [RecordFilter] compiled for the records of one data stream. Thread-safe and without state.
public final class StreamFilter {
  private final DataStream stream;
  private final RecordTest[] tests;
  private final Map<Scope, Set<String>>[] members;

  @SuppressWarnings({"unchecked", "rawtypes"})
  StreamFilter(@Nullable Condition condition, DataStream stream) {
    this.stream = stream;
    List<EventClass> eventClasses = stream.dataStreamClass().eventClasses();
    tests = new RecordTest[eventClasses.size()];
    members = new Map[tests.length];
    for (EventClass eventClass : eventClasses) {
      Compiler compiler = new Compiler(eventClass);
      tests[eventClass.ordinal()] =
          condition == null ? RecordTest.ALWAYS : compiler.compile(condition);
      members[eventClass.ordinal()] = compiler.members;
    }
  }

  /// Whether a record of the class can match at all.
  public boolean includes(EventClass eventClass) {
    return !tests[eventClass.ordinal()].isNever();
  }

  /// The members of a scope that must be there as columns to test records of the class.
  public MemberSelection members(EventClass eventClass, Scope scope) {
    return MemberSelection.of(members[eventClass.ordinal()].getOrDefault(scope, Set.of()));
  }

  /// Whether every record matches.
  public boolean isAll() {
    for (RecordTest test : tests) {
      if (!test.isAlways()) {
        return false;
      }
    }
    return true;
  }

  /// Whether a record of a block of the stream matches.
  public boolean matches(RecordBlock block, int record) {
    int eventClass = block.eventClasses()[record];
    Batch batch = block.batch(eventClass);
    return batch != null && tests[eventClass].test(block, batch, record);
  }

  /// The scope in which a name is found, or null.
  static @Nullable Scope find(Name name, DataStreamClass streamClass, EventClass eventClass) {
    List<Scope> scopes =
        switch (name.root()) {
          case PAYLOAD -> List.of(Scope.PAYLOAD);
          case CONTEXT -> List.of(Scope.SPECIFIC_CONTEXT, Scope.COMMON_CONTEXT);
          case PACKET -> List.of(Scope.PACKET_CONTEXT);
          case ANYWHERE ->
              List.of(
                  Scope.PAYLOAD,
                  Scope.SPECIFIC_CONTEXT,
                  Scope.COMMON_CONTEXT,
                  Scope.PACKET_CONTEXT);
          case EVENT, STREAM, TRACE, ENVIRONMENT -> List.of();
        };
    for (Scope scope : scopes) {
      FieldClass.Structure structure = structure(scope, streamClass, eventClass);
      if (structure != null && FieldTests.exists(structure, name.steps())) {
        return scope;
      }
    }
    return null;
  }

  private static FieldClass.@Nullable Structure structure(
      Scope scope, DataStreamClass streamClass, EventClass eventClass) {
    return switch (scope) {
      case PACKET_CONTEXT -> streamClass.packetContext();
      case COMMON_CONTEXT -> streamClass.commonContext();
      case SPECIFIC_CONTEXT -> eventClass.specificContext();
      case PAYLOAD -> eventClass.payload();
      case PACKET_HEADER, EVENT_HEADER -> null;
    };
  }

  /// Compiles a condition for one event class; what is the same for all its records is decided here
  /// and now.
  private final class Compiler {
    private final EventClass eventClass;
    private final Map<Scope, Set<String>> members = new EnumMap<>(Scope.class);

    Compiler(EventClass eventClass) {
      this.eventClass = eventClass;
    }

    RecordTest compile(Condition condition) {
      return switch (condition) {
        case Condition.And both -> {
          RecordTest left = compile(both.left());
          RecordTest right = left.isNever() ? left : compile(both.right());
          yield left.isAlways() || right.isNever()
              ? right
              : right.isAlways()
                  ? left
                  : (block, batch, record) ->
                      left.test(block, batch, record) && right.test(block, batch, record);
        }
        case Condition.Or either -> {
          RecordTest left = compile(either.left());
          RecordTest right = left.isAlways() ? left : compile(either.right());
          yield left.isNever() || right.isAlways()
              ? right
              : right.isNever()
                  ? left
                  : (block, batch, record) ->
                      left.test(block, batch, record) || right.test(block, batch, record);
        }
        case Condition.Not not -> {
          RecordTest operand = compile(not.operand());
          yield operand.isAlways() || operand.isNever()
              ? RecordTest.of(operand.isNever())
              : (block, batch, record) -> !operand.test(block, batch, record);
        }
        case Condition.Present present -> field(present.name(), null);
        case Comparison comparison -> field(comparison.name(), comparison);
      };
    }

    private RecordTest field(Name name, @Nullable Comparison comparison) {
      if (Properties.isOfClass(name.root())) {
        return property(name, comparison);
      }
      Scope scope = find(name, stream.dataStreamClass(), eventClass);
      if (scope == null) {
        return RecordTest.NEVER;
      }
      FieldClass.Structure structure = structure(scope, stream.dataStreamClass(), eventClass);
      if (structure == null) {
        return RecordTest.NEVER;
      }
      ColumnTest test = FieldTests.compile(structure, name.steps(), comparison);
      if (scope == Scope.PACKET_CONTEXT) {
        return (block, _, _) -> {
          StructColumn context = block.packetContext();
          return context != null && test.test(context, 0);
        };
      }
      if (name.steps().getFirst() instanceof Step.Member(String member)) {
        members.computeIfAbsent(scope, _ -> new HashSet<>()).add(member);
      }
      return (block, batch, record) -> {
        StructColumn columns =
            switch (scope) {
              case COMMON_CONTEXT -> batch.commonContext();
              case SPECIFIC_CONTEXT -> batch.specificContext();
              default -> batch.payload();
            };
        return columns != null && test.test(columns, block.rows()[record]);
      };
    }

    private RecordTest property(Name name, @Nullable Comparison comparison) {
      if (Properties.isTimestamp(name)) {
        boolean hasTime = stream.dataStreamClass().defaultClock() != null;
        if (comparison == null || !hasTime) {
          return RecordTest.of(hasTime);
        }
        Comparison ofTimes = comparison.ofIntegers();
        return (block, _, record) ->
            Properties.holds(block.timestampsNs()[record], ofTimes.operator(), ofTimes.operand());
      }
      Object value = Properties.value(name, stream, eventClass);
      return RecordTest.of(
          comparison == null ? value != null : Properties.holds(value, comparison));
    }
  }
}
