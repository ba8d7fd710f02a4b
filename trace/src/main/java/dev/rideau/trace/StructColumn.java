package dev.rideau.trace;

import dev.rideau.trace.FieldClass.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Structures: a column for each member that the reader was asked for.
public final class StructColumn extends Column {
  private final @Nullable Column[] members;

  StructColumn(Structure structure) {
    super(structure);
    List<FieldClass.Member> classes = structure.members();
    members = new Column[classes.size()];
    for (int i = 0; i < members.length; i++) {
      members[i] = Column.of(classes.get(i).fieldClass());
    }
  }

  private StructColumn(Structure structure, @Nullable Column[] members) {
    super(structure);
    this.members = members;
  }

  /// Columns for the members at `wanted` only; [#member(int)] is null for the others.
  public static StructColumn of(Structure structure, MemberSelection wanted) {
    @Nullable Column[] members = new Column[structure.members().size()];
    for (int i = 0; i < members.length; i++) {
      FieldClass.Member member = structure.members().get(i);
      if (wanted.includes(member.name())) {
        members[i] = Column.of(member.fieldClass());
      }
    }
    return new StructColumn(structure, members);
  }

  /// Columns that exist already, one for each member. They may belong to other structures too.
  public static StructColumn of(Structure structure, List<Column> members) {
    if (members.size() != structure.members().size()) {
      throw new IllegalArgumentException(
          "%d columns for %d members".formatted(members.size(), structure.members().size()));
    }
    return new StructColumn(structure, members.toArray(Column[]::new));
  }

  /// The description of the structure.
  public Structure structure() {
    return (Structure) fieldClass();
  }

  /// How many members the structure has.
  public int memberCount() {
    return members.length;
  }

  /// The column of the member at `index`, or null when nobody asked for it.
  public @Nullable Column member(int index) {
    return members[index];
  }

  /// The column of the member called `name`, or null when there is none or nobody asked for it.
  public @Nullable Column member(String name) {
    int index = structure().indexOf(name);
    return index < 0 ? null : members[index];
  }

  @Override
  public void ensureCapacity(int rows) {
    for (Column member : members) {
      if (member != null) {
        member.ensureCapacity(rows);
      }
    }
  }

  @Override
  public void clear() {
    super.clear();
    for (Column member : members) {
      if (member != null) {
        member.clear();
      }
    }
  }
}
