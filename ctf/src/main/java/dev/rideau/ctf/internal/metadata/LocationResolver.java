package dev.rideau.ctf.internal.metadata;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Bool;
import dev.rideau.trace.FieldClass.DynamicLength;
import dev.rideau.trace.FieldClass.DynamicLengthArray;
import dev.rideau.trace.FieldClass.DynamicLengthBlob;
import dev.rideau.trace.FieldClass.Integral;
import dev.rideau.trace.FieldClass.Optional;
import dev.rideau.trace.FieldClass.StaticLengthArray;
import dev.rideau.trace.FieldClass.Structure;
import dev.rideau.trace.FieldClass.Variant;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceClass;
import dev.rideau.trace.TraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Follows every field location of a trace class to the fields it names, and holds them to the
/// rules: they exist, are of the right kind, and are decoded before the field that needs them.
///
/// A location may name several fields: each option of a variant that was decoded before. All of
/// them must then be of a kind that serves. What is inside an optional or an array can only be
/// named from inside the same optional or the same array element.
///
/// Field classes are told apart by their place in the tree, never by identity: the same object may
/// stand in several places.
public final class LocationResolver {

  /// Steps after which a trace class counts as too complex. A hostile one can ask for a number of
  /// steps that grows with the square of its size.
  private static final long MAXIMUM_STEPS = 100_000_000L;

  private static final int LINEAR_SEARCH_MEMBERS = 16;

  /// Takes the results.
  public interface Listener {

    /// The fields that `location` names: never none, all of a kind that serves `user`, and, where
    /// they are integers that select, all of the same sign.
    default void resolved(FieldClass user, FieldLocation location, List<FieldClass> targets) {}

    /// Makes the exception for a location that breaks a rule.
    TraceException fault(FieldClass user, FieldLocation location, String rule, String message);
  }

  private final Listener listener;
  private final Map<Scope, Structure> roots = new EnumMap<>(Scope.class);
  private final Map<Structure, Map<String, Integer>> indexes = new IdentityHashMap<>();

  /// The way from the root of the scope to the field visited: which child was taken at each depth.
  private int[] children = new int[32];

  private int depth;
  private Scope scope = Scope.PACKET_HEADER;
  private long steps;

  private LocationResolver(Listener listener) {
    this.listener = listener;
  }

  /// Resolves every location of `traceClass`.
  ///
  /// @throws TraceException what the listener makes of the first broken rule
  public static void resolve(TraceClass traceClass, Listener listener) {
    LocationResolver resolver = new LocationResolver(listener);
    resolver.visitRoot(Scope.PACKET_HEADER, traceClass.packetHeader());
    for (DataStreamClass dataStreamClass : traceClass.dataStreamClasses()) {
      resolver.visitRoot(Scope.PACKET_CONTEXT, dataStreamClass.packetContext());
      resolver.visitRoot(Scope.EVENT_HEADER, dataStreamClass.eventHeader());
      resolver.visitRoot(Scope.COMMON_CONTEXT, dataStreamClass.commonContext());
      for (EventClass eventClass : dataStreamClass.eventClasses()) {
        resolver.visitRoot(Scope.SPECIFIC_CONTEXT, eventClass.specificContext());
        resolver.visitRoot(Scope.PAYLOAD, eventClass.payload());
        resolver.roots.remove(Scope.SPECIFIC_CONTEXT);
        resolver.roots.remove(Scope.PAYLOAD);
      }
    }
  }

  private void visitRoot(Scope rootScope, @Nullable Structure root) {
    if (root == null) {
      roots.remove(rootScope);
      return;
    }
    roots.put(rootScope, root);
    scope = rootScope;
    depth = 0;
    visit(root);
  }

