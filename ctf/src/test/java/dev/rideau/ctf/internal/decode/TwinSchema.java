package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.Attributes;
import dev.rideau.trace.ClockClass;
import dev.rideau.trace.ClockOrigin;
import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.Environment;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import dev.rideau.trace.TraceClass;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes trace classes up for the twins: every kind of field, any length and alignment, both
/// orders, keys in every scope, the headers that tracers write and others.
final class TwinSchema {
  /// An integer that lengths and selectors may refer to.
  private record Key(FieldLocation location, boolean signed, boolean bool, int lengthBits) {}

  private final Dice dice;
  private final int size;

  /// Whether fields are those of common tracers: whole bytes, nothing dynamic.
  private final boolean simple;

  /// Whether all events are messages as user-space tracers write most of them: a packed header,
  /// some integers and one string at the end.
  private final boolean messages;

  private final ByteOrder byteOrder;
  private final TwinLeaves leaves;
  private int names;

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();
  private final List<Key> keys = new ArrayList<>();

  /// @param size how much there is of everything, 1 for very little
  TwinSchema(Dice dice, int size) {
    this.dice = dice;
    this.size = size;
    simple = dice.percent(40);
    messages = dice.percent(8);
    byteOrder = dice.percent(70) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    leaves = new TwinLeaves(dice, simple, byteOrder, dice.percent(20));
  }

  boolean areMessages() {
    return messages;
  }

  TraceClass traceClass() {
    ClockClass clock = clock();
    FieldClass.Structure packetHeader = packetHeader();
    int packetKeys = keys.size();
    List<DataStreamClass> streams = new ArrayList<>();
    int streamCount = packetHeader != null && packetHeader.indexOf("stream_id") >= 0 ? 2 : 1;
    for (int i = 0; i < streamCount; i++) {
      keys.subList(packetKeys, keys.size()).clear();
      streams.add(streamClass(i, dice.percent(90) ? clock : null));
    }
    return new TraceClass(
        2,
        0,
        null,
        null,
        null,
        byteOrder,
        Environment.EMPTY,
        List.of(clock),
        packetHeader,
        streams,
        Attributes.NONE);
  }

  private ClockClass clock() {
    return new ClockClass(
        "clock",
        null,
        "clock",
        null,
        null,
        dice.percent(70) ? ClockClass.NS_PER_SECOND : dice.oneOf(1L, 1000L, 2_399_123_456L),
        dice.percent(50) ? 1_600_000_000L : dice.between(-5, 5),
        dice.percent(50) ? 0 : dice.between(0, 100_000),
        null,
        null,
        new ClockOrigin.UnixEpoch(),
        Attributes.NONE);
  }

  // ---------------------------------------------------------------- scopes

  private FieldClass.@Nullable Structure packetHeader() {
    enter(Scope.PACKET_HEADER);
    if (dice.percent(30)) {
      return null;
    }
    List<FieldClass.Member> members = new ArrayList<>();
    if (dice.percent(50)) {
      members.add(member("magic", leaves.wholeBytes(32, Role.PACKET_MAGIC_NUMBER)));
    }
    if (dice.percent(30)) {
      members.add(
          member(
              "uuid",
              dice.percent(50)
                  ? new FieldClass.StaticLengthBlob(
                      16, "", Set.of(Role.METADATA_STREAM_UUID), Attributes.NONE)
                  : new FieldClass.StaticLengthArray(
                      16,
                      leaves.wholeBytes(8),
                      1,
                      Set.of(Role.METADATA_STREAM_UUID),
                      Attributes.NONE)));
    }
    addSome(members, 2);
    if (dice.percent(20)) {
      members.add(member("stream_id", leaves.wholeBytes(8, Role.DATA_STREAM_CLASS_ID)));
    }
    return structure(members);
  }

