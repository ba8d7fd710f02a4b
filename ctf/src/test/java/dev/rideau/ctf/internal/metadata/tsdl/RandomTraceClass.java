package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/// Makes up trace classes that CTF 1.8 can describe.
final class RandomTraceClass {
  private static final String[] NAMES = {
    "a", "b", "_c", "d9", "int", "event", "stream", "_Bool", "__two", "len", "tag", "Value", "x_y"
  };

  private static final String[] LABELS = {
    "ONE", "two", "_three", "__four", "a label", "quote\" \\", "integer", "é", "5"
  };

  private static final Set<String> OPTION_NAMES = Set.of("ONE", "two", "_three", "__four");

  private static final int MAXIMUM_DEPTH = 3;

  private final Random random;
  private final List<ClockClass> clocks = new ArrayList<>();

  /// Integers that may give a length here, and enumerations that may select an option.
  private final List<Visible> visible = new ArrayList<>();

  private record Visible(FieldLocation location, FieldClass.Int type) {}

  private RandomTraceClass(Random random) {
    this.random = random;
  }

  static TraceClass of(Random random) {
    return new RandomTraceClass(random).traceClass();
  }

  private TraceClass traceClass() {
    for (int i = random.nextInt(3); i > 0; i--) {
      clocks.add(clock(i));
    }
    List<Member> header = new ArrayList<>();
    header.add(integer("magic", 32, Role.PACKET_MAGIC_NUMBER));
    header.add(integer("stream_id", 1 + random.nextInt(64), Role.DATA_STREAM_CLASS_ID));
    Structure packetHeader = root(Scope.PACKET_HEADER, header);
    List<DataStreamClass> streams = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int mark = visible.size();
      streams.add(stream(streams.size()));
      forgetFrom(mark);
    }
    return new TraceClass(
        1,
        8,
        null,
        null,
        random.nextBoolean() ? null : new UUID(random.nextLong(), random.nextLong()).toString(),
        order(),
        environment(),
        clocks,
        packetHeader,
        streams,
        Attributes.NONE);
  }

  private Environment environment() {
    Map<String, Object> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.put(
          "key" + i, random.nextBoolean() ? random.nextLong() : pick(LABELS) + "\n\t\u0007");
    }
    return new Environment(entries);
  }

  private ClockClass clock(int number) {
    long frequencyHz = 1 + random.nextLong(5_000_000_000L);
    return new ClockClass(
        "clock" + number,
        null,
        "clock" + number,
        random.nextBoolean() ? null : new UUID(random.nextLong(), random.nextLong()).toString(),
        random.nextBoolean() ? null : pick(LABELS),
        frequencyHz,
        random.nextInt(),
        random.nextLong(frequencyHz),
        random.nextBoolean() ? null : random.nextLong() >>> 1,
        null,
        random.nextBoolean() ? new ClockOrigin.UnixEpoch() : new ClockOrigin.Unknown(),
        Attributes.NONE);
  }

  private DataStreamClass stream(int ordinal) {
    ClockClass clock = clocks.isEmpty() ? null : clocks.get(random.nextInt(clocks.size()));
    List<Member> context = new ArrayList<>();
    context.add(integer("packet_size", 64, Role.PACKET_TOTAL_LENGTH));
    List<Member> header = new ArrayList<>();
    header.add(integer("id", 16, Role.EVENT_CLASS_ID));
    if (clock != null) {
      context.add(integer("timestamp_begin", 40, Role.DEFAULT_CLOCK_TIMESTAMP));
      context.add(integer("timestamp_end", 64, Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP));
      header.add(integer("timestamp", 27, Role.DEFAULT_CLOCK_TIMESTAMP));
    }
    Structure packetContext = root(Scope.PACKET_CONTEXT, context);
    Structure eventHeader = root(Scope.EVENT_HEADER, header);
    Structure commonContext =
        random.nextBoolean() ? null : root(Scope.COMMON_CONTEXT, new ArrayList<>());
    List<EventClass> events = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int mark = visible.size();
      events.add(
          new EventClass(
              events.size(),
              events.size() * 3L,
              null,
              random.nextBoolean() ? null : "event:" + pick(LABELS),
              null,
              random.nextBoolean() ? null : random.nextLong(),
              random.nextBoolean() ? null : "http://" + pick(NAMES),
              random.nextBoolean() ? null : root(Scope.SPECIFIC_CONTEXT, new ArrayList<>()),
              random.nextBoolean() ? null : root(Scope.PAYLOAD, new ArrayList<>()),
              Attributes.NONE));
      forgetFrom(mark);
    }
    return new DataStreamClass(
        ordinal,
        ordinal == 0 ? -1 : ordinal,
        null,
        null,
        null,
        clock,
        packetContext,
        eventHeader,
        commonContext,
        events,
        Attributes.NONE);
  }

  private Member integer(String name, int lengthBits, Role role) {
    return new Member(
        name,
        new FieldClass.Int(
            BitLayout.of(lengthBits, 1 << random.nextInt(7), order()),
            false,
            10,
            List.of(),
            Set.of(role),
            Attributes.NONE));
  }

  private Structure root(Scope scope, List<Member> first) {
    for (Member member : first) {
      visible.add(
          new Visible(
              new FieldLocation(scope, List.of(member.name())),
              (FieldClass.Int) member.fieldClass()));
    }
    return structure(scope, List.of(), first, 0);
  }

  private Structure structure(Scope scope, List<String> path, List<Member> members, int depth) {
    Set<String> names = new HashSet<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = pick(NAMES);
      if (names.add(name)) {
        List<String> inner = appended(path, name);
        FieldClass type = field(scope, inner, depth + 1);
        members.add(new Member(name, type));
        if (type instanceof FieldClass.Int integer) {
          visible.add(new Visible(new FieldLocation(scope, inner), integer));
        }
      }
    }
    return new Structure(members, 1 << random.nextInt(5), Attributes.NONE);
  }

  private FieldClass field(Scope scope, List<String> path, int depth) {
    int mark = visible.size();
    switch (random.nextInt(depth < MAXIMUM_DEPTH ? 10 : 6)) {
      case 0 -> {
        return new FieldClass.Floating(
            BitLayout.of(32 << random.nextInt(2), 1 << random.nextInt(7), order()),
            Attributes.NONE);
      }
      case 1 -> {
        return new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE);
      }
      case 2 -> {
        return new FieldClass.StaticLengthString(
            random.nextInt(9), TextEncoding.UTF_8, 8, Attributes.NONE);
      }
      case 3 -> {
        List<Visible> lengths = visible.stream().filter(each -> !each.type.signed()).toList();
        return new FieldClass.DynamicLengthString(
            lengths.get(random.nextInt(lengths.size())).location,
            TextEncoding.UTF_8,
            8,
            Attributes.NONE);
      }
      case 4, 5 -> {
        return integer();
      }
      case 6 -> {
        return structure(scope, path, new ArrayList<>(), depth);
      }
      case 7 -> {
        FieldClass element = field(scope, path, depth);
        forgetFrom(mark);
        return new FieldClass.StaticLengthArray(
            random.nextInt(5), element, 1, Set.of(), Attributes.NONE);
      }
      case 8 -> {
        List<Visible> lengths = visible.stream().filter(each -> !each.type.signed()).toList();
        FieldLocation length = lengths.get(random.nextInt(lengths.size())).location;
        FieldClass element = field(scope, path, depth);
        forgetFrom(mark);
        return new FieldClass.DynamicLengthArray(length, element, 1, Attributes.NONE);
      }
      default -> {
        return variantOrInteger(scope, path, depth);
      }
    }
  }

  private FieldClass variantOrInteger(Scope scope, List<String> path, int depth) {
    List<Visible> selectors =
        visible.stream().filter(each -> !options(each.type).isEmpty()).toList();
    if (selectors.isEmpty()) {
      return integer();
    }
    Visible selector = selectors.get(random.nextInt(selectors.size()));
    List<FieldClass.Option> options = new ArrayList<>();
    for (Mapping mapping : options(selector.type)) {
      int mark = visible.size();
      FieldClass content = field(scope, path, depth + 1);
      forgetFrom(mark);
      options.add(
          new FieldClass.Option(
              Names.stripped(mapping.label()), mapping.ranges(), content, Attributes.NONE));
    }
    return new FieldClass.Variant(selector.location, options, 1, Attributes.NONE);
  }

  /// The mappings that can name options: words that are no keywords.
  private static List<Mapping> options(FieldClass.Int type) {
    return type.mappings().stream().filter(each -> OPTION_NAMES.contains(each.label())).toList();
  }

  private FieldClass.Int integer() {
    int lengthBits = 1 + random.nextInt(64);
    boolean signed = random.nextInt(3) == 0;
    List<Mapping> mappings = new ArrayList<>();
    if (random.nextBoolean() && lengthBits > 5) {
      long next = signed ? -16 : 0;
      Set<String> labels = new HashSet<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        String label = pick(LABELS);
        if (labels.add(label)) {
          List<IntegerRange> ranges = new ArrayList<>();
          for (int j = random.nextInt(2); j >= 0; j--) {
            ranges.add(new IntegerRange(next, next + random.nextInt(2)));
            next += 3;
          }
          mappings.add(new Mapping(label, ranges));
        }
      }
    }
    return new FieldClass.Int(
        BitLayout.of(lengthBits, 1 << random.nextInt(7), order()),
        signed,
        new int[] {2, 8, 10, 16}[random.nextInt(4)],
        mappings,
        Set.of(),
        Attributes.NONE);
  }

  private ByteOrder order() {
    return random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private void forgetFrom(int mark) {
    visible.subList(mark, visible.size()).clear();
  }

  private static List<String> appended(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }
}
