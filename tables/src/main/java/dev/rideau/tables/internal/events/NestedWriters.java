package dev.rideau.tables.internal.events;

import dev.rideau.trace.Column;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.ListColumn;
import dev.rideau.trace.OptionalColumn;
import dev.rideau.trace.StructColumn;
import dev.rideau.trace.VariantColumn;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.RawVectors;
import org.jspecify.annotations.Nullable;

/// Writers of fields that hold other fields.
final class NestedWriters {
  private NestedWriters() {}

  static final class Lists extends VectorWriter {
    private final VectorWriter element;

    Lists(VectorWriter element) {
      this.element = element;
    }

    @Override
    String typeText() {
      return element.typeText() + "[]";
    }

    @Override
    ByteBuffer type() {
      ByteBuffer of = element.type();
      ByteBuffer list = RawVectors.listType(of);
      RawVectors.destroyType(of);
      return list;
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      ListColumn lists = (ListColumn) column;
      int[] offsets = lists.offsets();
      int[] lengths = lists.lengths();
      long[] there = validOf(column, from, count, valid);
      int before = RawVectors.listSize(vector);
      int end = before;
      ByteBuffer entries = RawVectors.data(vector, (first + (long) count) * 16);
      for (int i = 0; i < count; i++) {
        int length = isSet(there, i) ? lengths[from + i] : 0;
        entries.putLong((first + i) * 16, end);
        entries.putLong((first + i) * 16 + 8, length);
        end = Math.addExact(end, length);
      }
      RawVectors.reserveList(vector, end);
      ByteBuffer elements = RawVectors.listElements(vector);
      // Elements of successive rows usually lie one behind the other: as few calls as possible.
      int at = before;
      int i = 0;
      while (i < count) {
        if (!isSet(there, i) || lengths[from + i] == 0) {
          i++;
          continue;
        }
        int begin = offsets[from + i];
        int length = 0;
        while (i < count
            && (!isSet(there, i)
                || lengths[from + i] == 0
                || offsets[from + i] == begin + length)) {
          length += isSet(there, i) ? lengths[from + i] : 0;
          i++;
        }
        element.write(lists.elements(), begin, length, null, elements, at);
        at += length;
      }
      markValid(vector, first, count, there);
    }
  }

  /// The type of structures with these members.
  private static ByteBuffer structType(List<String> names, List<VectorWriter> members) {
    ByteBuffer[] types = new ByteBuffer[members.size()];
    for (int i = 0; i < types.length; i++) {
      types[i] = members.get(i).type();
    }
    ByteBuffer struct = RawVectors.structType(types, names.toArray(String[]::new));
    for (ByteBuffer type : types) {
      RawVectors.destroyType(type);
    }
    return struct;
  }

  private static String structText(List<String> names, List<VectorWriter> members) {
    StringBuilder text = new StringBuilder("STRUCT(");
    for (int i = 0; i < names.size(); i++) {
      text.append(i == 0 ? "" : ", ")
          .append('"')
          .append(names.get(i).replace("\"", "\"\""))
          .append("\" ")
          .append(members.get(i).typeText());
    }
    return text.append(')').toString();
  }

  private static void writeNoMembers(
      List<VectorWriter> members, ByteBuffer vector, int first, int count) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).writeNone(RawVectors.structMember(vector, i), first, count);
    }
  }

  static final class Structures extends VectorWriter {
    private final List<String> names;
    private final List<VectorWriter> members;

    private Structures(List<String> names, List<VectorWriter> members) {
      this.names = names;
      this.members = members;
    }

    /// The database has no structures without members: one without value stands for them.
    static VectorWriter of(FieldClass.Structure structure) {
      List<@Nullable String> names = new ArrayList<>();
      List<VectorWriter> members = new ArrayList<>();
      for (FieldClass.Member member : structure.members()) {
        names.add(member.name());
        members.add(VectorWriter.of(member.fieldClass()));
      }
      if (members.isEmpty()) {
        names.add("empty");
        members.add(new NumberWriters.Truth());
      }
      return new Structures(distinctNames(names), members);
    }

    @Override
    String typeText() {
      return structText(names, members);
    }

    @Override
    ByteBuffer type() {
      return structType(names, members);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      StructColumn structs = (StructColumn) column;
      long[] there = validOf(column, from, count, valid);
      for (int i = 0; i < members.size(); i++) {
        ByteBuffer member = RawVectors.structMember(vector, i);
        Column values = i < structs.memberCount() ? structs.member(i) : null;
        if (values == null) {
          members.get(i).writeNone(member, first, count);
        } else {
          members.get(i).write(values, from, count, there, member, first);
        }
      }
      markValid(vector, first, count, there);
    }

    @Override
    void writeNone(ByteBuffer vector, int first, int count) {
      super.writeNone(vector, first, count);
      writeNoMembers(members, vector, first, count);
    }
  }

  static final class Optionals extends VectorWriter {
    private final VectorWriter content;

    Optionals(VectorWriter content) {
      this.content = content;
    }

    @Override
    String typeText() {
      return content.typeText();
    }

    @Override
    ByteBuffer type() {
      return content.type();
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      long[] there = validOf(column, from, count, valid);
      content.write(((OptionalColumn) column).content(), from, count, there, vector, first);
    }

    @Override
    void writeNone(ByteBuffer vector, int first, int count) {
      content.writeNone(vector, first, count);
    }
  }

  static final class Variants extends VectorWriter {
    private final List<String> names;
    private final List<VectorWriter> options;

    private Variants(List<String> names, List<VectorWriter> options) {
      this.names = names;
      this.options = options;
    }

    static VectorWriter of(FieldClass.Variant variant) {
      List<@Nullable String> names = new ArrayList<>();
      List<VectorWriter> options = new ArrayList<>();
      for (FieldClass.Option option : variant.options()) {
        names.add(option.name());
        options.add(VectorWriter.of(option.fieldClass()));
      }
      if (options.isEmpty()) {
        names.add("empty");
        options.add(new NumberWriters.Truth());
      }
      return new Variants(distinctNames(names), options);
    }

    @Override
    String typeText() {
      return structText(names, options);
    }

    @Override
    ByteBuffer type() {
      return structType(names, options);
    }

    @Override
    void write(
        Column column, int from, int count, long @Nullable [] valid, ByteBuffer vector, int first) {
      VariantColumn variants = (VariantColumn) column;
      int[] selected = variants.selected();
      long[] there = validOf(column, from, count, valid);
      for (int option = 0; option < options.size(); option++) {
        long[] chosen = new long[(count + 63) >> 6];
        for (int i = 0; i < count; i++) {
          if (isSet(there, i) && selected[from + i] == option && option < variants.optionCount()) {
            chosen[i >> 6] |= 1L << i;
          }
        }
        ByteBuffer member = RawVectors.structMember(vector, option);
        if (option < variants.optionCount()) {
          options.get(option).write(variants.option(option), from, count, chosen, member, first);
        } else {
          options.get(option).writeNone(member, first, count);
        }
      }
      markValid(vector, first, count, there);
    }

    @Override
    void writeNone(ByteBuffer vector, int first, int count) {
      super.writeNone(vector, first, count);
      writeNoMembers(options, vector, first, count);
    }
  }
}