  private DataStreamClass streamClass(int ordinal, @Nullable ClockClass clock) {
    FieldClass.Structure packetContext = packetContext();
    FieldClass.Structure eventHeader = eventHeader();
    FieldClass.Structure commonContext =
        !messages && dice.percent(40) ? someStructure(Scope.COMMON_CONTEXT) : null;
    int shared = keys.size();
    List<EventClass> classes = new ArrayList<>();
    int count =
        messages || dice.percent(30)
            ? dice.between(1, messages ? 2 : 1)
            : dice.between(1, 1 + 2 * size);
    long id = dice.percent(70) ? 0 : dice.oneOf(5L, 40L, 70_000L, -3L);
    for (int i = 0; i < count; i++) {
      keys.subList(shared, keys.size()).clear();
      classes.add(
          new EventClass(
              i,
              id,
              null,
              "event" + i,
              null,
              null,
              null,
              !messages && dice.percent(30) ? someStructure(Scope.SPECIFIC_CONTEXT) : null,
              messages ? message() : dice.percent(90) ? someStructure(Scope.PAYLOAD) : null,
              Attributes.NONE));
      id += dice.percent(80) ? 1 : dice.between(1, 40);
    }
    return new DataStreamClass(
        ordinal,
        ordinal,
        null,
        null,
        null,
        clock,
        packetContext,
        eventHeader,
        commonContext,
        classes,
        Attributes.NONE);
  }

  private FieldClass.@Nullable Structure packetContext() {
    enter(Scope.PACKET_CONTEXT);
    if (dice.percent(20)) {
      return null;
    }
    List<FieldClass.Member> members = new ArrayList<>();
    if (dice.percent(50)) {
      int lengthBits = dice.oneOf(32, 40, 64);
      members.add(member("packet_size", leaves.wholeBytes(lengthBits, Role.PACKET_TOTAL_LENGTH)));
      members.add(
          member("content_size", leaves.wholeBytes(lengthBits, Role.PACKET_CONTENT_LENGTH)));
    }
    addSome(members, 2);
    if (dice.percent(60)) {
      int lengthBits = dice.oneOf(32, 64);
      members.add(member("begin", leaves.wholeBytes(lengthBits, Role.DEFAULT_CLOCK_TIMESTAMP)));
      members.add(
          member("end", leaves.wholeBytes(lengthBits, Role.PACKET_END_DEFAULT_CLOCK_TIMESTAMP)));
    }
    addSome(members, 1);
    return structure(members);
  }

  private FieldClass.@Nullable Structure eventHeader() {
    enter(Scope.EVENT_HEADER);
    if (messages) {
      return dice.percent(50) ? lttngHeader(5, 27, 8) : lttngHeader(16, 32, dice.oneOf(8, 8, 64));
    }
    return switch (dice.below(10)) {
      case 0 -> null;
      case 1, 2, 3 -> lttngHeader(5, 27, dice.oneOf(8, 32, 64));
      case 4, 5 -> lttngHeader(16, 32, dice.oneOf(8, 16, 64));
      case 6 ->
          lttngHeader(dice.between(3, 20), dice.between(1, 60), dice.oneOf(1, 2, 4, 8, 16, 32));
      default -> plainHeader();
    };
  }

  private FieldClass.Structure lttngHeader(int idBits, int timestampBits, int alignmentBits) {
    FieldClass.Structure header = TwinHeaders.lttng(dice, idBits, timestampBits, alignmentBits);
    if (dice.percent(15)) {
      keys.add(new Key(TwinHeaders.ID, false, false, idBits));
    }
    return header;
  }

  private FieldClass.Structure plainHeader() {
    List<FieldClass.Member> members = new ArrayList<>();
    addSome(members, 1);
    if (dice.percent(80)) {
      members.add(
          member(
              "id",
              dice.percent(15)
                  ? leaves.variableLength(false, Role.EVENT_CLASS_ID)
                  : leaves.wholeBytes(dice.oneOf(8, 16, 32), Role.EVENT_CLASS_ID)));
    }
    addSome(members, 1);
    if (dice.percent(80)) {
      members.add(
          member(
              "timestamp",
              dice.percent(15)
                  ? leaves.variableLength(false, Role.DEFAULT_CLOCK_TIMESTAMP)
                  : TwinLeaves.integer(
                      leaves.someLayout(dice.between(8, 64)), Role.DEFAULT_CLOCK_TIMESTAMP)));
    }
    return structure(members);
  }