  private void visit(FieldClass fieldClass) {
    switch (fieldClass) {
      case Structure structure -> {
        List<FieldClass.Member> members = structure.members();
        for (int i = 0; i < members.size(); i++) {
          visitChild(i, members.get(i).fieldClass());
        }
      }
      case StaticLengthArray array -> visitChild(0, array.element());
      case DynamicLengthArray array -> {
        resolveLength(array);
        visitChild(0, array.element());
      }
      case DynamicLength bytes -> resolveLength(bytes);
      case Optional optional -> {
        resolveSelector(optional, optional.selector(), optional.selectorRanges() == null);
        visitChild(0, optional.content());
      }
      case Variant variant -> {
        resolveSelector(variant, variant.selector(), false);
        for (int i = 0; i < variant.options().size(); i++) {
          visitChild(i, variant.options().get(i).fieldClass());
        }
      }
      case FieldClass.FixedLength fixedLength -> {}
      case FieldClass.VariableLengthInt variableLengthInt -> {}
      case FieldClass.NullTerminatedString string -> {}
      case FieldClass.StaticLengthString string -> {}
      case FieldClass.StaticLengthBlob blob -> {}
    }
  }

  private void visitChild(int index, FieldClass child) {
    if (depth == children.length) {
      children = Arrays.copyOf(children, depth * 2);
    }
    children[depth++] = index;
    visit(child);
    depth--;
  }

  private void resolveLength(DynamicLength user) {
    FieldLocation location = user.length();
    List<FieldClass> targets = targets(user, location);
    for (FieldClass target : targets) {
      if (!(target instanceof Integral integer) || integer.signed()) {
        throw listener.fault(
            user,
            location,
            "length-not-unsigned-integer",
            "the length '"
                + location
                + "' is "
                + kind(target)
                + ", but must be an unsigned integer");
      }
    }
    listener.resolved(user, location, targets);
  }

  private void resolveSelector(FieldClass user, FieldLocation location, boolean isBool) {
    List<FieldClass> targets = targets(user, location);
    boolean firstSigned = targets.getFirst() instanceof Integral first && first.signed();
    for (FieldClass target : targets) {
      if (isBool ? !(target instanceof Bool) : !(target instanceof Integral)) {
        throw listener.fault(
            user,
            location,
            isBool ? "selector-not-boolean" : "selector-not-integer",
            "the selector '"
                + location
                + "' is "
                + kind(target)
                + ", but must be "
                + (isBool ? "a boolean because there are no selector ranges" : "an integer"));
      }
      if (target instanceof Integral integer && integer.signed() != firstSigned) {
        throw listener.fault(
            user,
            location,
            "selector-signs-differ",
            "the selector '" + location + "' names signed and unsigned integers");
      }
    }
    listener.resolved(user, location, targets);
  }

  private List<FieldClass> targets(FieldClass user, FieldLocation location) {
    if (location.path().isEmpty()) {
      throw listener.fault(
          user, location, "empty-field-location", "the field location has no path");
    }
    if (location.origin().compareTo(scope) > 0) {
      throw listener.fault(
          user,
          location,
          "field-location-in-later-scope",
          "'" + location + "' is decoded only after " + scope.label());
    }
    Structure root = roots.get(location.origin());
    if (root == null) {
      throw listener.fault(
          user,
          location,
          "field-location-without-scope",
          "'" + location + "' starts in a " + location.origin().label() + " that does not exist");
    }
    List<FieldClass> targets = new ArrayList<>();
    find(user, location, root, 0, 0, location.origin() == scope, targets);
    if (targets.isEmpty()) {
      throw listener.fault(
          user, location, "field-location-not-found", "'" + location + "' names no field");
    }
    return targets;
  }

