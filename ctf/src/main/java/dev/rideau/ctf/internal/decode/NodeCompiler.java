package dev.rideau.ctf.internal.decode;

import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.DoubleColumn;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles the structures of scopes to nodes, and numbers their columns on the way.
///
/// Numbers are given in the order of a walk through the field classes; [#bindScope] walks through
/// the columns in the same order. Used by one thread, for one procedure.
final class NodeCompiler {
  private final Registers registers;
  private int columnCount;

  private Scope scope = Scope.PACKET_HEADER;
  private final List<String> path = new ArrayList<>();

  NodeCompiler(Registers registers) {
    this.registers = registers;
  }

  /// How many columns have a number so far.
  int columnCount() {
    return columnCount;
  }

  /// The node of a scope.
  ///
  /// @param wanted members that get columns
  Node compile(Scope scope, FieldClass.Structure structure, MemberSelection wanted) {
    this.scope = scope;
    path.clear();
    Node[] members = new Node[structure.members().size()];
    for (int i = 0; i < members.length; i++) {
      FieldClass.Member member = structure.members().get(i);
      path.add(member.name());
      members[i] = compile(member.fieldClass(), wanted.includes(member.name()));
      path.removeLast();
    }
    return new StructNode(members, structure.alignmentBits());
  }

  /// Puts the columns of a scope at the places of their numbers.
  ///
  /// @return the number after the last
  static int bindScope(@Nullable StructColumn scope, @Nullable Column[] columns, int number) {
    int next = number;
    if (scope != null) {
      for (int i = 0; i < scope.memberCount(); i++) {
        Column member = scope.member(i);
        if (member != null) {
          next = bind(member, columns, next);
        }
      }
    }
    return next;
  }

  private static int bind(Column column, @Nullable Column[] columns, int number) {
    int next = number;
    if (!(column instanceof StructColumn)) {
      columns[next++] = column;
    }
    switch (column) {
      case ListColumn list -> next = bind(list.elements(), columns, next);
      case OptionalColumn optional -> next = bind(optional.content(), columns, next);
      case VariantColumn variant -> {
        for (int i = 0; i < variant.optionCount(); i++) {
          next = bind(variant.option(i), columns, next);
        }
      }
      case StructColumn structure -> next = bindScope(structure, columns, next);
      case LongColumn _, DoubleColumn _, BytesColumn _ -> {}
    }
    return next;
  }

  private Node compile(FieldClass fieldClass, boolean wanted) {
    int column = wanted && !(fieldClass instanceof FieldClass.Structure) ? columnCount++ : -1;
    return switch (fieldClass) {
      case FieldClass.Int integer ->
          new FixedNode(
              integer.layout(),
              integer.signed(),
              false,
              integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP),
              integer.roles().contains(Role.EVENT_CLASS_ID),
              register(),
              column);
      case FieldClass.Bool bool ->
          new FixedNode(bool.layout(), false, true, false, false, register(), column);
      case FieldClass.BitArray bits ->
          new FixedNode(bits.layout(), false, false, false, false, register(), column);
      case FieldClass.BitMap bits ->
          new FixedNode(bits.layout(), false, false, false, false, register(), column);
      case FieldClass.Floating floating -> new FloatingNode(floating.layout(), column);
      case FieldClass.VariableLengthInt integer ->
          new VariableLengthNode(
              integer.signed(),
              integer.roles().contains(Role.DEFAULT_CLOCK_TIMESTAMP),
              integer.roles().contains(Role.EVENT_CLASS_ID),
              register(),
              column);
      case FieldClass.NullTerminatedString string ->
          new NullTerminatedNode(string.encoding().unitBytes(), string.alignmentBits(), column);
      case FieldClass.StaticLengthString string ->
          new BytesNode(
              string.lengthBytes(),
              -1,
              string.encoding().unitBytes(),
              string.alignmentBits(),
              column);
      case FieldClass.DynamicLengthString string ->
          new BytesNode(
              0,
              registers.numberOf(string.length()),
              string.encoding().unitBytes(),
              string.alignmentBits(),
              column);
      case FieldClass.StaticLengthBlob blob ->
          new BytesNode(blob.lengthBytes(), -1, 0, blob.alignmentBits(), column);
      case FieldClass.DynamicLengthBlob blob ->
          new BytesNode(0, registers.numberOf(blob.length()), 0, blob.alignmentBits(), column);
      case FieldClass.StaticLengthArray array ->
          new ArrayNode(
              array.length(),
              -1,
              compile(array.element(), wanted),
              LeastLengths.ofBits(array.element()),
              array.alignmentBits(),
              column);
      case FieldClass.DynamicLengthArray array ->
          new ArrayNode(
              0,
              registers.numberOf(array.length()),
              compile(array.element(), wanted),
              LeastLengths.ofBits(array.element()),
              array.alignmentBits(),
              column);
      case FieldClass.Structure structure -> compileStructure(structure, wanted);
      case FieldClass.Optional optional ->
          new OptionalNode(
              registers.numberOf(optional.selector()),
              optional.selectorRanges() == null
                  ? null
                  : new SelectorRanges(optional.selectorRanges()),
              compile(optional.content(), wanted),
              optional.alignmentBits(),
              column);
      case FieldClass.Variant variant -> compileVariant(variant, wanted, column);
    };
  }

  private Node compileStructure(FieldClass.Structure structure, boolean wanted) {
    Node[] members = new Node[structure.members().size()];
    for (int i = 0; i < members.length; i++) {
      FieldClass.Member member = structure.members().get(i);
      path.add(member.name());
      members[i] = compile(member.fieldClass(), wanted);
      path.removeLast();
    }
    return new StructNode(members, structure.alignmentBits());
  }

  private Node compileVariant(FieldClass.Variant variant, boolean wanted, int column) {
    SelectorRanges[] ranges = new SelectorRanges[variant.options().size()];
    Node[] options = new Node[ranges.length];
    for (int i = 0; i < options.length; i++) {
      FieldClass.Option option = variant.options().get(i);
      ranges[i] = new SelectorRanges(option.selectorRanges());
      options[i] = compile(option.fieldClass(), wanted);
    }
    return new VariantNode(
        registers.numberOf(variant.selector()), ranges, options, variant.alignmentBits(), column);
  }

  private int register() {
    return registers.numberOf(new FieldLocation(scope, path));
  }
}