  private FieldClass.Structure message() {
    enter(Scope.PAYLOAD);
    List<FieldClass.Member> members = new ArrayList<>();
    int count = dice.below(4);
    for (int i = 0; i < count; i++) {
      addNamed(members, () -> leaves.wholeBytes(dice.oneOf(8, 16, 32, 64)));
    }
    addNamed(
        members, () -> new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE));
    return new FieldClass.Structure(members, dice.oneOf(8, 8, 8, 32), Attributes.NONE);
  }

  private FieldClass.Structure someStructure(Scope scope) {
    enter(scope);
    List<FieldClass.Member> members = new ArrayList<>();
    addSome(members, size + 1);
    return structure(members);
  }

  private void enter(Scope next) {
    scope = next;
    path.clear();
  }

  private FieldClass.Structure structure(List<FieldClass.Member> members) {
    int alignmentBits = simple && dice.percent(80) ? 8 : leaves.someAlignment();
    return new FieldClass.Structure(members, alignmentBits, Attributes.NONE);
  }

  // ---------------------------------------------------------------- fields

  private void addSome(List<FieldClass.Member> members, int most) {
    int count = dice.below(most + 1);
    for (int i = 0; i < count; i++) {
      add(members, 3);
    }
  }

  private void add(List<FieldClass.Member> members, int depth) {
    int kinds = simple && dice.percent(97) ? 6 : 16;
    switch (dice.below(kinds)) {
      case 0, 1 -> addNamed(members, () -> leaves.someInteger(false));
      case 2 -> addNamed(members, leaves::nullTerminated);
      case 3 ->
          addNamed(
              members,
              () -> new FieldClass.Floating(leaves.floatingLayout(simple), Attributes.NONE));
      case 4 -> addNamed(members, leaves::bits);
      case 5 -> addNamed(members, () -> fixedBytesOrArray(depth));
      case 6 -> addNamed(members, () -> leaves.someInteger(true));
      case 7 -> addNamed(members, () -> leaves.variableLength(dice.percent(50)));
      case 8, 9 -> {
        FieldLocation length = lengthKey(members);
        addNamed(members, () -> dynamicBytesOrArray(length, depth));
      }
      case 10, 11 -> {
        boolean bool = dice.percent(50);
        Key selector = selectorKey(members, bool);
        addNamed(members, () -> optional(selector, depth));
      }
      case 12, 13 -> {
        Key selector = selectorKey(members, false);
        addNamed(members, () -> variant(selector, depth));
      }
      default -> addNamed(members, () -> nested(depth));
    }
  }

  private void addNamed(
      List<FieldClass.Member> members, java.util.function.Supplier<FieldClass> make) {
    String name = "f" + names++;
    path.add(name);
    FieldClass fieldClass = make.get();
    addKey(fieldClass);
    path.removeLast();
    members.add(member(name, fieldClass));
  }

  /// Remembers that what stands at the path can serve as a length or selector.
  private void addKey(FieldClass fieldClass) {
    FieldLocation here = new FieldLocation(scope, path);
    switch (fieldClass) {
      case FieldClass.Int integer ->
          keys.add(new Key(here, integer.signed(), false, integer.layout().lengthBits()));
      case FieldClass.VariableLengthInt integer ->
          keys.add(new Key(here, integer.signed(), false, 64));
      case FieldClass.Bool bool -> keys.add(new Key(here, false, true, bool.layout().lengthBits()));
      default -> {}
    }
  }

  private FieldLocation lengthKey(List<FieldClass.Member> members) {
    List<Key> fit = keys.stream().filter(key -> !key.signed && !key.bool).toList();
    if (!fit.isEmpty() && dice.percent(50)) {
      return dice.oneOf(fit).location;
    }
    addNamed(
        members,
        () ->
            dice.percent(20)
                ? leaves.variableLength(false)
                : FieldClass.Int.of(leaves.someLayout(dice.between(2, 32)), false));
    return keys.getLast().location;
  }

  private Key selectorKey(List<FieldClass.Member> members, boolean bool) {
    List<Key> fit = keys.stream().filter(key -> key.bool == bool).toList();
    if (!fit.isEmpty() && dice.percent(50)) {
      return dice.oneOf(fit);
    }
    addNamed(
        members,
        () ->
            bool
                ? new FieldClass.Bool(leaves.someLayout(dice.between(1, 8)), Attributes.NONE)
                : dice.percent(20)
                    ? leaves.variableLength(dice.percent(50))
                    : leaves.someInteger(true));
    return keys.getLast();
  }

  private FieldClass some(int depth) {
    // In the element of an array or the content of an optional there is no place for a key before
    // the field, so a structure is put around.
    if (depth > 0 && dice.percent(50)) {
      return nested(depth - 1);
    }
    return switch (dice.below(6)) {
      case 0 -> leaves.nullTerminated();
      case 1 -> leaves.variableLength(dice.percent(50));
      case 2 -> new FieldClass.Floating(leaves.floatingLayout(false), Attributes.NONE);
      case 3 -> leaves.bits();
      default -> leaves.someInteger(dice.percent(50));
    };
  }

  private FieldClass.Structure nested(int depth) {
    List<FieldClass.Member> members = new ArrayList<>();
    if (depth > 0) {
      int count = dice.below(4);
      for (int i = 0; i < count; i++) {
        add(members, depth - 1);
      }
    }
    return structure(members);
  }

  private FieldClass fixedBytesOrArray(int depth) {
    int length = dice.percent(90) ? dice.below(5) : dice.below(20);
    return switch (dice.below(4)) {
      case 0 ->
          new FieldClass.StaticLengthString(
              length, dice.oneOf(TextEncoding.values()), dice.oneOf(8, 8, 8, 32), Attributes.NONE);
      case 1 -> new FieldClass.StaticLengthBlob(length, "", Set.of(), Attributes.NONE);
      default ->
          new FieldClass.StaticLengthArray(
              length,
              simple ? leaves.someInteger(false) : some(depth - 1),
              leaves.someAlignment(),
              Set.of(),
              Attributes.NONE);
    };
  }

  private FieldClass dynamicBytesOrArray(FieldLocation length, int depth) {
    return switch (dice.below(4)) {
      case 0 ->
          new FieldClass.DynamicLengthString(
              length, dice.oneOf(TextEncoding.values()), dice.oneOf(8, 8, 16), Attributes.NONE);
      case 1 -> new FieldClass.DynamicLengthBlob(length, "", Attributes.NONE);
      default ->
          new FieldClass.DynamicLengthArray(
              length, some(depth - 1), leaves.someAlignment(), Attributes.NONE);
    };
  }

  private FieldClass optional(Key selector, int depth) {
    return new FieldClass.Optional(
        selector.location,
        selector.bool ? null : someRanges(selector),
        some(depth - 1),
        dice.percent(90) ? 1 : 8,
        Attributes.NONE);
  }

  private FieldClass variant(Key selector, int depth) {
    List<FieldClass.Option> options = new ArrayList<>();
    int count = dice.between(1, 3);
    for (int i = 0; i < count; i++) {
      options.add(
          new FieldClass.Option(
              dice.percent(80) ? "o" + i : null,
              someRanges(selector),
              some(depth - 1),
              Attributes.NONE));
    }
    return new FieldClass.Variant(
        selector.location, options, dice.percent(90) ? 1 : 16, Attributes.NONE);
  }

  private List<IntegerRange> someRanges(Key selector) {
    List<IntegerRange> ranges = new ArrayList<>();
    int count = dice.between(1, 2);
    for (int i = 0; i < count; i++) {
      long lower = within(dice.bits(), selector);
      long upper = within(lower + dice.below(4), selector);
      boolean inOrder = selector.signed ? lower <= upper : Long.compareUnsigned(lower, upper) <= 0;
      ranges.add(inOrder ? new IntegerRange(lower, upper) : new IntegerRange(upper, lower));
    }
    return ranges;
  }

  private static long within(long value, Key key) {
    int unused = 64 - key.lengthBits;
    return key.signed ? value << unused >> unused : value << unused >>> unused;
  }

  static FieldClass.Member member(String name, FieldClass fieldClass) {
    return new FieldClass.Member(name, fieldClass);
  }

  static FieldClass.Option option(FieldClass fieldClass, IntegerRange range) {
    return new FieldClass.Option(null, List.of(range), fieldClass, Attributes.NONE);
  }
}
