package dev.rideau.ctf.testing;

import static dev.rideau.ctf.testing.RandomTraces.NONE;

import dev.rideau.ctf.CtfFormat;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Makes random trace classes.
///
/// Byte orders change at byte boundaries only, as the formats demand: a field of the foreign order
/// begins and ends at one.
final class RandomSchema {
  private static final int DEEPEST = 3;
  private static final List<String> AWKWARD_NAMES =
      List.of(
          "_a", "__b", "int", "event", "align", "stream", "_Bool", "clock", "env", "x", "string");
  private static final List<String> AWKWARD_CTF_2_NAMES =
      List.of("two words", "", "ünïcode", "1st", "a.b", "\"quoted\"", "struct");

  private final boolean ctf2;
  private final SplittableRandom random;
  private final ByteOrder nativeOrder;
  private final RandomLeaves leaves;

  /// Where lengths of earlier scopes are.
  private final List<FieldLocation> lengths = new ArrayList<>();

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();
  private int budget;

  RandomSchema(CtfFormat format, SplittableRandom random) {
    ctf2 = format == CtfFormat.CTF_2;
    this.random = random;
    boolean little = random.nextBoolean();
    nativeOrder = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    leaves = new RandomLeaves(ctf2, nativeOrder, random);
  }

  TraceClass traceClass() {
    ClockClass clock = clock();
    int streamCount = 1 + random.nextInt(2);
    List<DataStreamClass> streams = new ArrayList<>();
    for (int i = 0; i < streamCount; i++) {
      streams.add(stream(i, clock));
    }
    return new TraceClass(
        ctf2 ? 2 : 1,
        ctf2 ? 0 : 8,
        null,
        null,
        "d18e6374-35a1-cd42-8e70-a9cffa712793",
        ctf2 ? null : nativeOrder,
        new Environment(
            Map.of("text", "tab\t \"quote\" back\\slash \n é", "number", random.nextLong())),
        List.of(clock),
        packetHeader(),
        streams,
        NONE);
  }

  private ClockClass clock() {
    return new ClockClass(
        "clk",
        null,
        ctf2 ? null : "clk",
        null,
        random.nextBoolean() ? "a \"clock\"" : null,
        random.nextBoolean() ? 1_000_000_000L : 1 + random.nextLong(4_000_000_000L),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextBoolean() ? 7L : null,
        null,
        random.nextBoolean() ? new ClockOrigin.UnixEpoch() : new ClockOrigin.Unknown(),
        NONE);
  }

  private Structure packetHeader() {
    List<Member> members = new ArrayList<>();
    members.add(new Member("magic", role(32, Role.PACKET_MAGIC_NUMBER)));
    if (random.nextBoolean()) {
      members.add(
          new Member(
              "uuid",
              ctf2
                  ? new FieldClass.StaticLengthBlob(
                      16, "application/octet-stream", Set.of(Role.METADATA_STREAM_UUID), NONE)
                  : new FieldClass.StaticLengthArray(
                      16, role(8), 1, Set.of(Role.METADATA_STREAM_UUID), NONE)));
    }
    members.add(new Member("stream_id", role(8, Role.DATA_STREAM_CLASS_ID)));
    if (random.nextBoolean()) {
      members.add(new Member("stream_instance_id", role(64, Role.DATA_STREAM_ID)));
    }
    return new Structure(members, 1, NONE);
  }

  private DataStreamClass stream(int ordinal, ClockClass clock) {
    lengths.clear();
    Structure packetContext = packetContext();
    int classCount = 1 + random.nextInt(4);
    Structure header = eventHeader();
    Structure common = random.nextInt(3) == 0 ? scope(Scope.COMMON_CONTEXT, 3) : null;
    int commonLengths = lengths.size();
    List<EventClass> classes = new ArrayList<>();
    for (int i = 0; i < classCount; i++) {
      while (lengths.size() > commonLengths) {
        lengths.removeLast();
      }
      Structure specific = random.nextInt(3) == 0 ? scope(Scope.SPECIFIC_CONTEXT, 3) : null;
      Structure payload = random.nextInt(10) == 0 ? null : scope(Scope.PAYLOAD, 6);
      classes.add(
          new EventClass(
              i,
              i < 3 ? i : 40 + i,
              null,
              "event \"" + i + "\"",
              null,
              !ctf2 && random.nextBoolean() ? (long) random.nextInt(15) : null,
              !ctf2 && random.nextInt(4) == 0 ? "http://example.org/" + i : null,
              specific,
              payload,
              NONE));
    }
    return new DataStreamClass(
        ordinal, ordinal, null, null, null, clock, packetContext, header, common, classes, NONE);
  }

