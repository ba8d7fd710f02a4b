package dev.rideau.cli.internal.text;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells which fields of the records of one stream class the classic form shows.
///
/// Hidden are integers that only serve the decoder (clock values, lengths, counters of packets),
/// unless a shown array or variant depends on them, and compound fields of which everything is
/// hidden. A structure without members is shown, as it was meant to be empty.
final class VisibleFields {
  private final Set<FieldLocation> hiddenShared;
  private final List<Set<FieldLocation>> hiddenByClass = new ArrayList<>();

  VisibleFields(DataStreamClass dataStreamClass) {
    // An event class may depend on a field of a shared scope, which is then shown for all classes.
    Visit shared = new Visit();
    for (EventClass eventClass : dataStreamClass.eventClasses()) {
      Visit own = new Visit();
      own.visit(Scope.PAYLOAD, eventClass.payload());
      own.visit(Scope.SPECIFIC_CONTEXT, eventClass.specificContext());
      hiddenByClass.add(own.hidden);
      shared.needed.addAll(own.needed);
    }
    shared.visit(Scope.COMMON_CONTEXT, dataStreamClass.commonContext());
    shared.visit(Scope.PACKET_CONTEXT, dataStreamClass.packetContext());
    hiddenShared = shared.hidden;
  }

  /// Whether the field at that place in a scope of all records is shown; an empty path stands for
  /// the whole scope.
  boolean isShown(Scope scope, List<String> path) {
    return hiddenShared.isEmpty() || !hiddenShared.contains(new FieldLocation(scope, path));
  }

  /// Whether the field at that place in a scope of the class's records is shown.
  boolean isShown(EventClass eventClass, Scope scope, List<String> path) {
    Set<FieldLocation> hidden =
        scope == Scope.PAYLOAD || scope == Scope.SPECIFIC_CONTEXT
            ? hiddenByClass.get(eventClass.ordinal())
            : hiddenShared;
    return hidden.isEmpty() || !hidden.contains(new FieldLocation(scope, path));
  }

  /// A walk from the last scope and member to the first, because what depends on a field stands
  /// behind it.
  private static final class Visit {
    private final Set<FieldLocation> hidden = new HashSet<>();
    private final Set<FieldLocation> needed = new HashSet<>();
    private final List<String> path = new ArrayList<>();

    void visit(Scope scope, FieldClass.@Nullable Structure structure) {
      path.clear();
      if (structure != null) {
        visitField(scope, structure);
      }
    }

    private boolean visitField(Scope scope, FieldClass fieldClass) {
      boolean isShown =
          switch (fieldClass) {
            case FieldClass.Integral integral ->
                integral.roles().isEmpty() || needed.contains(new FieldLocation(scope, path));
            case FieldClass.Structure structure -> visitStructure(scope, structure);
            case FieldClass.Variant variant -> visitVariant(scope, variant);
            case FieldClass.Optional optional ->
                need(visitField(scope, optional.content()), optional.selector());
            case FieldClass.StaticLengthArray array ->
                array.roles().isEmpty() && visitField(scope, array.element());
            case FieldClass.DynamicLengthArray array ->
                need(visitField(scope, array.element()), array.length());
            case FieldClass.DynamicLength bytes -> need(true, bytes.length());
            case FieldClass.StaticLengthBlob blob -> blob.roles().isEmpty();
            case FieldClass.BitArray _,
                FieldClass.BitMap _,
                FieldClass.Bool _,
                FieldClass.Floating _,
                FieldClass.NullTerminatedString _,
                FieldClass.StaticLengthString _ ->
                true;
          };
      if (!isShown) {
        hidden.add(new FieldLocation(scope, path));
      }
      return isShown;
    }

    private boolean visitStructure(Scope scope, FieldClass.Structure structure) {
      boolean isShown = structure.members().isEmpty();
      for (FieldClass.Member member : structure.members().reversed()) {
        path.addLast(member.name());
        isShown |= visitField(scope, member.fieldClass());
        path.removeLast();
      }
      return isShown;
    }

    private boolean visitVariant(Scope scope, FieldClass.Variant variant) {
      boolean isShown = false;
      for (FieldClass.Option option : variant.options().reversed()) {
        isShown |= visitField(scope, option.fieldClass());
      }
      return need(isShown, variant.selector());
    }

    private boolean need(boolean isShown, FieldLocation location) {
      if (isShown) {
        needed.add(location);
      }
      return isShown;
    }
  }
}
