package dev.rideau.cli.internal.convert;

import dev.rideau.ctf.RecordBuilder;
import dev.rideau.trace.Column;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Fields of varying length, such as call chains, that classes have in contexts of their own, and
/// the fields that say their lengths.
///
/// A copy has them in the context that all records have, where LTTng has its call stacks too; they
/// are empty in records of other classes. babeltrace2 2.0 ends where it finds them in the context
/// of a class: it looks for their lengths everywhere but there.
///
/// @param members as classes of the source have them, each length before what it is the length of
record ContextLists(List<Member> members) {
  /// Those of classes.
  static ContextLists of(Iterable<EventClass> eventClasses) {
    Map<String, Member> found = new LinkedHashMap<>();
    for (EventClass each : eventClasses) {
      Structure context = each.specificContext();
      if (context != null) {
        Set<String> names = names(context);
        for (Member member : context.members()) {
          if (names.contains(member.name())) {
            found.putIfAbsent(member.name(), member);
          }
        }
      }
    }
    return new ContextLists(List.copyOf(found.values()));
  }

  private static Set<String> names(Structure context) {
    Set<String> names = new LinkedHashSet<>();
    for (Member member : context.members()) {
      if (member.fieldClass() instanceof FieldClass.DynamicLength list
          && list.length().origin() == Scope.SPECIFIC_CONTEXT
          && list.length().path().size() == 1) {
        names.add(list.length().path().getFirst());
        names.add(member.name());
      }
    }
    return names;
  }

  /// The members of the context that all records of the copy have.
  List<Member> common() {
    return members.stream()
        .map(member -> new Member(member.name(), moved(member.fieldClass()), member.attributes()))
        .toList();
  }

  private static FieldClass moved(FieldClass fieldClass) {
    return fieldClass instanceof FieldClass.DynamicLength list
        ? list.withLength(new FieldLocation(Scope.COMMON_CONTEXT, list.length().path()))
        : fieldClass;
  }

  /// The context of a class without them; null when nothing is left.
  @Nullable Structure without(@Nullable Structure context) {
    if (context == null || members.isEmpty()) {
      return context;
    }
    List<Member> left = new ArrayList<>(context.members());
    left.removeAll(members);
    return left.isEmpty()
        ? null
        : new Structure(left, context.minimumAlignmentBits(), context.attributes());
  }

  /// Their columns in the context of a class; empty ones where it has none.
  List<Column> columns(@Nullable StructColumn context) {
    List<Column> columns = new ArrayList<>();
    for (Member member : members) {
      int index = context == null ? -1 : context.structure().members().indexOf(member);
      Column column = context == null || index < 0 ? null : context.member(index);
      columns.add(column == null ? Column.of(member.fieldClass()) : column);
    }
    return columns;
  }

  /// Gives them to a record that has none.
  void putNone(RecordBuilder record) {
    for (Member member : members) {
      switch (member.fieldClass()) {
        case FieldClass.DynamicLengthArray _ -> record.beginArray(0);
        case FieldClass.DynamicLengthBlob _, FieldClass.Text _ ->
            record.putBytes(new byte[0], 0, 0);
        case FieldClass.FixedLength _,
            FieldClass.VariableLengthInt _,
            FieldClass.StaticLengthBlob _,
            FieldClass.StaticLengthArray _,
            FieldClass.Structure _,
            FieldClass.Optional _,
            FieldClass.Variant _ ->
            record.putLong(0);
      }
    }
  }
}