  private Structure packetContext() {
    List<Member> members = new ArrayList<>();
    members.add(new Member("timestamp_begin", role(64, Role.DEFAULT_CLOCK_TIMESTAMP)));
    members.add(new Member("timestamp_end", role(64, Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)));
    members.add(new Member("content_size", role(32, Role.PACKET_CONTENT_LENGTH)));
    members.add(new Member("packet_size", role(64, Role.PACKET_TOTAL_LENGTH)));
    if (random.nextBoolean()) {
      members.add(new Member("events_discarded", role(64, Role.DISCARDED_EVENT_COUNTER_SNAPSHOT)));
      members.add(new Member("packet_seq_num", role(64, Role.PACKET_SEQUENCE_NUMBER)));
    }
    scope = Scope.PACKET_CONTEXT;
    path.clear();
    budget = 2;
    members.addAll(structure(2, 0, List.of()).members());
    return new Structure(members, 1, NONE);
  }

  private Structure eventHeader() {
    scope = Scope.EVENT_HEADER;
    path.clear();
    Role clock = Role.DEFAULT_CLOCK_TIMESTAMP;
    return switch (random.nextInt(ctf2 ? 4 : 3)) {
      case 0 -> variantHeader(5, 31, 27, 1);
      case 1 -> variantHeader(16, 65_535, 32, 8);
      case 2 -> {
        List<Member> members = new ArrayList<>();
        int idBits = 6 + random.nextInt(20);
        members.add(
            new Member(
                "id",
                new FieldClass.Int(
                    layout(idBits, 1), false, 10, List.of(), Set.of(Role.EVENT_CLASS_ID), NONE)));
        int clockBits = 35 + random.nextInt(30);
        members.add(
            new Member(
                "timestamp",
                new FieldClass.Int(
                    layout(clockBits, leaves.alignment()),
                    false,
                    10,
                    List.of(),
                    Set.of(clock),
                    NONE)));
        yield new Structure(members, leaves.alignment(), NONE);
      }
      default ->
          new Structure(
              List.of(
                  new Member(
                      "id",
                      new FieldClass.VariableLengthInt(
                          false, 10, List.of(), Set.of(Role.EVENT_CLASS_ID), NONE)),
                  new Member(
                      "timestamp",
                      new FieldClass.VariableLengthInt(false, 10, List.of(), Set.of(clock), NONE))),
              1,
              NONE);
    };
  }

  private Structure variantHeader(int idBits, long extended, int clockBits, int alignmentBits) {
    List<IntegerRange> compactIds = List.of(new IntegerRange(0, extended - 1));
    List<IntegerRange> extendedIds = List.of(new IntegerRange(extended, extended));
    FieldClass id =
        new FieldClass.Int(
            layout(idBits, alignmentBits),
            false,
            10,
            List.of(new Mapping("compact", compactIds), new Mapping("extended", extendedIds)),
            Set.of(Role.EVENT_CLASS_ID),
            NONE);
    FieldClass timestamp =
        new FieldClass.Int(
            layout(clockBits, alignmentBits),
            false,
            10,
            List.of(),
            Set.of(Role.DEFAULT_CLOCK_TIMESTAMP),
            NONE);
    Structure longForm =
        new Structure(
            List.of(
                new Member("id", role(32, Role.EVENT_CLASS_ID)),
                new Member("timestamp", role(64, Role.DEFAULT_CLOCK_TIMESTAMP))),
            1,
            NONE);
    FieldClass variant =
        new FieldClass.Variant(
            new FieldLocation(Scope.EVENT_HEADER, List.of("id")),
            List.of(
                new FieldClass.Option(
                    "compact",
                    compactIds,
                    new Structure(List.of(new Member("timestamp", timestamp)), 1, NONE),
                    NONE),
                new FieldClass.Option("extended", extendedIds, longForm, NONE)),
            1,
            NONE);
    return new Structure(List.of(new Member("id", id), new Member("v", variant)), 8, NONE);
  }

