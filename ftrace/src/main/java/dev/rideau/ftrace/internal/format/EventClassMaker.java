package dev.rideau.ftrace.internal.format;

import dev.rideau.ftrace.EventFormat;
import dev.rideau.ftrace.FormatField;
import dev.rideau.ftrace.KernelAbi;
import dev.rideau.trace.Attributes;
import dev.rideau.trace.BitLayout;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.IntegerRange;
import dev.rideau.trace.Mapping;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TextEncoding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns event formats into the vocabulary of traces.
public final class EventClassMaker {
  private EventClassMaker() {}

  /// See [EventFormat#eventClass(int)].
  public static EventClass eventClass(EventFormat format, int ordinal) {
    return new EventClass(
        ordinal,
        format.id(),
        format.system(),
        format.name(),
        null,
        null,
        null,
        null,
        structure(format.fields(), format.abi(), labels(format), Scope.PAYLOAD),
        Attributes.NONE);
  }

  /// See [EventFormat#commonContext()].
  public static Structure commonContext(EventFormat format) {
    return structure(
        contextFields(format.commonFields()), format.abi(), Map.of(), Scope.COMMON_CONTEXT);
  }

  /// The common fields that are context: the id is in the event class.
  public static List<FormatField> contextFields(List<FormatField> commonFields) {
    return commonFields.stream().filter(field -> !field.name().equals("common_type")).toList();
  }

  /// How many members of the structure a field becomes.
  public static int memberCount(FormatField field) {
    return switch (field.kind()) {
      case LOCATED_ARRAY, TRAILING_ARRAY -> 2;
      case INTEGER, TEXT, ARRAY, BYTES, LOCATED_TEXT, TRAILING_TEXT -> 1;
    };
  }

  private static Structure structure(
      List<FormatField> fields, KernelAbi abi, Map<String, List<Mapping>> labels, Scope scope) {
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (FormatField field : fields) {
      String name = field.name();
      for (int i = 2; !names.add(name); i++) {
        name = field.name() + "_" + i;
      }
      FieldClass value = fieldClass(field, name, abi, labels, scope);
      if (memberCount(field) == 2) {
        names.add(lengthName(name));
        BitLayout layout = BitLayout.of(32, 8, abi.byteOrder());
        members.add(new Member(lengthName(name), FieldClass.Int.of(layout, false)));
      }
      members.add(new Member(name, value));
    }
    return new Structure(members, 8, Attributes.NONE);
  }

  private static String lengthName(String name) {
    return "_" + name + "_length";
  }

  private static FieldClass fieldClass(
      FormatField field,
      String name,
      KernelAbi abi,
      Map<String, List<Mapping>> labels,
      Scope scope) {
    return switch (field.kind()) {
      case INTEGER ->
          integer(field, abi, field.sizeBytes(), labels.getOrDefault(field.name(), List.of()));
      case TEXT ->
          new FieldClass.StaticLengthString(
              field.sizeBytes(), TextEncoding.UTF_8, 8, Attributes.NONE);
      case ARRAY ->
          new FieldClass.StaticLengthArray(
              field.sizeBytes() / field.elementBytes(),
              integer(field, abi, field.elementBytes(), List.of()),
              8,
              Set.of(),
              Attributes.NONE);
      case BYTES ->
          new FieldClass.StaticLengthArray(
              field.sizeBytes(), byteOfStructure(abi), 8, Set.of(), Attributes.NONE);
      case LOCATED_TEXT, TRAILING_TEXT ->
          new FieldClass.NullTerminatedString(TextEncoding.UTF_8, 8, Attributes.NONE);
      case LOCATED_ARRAY, TRAILING_ARRAY ->
          new FieldClass.DynamicLengthArray(
              new FieldLocation(scope, List.of(lengthName(name))),
              integer(field, abi, field.elementBytes(), List.of()),
              8,
              Attributes.NONE);
    };
  }

  private static FieldClass.Int integer(
      FormatField field, KernelAbi abi, int bytes, List<Mapping> labels) {
    return new FieldClass.Int(
        BitLayout.of(bytes * 8, 8, abi.byteOrder()),
        field.signed(),
        field.isPointer() ? 16 : 10,
        labels,
        Set.of(),
        Attributes.NONE);
  }

  private static FieldClass.Int byteOfStructure(KernelAbi abi) {
    return new FieldClass.Int(
        BitLayout.of(8, 8, abi.byteOrder()), false, 16, List.of(), Set.of(), Attributes.NONE);
  }

  /// Labels of the fields that the print format shows by `__print_symbolic` as they are.
  private static Map<String, List<Mapping>> labels(EventFormat format) {
    // Most formats have no names; to parse them all would take longer than to read a small trace.
    if (!format.printFormat().contains("__print_symbolic(REC->")) {
      return Map.of();
    }
    PrintExpression parsed = PrintParser.parse(format);
    Map<String, List<Mapping>> labels = new LinkedHashMap<>();
    for (Expression argument : parsed.arguments()) {
      if (argument instanceof Expression.Symbolic symbolic
          && symbolic.value() instanceof Expression.Field(FormatField field)
          && field.kind() == FormatField.Kind.INTEGER) {
        labels.putIfAbsent(field.name(), mappings(symbolic.entries(), field));
      }
    }
    return labels;
  }

  private static List<Mapping> mappings(List<Expression.Entry> entries, FormatField field) {
    Map<String, List<IntegerRange>> ranges = new LinkedHashMap<>();
    for (Expression.Entry entry : entries) {
      long value = Expression.Cast.cut(entry.value(), field.sizeBytes(), field.signed());
      ranges
          .computeIfAbsent(entry.label(), _ -> new ArrayList<>())
          .add(new IntegerRange(value, value));
    }
    List<Mapping> mappings = new ArrayList<>();
    ranges.forEach((label, of) -> mappings.add(new Mapping(label, of)));
    return mappings;
  }
}