  /// @param pathIndex elements of the path that are behind
  /// @param atDepth depth of `at` below the root of its scope
  /// @param isAncestor whether `at` is on the way to the user, or the user itself
  private void find(
      FieldClass user,
      FieldLocation location,
      FieldClass at,
      int pathIndex,
      int atDepth,
      boolean isAncestor,
      List<FieldClass> targets) {
    if (++steps > MAXIMUM_STEPS) {
      throw listener.fault(
          user,
          location,
          "metadata-too-complex",
          "following the field locations takes more than " + MAXIMUM_STEPS + " steps");
    }
    if (isAncestor && atDepth == depth) {
      throw notDecodedYet(user, location);
    }
    switch (at) {
      case Structure structure -> {
        if (pathIndex == location.path().size()) {
          throw listener.fault(
              user,
              location,
              "field-location-of-structure",
              "'" + location + "' names a structure, but must name an integer or a boolean");
        }
        int index = indexOf(structure, location.path().get(pathIndex));
        if (index < 0) {
          throw listener.fault(
              user,
              location,
              "field-location-not-found",
              "'"
                  + location
                  + "' names no field: there is no member '"
                  + location.path().get(pathIndex)
                  + "'");
        }
        if (isAncestor && index > children[atDepth]) {
          throw notDecodedYet(user, location);
        }
        find(
            user,
            location,
            structure.members().get(index).fieldClass(),
            pathIndex + 1,
            atDepth + 1,
            isAncestor && index == children[atDepth],
            targets);
      }
      case StaticLengthArray array ->
          findInside(user, location, array.element(), pathIndex, atDepth, isAncestor, targets);
      case DynamicLengthArray array ->
          findInside(user, location, array.element(), pathIndex, atDepth, isAncestor, targets);
      case Optional optional ->
          findInside(user, location, optional.content(), pathIndex, atDepth, isAncestor, targets);
      case Variant variant -> {
        if (isAncestor) {
          FieldClass option = variant.options().get(children[atDepth]).fieldClass();
          find(user, location, option, pathIndex, atDepth + 1, true, targets);
        } else {
          for (FieldClass.Option option : variant.options()) {
            find(user, location, option.fieldClass(), pathIndex, atDepth + 1, false, targets);
          }
        }
      }
      case FieldClass.FixedLength scalar -> add(user, location, scalar, pathIndex, targets);
      case FieldClass.VariableLengthInt scalar -> add(user, location, scalar, pathIndex, targets);
      case FieldClass.Text scalar -> add(user, location, scalar, pathIndex, targets);
      case FieldClass.StaticLengthBlob scalar -> add(user, location, scalar, pathIndex, targets);
      case DynamicLengthBlob scalar -> add(user, location, scalar, pathIndex, targets);
    }
  }

  private void findInside(
      FieldClass user,
      FieldLocation location,
      FieldClass inside,
      int pathIndex,
      int atDepth,
      boolean isAncestor,
      List<FieldClass> targets) {
    if (!isAncestor) {
      throw listener.fault(
          user,
          location,
          "field-location-unreachable",
          "'"
              + location
              + "' names a field inside an array or an optional that does not contain its user");
    }
    find(user, location, inside, pathIndex, atDepth + 1, true, targets);
  }

  private void add(
      FieldClass user,
      FieldLocation location,
      FieldClass scalar,
      int pathIndex,
      List<FieldClass> targets) {
    if (pathIndex < location.path().size()) {
      throw listener.fault(
          user,
          location,
          "field-location-past-scalar",
          "'"
              + location
              + "' names no field: '"
              + location.path().get(pathIndex - 1)
              + "' has no members");
    }
    targets.add(scalar);
  }

  private TraceException notDecodedYet(FieldClass user, FieldLocation location) {
    return listener.fault(
        user,
        location,
        "field-location-not-decoded-yet",
        "'" + location + "' is not decoded yet when its value is needed");
  }

  private int indexOf(Structure structure, String name) {
    if (structure.members().size() <= LINEAR_SEARCH_MEMBERS) {
      return structure.indexOf(name);
    }
    Map<String, Integer> index =
        indexes.computeIfAbsent(
            structure,
            key -> {
              Map<String, Integer> created = new HashMap<>();
              for (int i = 0; i < key.members().size(); i++) {
                created.put(key.members().get(i).name(), i);
              }
              return created;
            });
    return index.getOrDefault(name, -1);
  }

  private static String kind(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.BitArray bitArray -> "a bit array";
      case FieldClass.BitMap bitMap -> "a bit map";
      case Bool bool -> "a boolean";
      case FieldClass.Floating floating -> "a floating point number";
      case FieldClass.Int integer -> integer.signed() ? "a signed integer" : "an unsigned integer";
      case FieldClass.VariableLengthInt integer ->
          integer.signed() ? "a signed integer" : "an unsigned integer";
      case FieldClass.Text text -> "a string";
      case FieldClass.StaticLengthBlob blob -> "a BLOB";
      case DynamicLengthBlob blob -> "a BLOB";
      case StaticLengthArray array -> "an array";
      case DynamicLengthArray array -> "an array";
      case Structure structure -> "a structure";
      case Optional optional -> "an optional";
      case Variant variant -> "a variant";
    };
  }
}