  private FieldClass role(int lengthBits, Role... roles) {
    return new FieldClass.Int(
        layout(lengthBits, 8), false, 10, List.of(), Set.copyOf(Arrays.asList(roles)), NONE);
  }

  private BitLayout layout(int lengthBits, int alignmentBits) {
    return BitLayout.of(lengthBits, alignmentBits, nativeOrder);
  }

  private Structure scope(Scope newScope, int mostMembers) {
    scope = newScope;
    path.clear();
    budget = 25;
    return structure(mostMembers, 0, List.of());
  }

  /// Members come one by one, each with what it depends on before it.
  private Structure structure(int mostMembers, int depth, List<String> taken) {
    Map<String, Member> members = new HashMap<>();
    List<Member> order = new ArrayList<>();
    taken.forEach(name -> members.put(name, new Member(name, Structure.EMPTY)));
    int count = random.nextInt(mostMembers + 1);
    for (int i = 0; i < count && budget > 0; i++) {
      member(members, order, depth);
    }
    return new Structure(order, random.nextInt(4) == 0 ? leaves.alignment() : 1, NONE);
  }

  private String name(Map<String, Member> used) {
    String name = "f" + used.size();
    int dice = random.nextInt(12);
    if (dice == 0) {
      name = AWKWARD_NAMES.get(random.nextInt(AWKWARD_NAMES.size()));
    } else if (dice == 1 && ctf2) {
      name = AWKWARD_CTF_2_NAMES.get(random.nextInt(AWKWARD_CTF_2_NAMES.size()));
    }
    return used.containsKey(name) ? "g" + used.size() : name;
  }

  private void add(
      Map<String, Member> used, List<Member> order, String name, FieldClass fieldClass) {
    Member member = new Member(name, fieldClass);
    used.put(name, member);
    order.add(member);
  }

  private void member(Map<String, Member> used, List<Member> order, int depth) {
    budget--;
    int dice = random.nextInt(ctf2 ? 16 : 11);
    if (dice >= 7 && depth >= DEEPEST) {
      dice = random.nextInt(7);
    }
    switch (dice) {
      case 0, 1, 2, 3 -> add(used, order, name(used), leaves.integer());
      case 4 -> add(used, order, name(used), leaves.floating());
      case 5 -> add(used, order, name(used), leaves.text());
      case 6 -> {
        FieldLocation length = length(used, order);
        TextEncoding encoding = leaves.encoding();
        add(used, order, name(used), new FieldClass.DynamicLengthString(length, encoding, 8, NONE));
      }
      case 7 -> within(used, order, () -> structure(4, depth + 1, List.of()));
      case 8 ->
          within(
              used,
              order,
              () ->
                  new FieldClass.StaticLengthArray(
                      random.nextInt(4), element(depth), arrayAlignment(), Set.of(), NONE));
      case 9 -> {
        FieldLocation length = length(used, order);
        within(
            used,
            order,
            () ->
                new FieldClass.DynamicLengthArray(length, element(depth), arrayAlignment(), NONE));
      }
      case 10 -> variant(used, order, depth);
      case 11 -> add(used, order, name(used), leaves.bits());
      case 12 ->
          add(
              used,
              order,
              name(used),
              new FieldClass.VariableLengthInt(
                  random.nextBoolean(), leaves.base(), List.of(), Set.of(), NONE));
      case 13 ->
          add(
              used,
              order,
              name(used),
              new FieldClass.StaticLengthBlob(
                  random.nextInt(6), "application/octet-stream", Set.of(), NONE));
      case 14 -> {
        FieldLocation length = length(used, order);
        add(used, order, name(used), new FieldClass.DynamicLengthBlob(length, "image/png", NONE));
      }
      default -> optional(used, order, depth);
    }
  }

  private interface Maker {
    FieldClass make();
  }

  private void within(Map<String, Member> used, List<Member> order, Maker maker) {
    String name = name(used);
    path.add(name);
    FieldClass fieldClass = maker.make();
    path.removeLast();
    add(used, order, name, fieldClass);
  }

  private int arrayAlignment() {
    return ctf2 && random.nextInt(3) == 0 ? leaves.alignment() : 1;
  }

