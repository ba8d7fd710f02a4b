package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.ArrayDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.FloatDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.MemberDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StringDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.VariantDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Syntax.Location;
import dev.rideau.trace.FieldLocation;
import dev.rideau.trace.Scope;
import dev.rideau.trace.TraceException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Finds the fields that a location names, seen from the field that is being compiled.
///
/// It keeps the chain of compound types around that field. A location may only lead to what is
/// decoded before: to earlier members of the structures of the chain, through the current element
/// of its arrays and the current option of its variants. A variant off the chain may have been
/// decoded as any of its options, so all of them must hold the field; an array off the chain has
/// many elements, so nothing in it can be named.
final class LocationFinder {

  /// A field that a location may mean.
  record Target(Draft type, List<String> path) {}

  /// All fields that a location may mean, at least one, and its absolute form.
  record Targets(List<Target> fields, FieldLocation location) {}

  /// A compound type around the current field, and which part of it is current.
  private static final class Frame {
    final Draft type;
    int index;

    Frame(Draft type) {
      this.type = type;
    }
  }

  private static final int OFF_CHAIN = -1;

  /// How many fields a location may mean, one for each option of the variants on its way.
  private static final int MAXIMUM_TARGETS = 4096;

  private final Reporter reporter;
  private final Scope scope;
  private final Map<Scope, StructDraft> scopes;
  private final List<Frame> chain = new ArrayList<>();
  private final Map<StructDraft, Names.Table> tables = new IdentityHashMap<>();

  LocationFinder(Reporter reporter, Scope scope, Map<Scope, StructDraft> scopes) {
    this.reporter = reporter;
    this.scope = scope;
    this.scopes = scopes;
  }

  void enter(Draft compound) {
    chain.add(new Frame(compound));
  }

  /// Makes a member or option of the innermost compound type the current one.
  void moveTo(int index) {
    chain.getLast().index = index;
  }

  void leave() {
    chain.removeLast();
  }

  Targets find(Location location) {
    Locations.Absolute absolute = Locations.absolute(location, reporter);
    return absolute == null ? relative(location) : absolute(location, absolute);
  }

  private Targets absolute(Location location, Locations.Absolute absolute) {
    StructDraft root = scopes.get(absolute.scope());
    if (absolute.scope().compareTo(scope) > 0) {
      throw fault(
          location,
          "is in " + absolute.scope().label() + ", which is decoded after " + scope.label());
    }
    if (root == null) {
      throw fault(location, "is in " + absolute.scope().label() + ", which the metadata lacks");
    }
    Search search = new Search(location, absolute.path());
    search.follow(root, 0, absolute.scope() == scope ? 0 : OFF_CHAIN, List.of());
    return search.targets(absolute.scope());
  }

  private Targets relative(Location location) {
    String first = location.path().getFirst();
    for (int depth = chain.size() - 1; depth >= 0; depth--) {
      Frame frame = chain.get(depth);
      if (frame.type instanceof StructDraft struct) {
        int index = table(struct).indexOf(first);
        if (index >= 0 && index < frame.index) {
          Search search = new Search(location, location.path());
          search.follow(struct, 0, depth, pathTo(depth));
          return search.targets(scope);
        }
      }
    }
    throw fault(location, "names no field that is decoded before");
  }

  /// Names of the current members of the structures around the one at `depth`.
  private List<String> pathTo(int depth) {
    List<String> path = new ArrayList<>();
    for (Frame frame : chain.subList(0, depth)) {
      if (frame.type instanceof StructDraft struct) {
        path.add(table(struct).model().get(frame.index));
      }
    }
    return path;
  }

  private Names.Table table(StructDraft struct) {
    return tables.computeIfAbsent(struct, key -> Names.Table.of(key.members()));
  }

  private TraceException fault(Location location, String what) {
    return reporter.fault(
        location.place(),
        Rule.LOCATION,
        "location `" + location + "` " + what,
        "A location names a field that is decoded before it is needed");
  }

  /// One walk from a structure along a path.
  private final class Search {
    private final Location location;
    private final List<String> path;
    private final List<Target> found = new ArrayList<>();

    Search(Location location, List<String> path) {
      this.location = location;
      this.path = path;
    }

    Targets targets(Scope root) {
      return new Targets(List.copyOf(found), new FieldLocation(root, found.getFirst().path()));
    }

    /// @param at what the walk has reached
    /// @param step position in the path of the name to look for next
    /// @param depth position of `at` in the chain, or [#OFF_CHAIN]
    /// @param names of the members passed so far
    void follow(Draft at, int step, int depth, List<String> names) {
      switch (at) {
        case IntDraft integer -> end(integer, step, names);
        case FloatDraft floating -> end(floating, step, names);
        case StringDraft string -> end(string, step, names);
        case StructDraft struct -> intoStruct(struct, step, depth, names);
        case ArrayDraft array -> {
          if (depth == OFF_CHAIN) {
            throw fault(
                location, "leads into an array (" + array.place() + ") that has many elements");
          }
          follow(array.element(), step, childDepth(depth), names);
        }
        case VariantDraft variant -> {
          if (depth == OFF_CHAIN) {
            for (MemberDraft option : variant.options()) {
              follow(option.type(), step, OFF_CHAIN, names);
            }
          } else {
            MemberDraft option = variant.options().get(chain.get(depth).index);
            follow(option.type(), step, childDepth(depth), names);
          }
        }
      }
    }

    private void end(Draft type, int step, List<String> names) {
      if (step < path.size()) {
        throw fault(
            location,
            "looks for `" + path.get(step) + "` in a field (" + type.place() + ") without members");
      }
      if (found.size() == MAXIMUM_TARGETS) {
        throw fault(location, "may mean more than " + MAXIMUM_TARGETS + " fields");
      }
      found.add(new Target(type, names));
    }

    private void intoStruct(StructDraft struct, int step, int depth, List<String> names) {
      if (step == path.size()) {
        throw fault(location, "names a structure (" + struct.place() + "), not an integer");
      }
      int index = table(struct).indexOf(path.get(step));
      if (index < 0) {
        throw fault(
            location,
            "looks for `"
                + path.get(step)
                + "`, which the structure of "
                + struct.place()
                + " lacks");
      }
      boolean onChain = depth != OFF_CHAIN;
      if (onChain && index > chain.get(depth).index) {
        throw fault(location, "names a field that is decoded later");
      }
      List<String> longer = new ArrayList<>(names);
      longer.add(table(struct).model().get(index));
      follow(
          struct.members().get(index).type(),
          step + 1,
          onChain && index == chain.get(depth).index ? childDepth(depth) : OFF_CHAIN,
          longer);
    }

    private int childDepth(int depth) {
      if (depth + 1 == chain.size()) {
        throw fault(location, "names the very field that needs it");
      }
      return depth + 1;
    }
  }
}