  private FieldClass element(int depth) {
    budget--;
    return switch (random.nextInt(depth >= DEEPEST ? 3 : 5)) {
      case 0 -> leaves.floating();
      case 1 -> leaves.text();
      case 2 -> leaves.integer();
      case 3 -> structure(3, depth + 1, List.of());
      default ->
          new FieldClass.StaticLengthArray(
              random.nextInt(3), element(depth + 1), arrayAlignment(), Set.of(), NONE);
    };
  }

  /// The location of a length: one that is there, or a new member.
  private FieldLocation length(Map<String, Member> used, List<Member> order) {
    if (!lengths.isEmpty() && random.nextInt(4) == 0) {
      return lengths.get(random.nextInt(lengths.size()));
    }
    String name = name(used);
    FieldClass fieldClass =
        ctf2 && random.nextBoolean()
            ? new FieldClass.VariableLengthInt(false, 10, List.of(), Set.of(), NONE)
            : new FieldClass.Int(
                leaves.randomLayout(3 + random.nextInt(62)),
                false,
                leaves.base(),
                List.of(),
                Set.of(),
                NONE);
    add(used, order, name, fieldClass);
    List<String> here = new ArrayList<>(path);
    here.add(name);
    FieldLocation location = new FieldLocation(scope, here);
    if (path.isEmpty()) {
      lengths.add(location);
    }
    return location;
  }

  private void variant(Map<String, Member> used, List<Member> order, int depth) {
    int optionCount = 1 + random.nextInt(3);
    boolean signed = random.nextBoolean();
    int lengthBits = 5 + random.nextInt(60);
    long greatest = lengthBits >= 64 ? Long.MAX_VALUE : (1L << (lengthBits - 1)) - 1;
    List<List<IntegerRange>> ranges = new ArrayList<>();
    List<Mapping> mappings = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < optionCount; i++) {
      long lower = (signed ? -6 : 0) + 4L * i;
      List<IntegerRange> ofOption = new ArrayList<>();
      ofOption.add(new IntegerRange(lower, lower + random.nextInt(3)));
      if (i == optionCount - 1 && random.nextBoolean() && greatest > 100) {
        ofOption.add(new IntegerRange(greatest - 3, greatest));
      }
      ranges.add(ofOption);
      labels.add((random.nextBoolean() ? "_" : "") + "opt" + i);
      mappings.add(new Mapping(labels.getLast(), ofOption));
    }
    String tag = name(used);
    boolean mapped = !ctf2 || random.nextBoolean();
    add(
        used,
        order,
        tag,
        new FieldClass.Int(
            leaves.randomLayout(lengthBits),
            signed,
            leaves.base(),
            mapped ? mappings : List.of(),
            Set.of(),
            NONE));
    List<String> selectorPath = new ArrayList<>(path);
    selectorPath.add(tag);
    FieldLocation selector = new FieldLocation(scope, selectorPath);
    within(
        used,
        order,
        () -> {
          List<FieldClass.Option> options = new ArrayList<>();
          for (int i = 0; i < optionCount; i++) {
            String label = labels.get(i);
            String optionName = label.startsWith("_") ? label.substring(1) : label;
            FieldClass content =
                random.nextBoolean() ? leaves.integer() : structure(3, depth + 1, List.of());
            options.add(
                new FieldClass.Option(
                    ctf2 && random.nextBoolean() ? null : optionName,
                    ranges.get(i),
                    content,
                    NONE));
          }
          return new FieldClass.Variant(selector, options, 1, NONE);
        });
  }

  private void optional(Map<String, Member> used, List<Member> order, int depth) {
    boolean bool = random.nextBoolean();
    String tag = name(used);
    add(
        used,
        order,
        tag,
        bool
            ? new FieldClass.Bool(leaves.randomLayout(1 + random.nextInt(64)), NONE)
            : new FieldClass.Int(
                leaves.randomLayout(4 + random.nextInt(61)), false, 10, List.of(), Set.of(), NONE));
    List<String> selectorPath = new ArrayList<>(path);
    selectorPath.add(tag);
    FieldLocation selector = new FieldLocation(scope, selectorPath);
    within(
        used,
        order,
        () ->
            new FieldClass.Optional(
                selector,
                bool ? null : List.of(new IntegerRange(2, 5)),
                random.nextBoolean() ? leaves.integer() : structure(3, depth + 1, List.of()),
                1,
                NONE));
  }
}
