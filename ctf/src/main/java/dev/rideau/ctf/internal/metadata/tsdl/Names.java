package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.MemberDraft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes off the underscore that tracers put before the names of fields and options, so that these
/// do not collide with the keywords of TSDL.
final class Names {
  private Names() {}

  /// The name without its first underscore.
  static String stripped(String name) {
    return name.startsWith("_") ? name.substring(1) : name;
  }

  /// The names of the members for the model. Where `x` and `_x` stand side by side, all names of
  /// that structure stay as they are.
  static List<String> of(List<MemberDraft> members) {
    List<String> names = new ArrayList<>(members.size());
    Set<String> distinct = new HashSet<>();
    boolean collide = false;
    for (MemberDraft member : members) {
      String name = stripped(member.name());
      collide |= !distinct.add(name);
      names.add(name);
    }
    if (collide) {
      names.clear();
      for (MemberDraft member : members) {
        names.add(member.name());
      }
    }
    return names;
  }

  /// The members of a structure, prepared for look-ups.
  ///
  /// @param model names for the model, in order
  /// @param positions by the name that the text uses
  record Table(List<String> model, Map<String, Integer> positions) {
    static Table of(List<MemberDraft> members) {
      Map<String, Integer> positions = HashMap.newHashMap(members.size());
      for (int i = 0; i < members.size(); i++) {
        positions.put(members.get(i).name(), i);
      }
      return new Table(Names.of(members), positions);
    }

    /// Position of the member that the text calls `name`, or -1.
    int indexOf(String name) {
      return positions.getOrDefault(name, -1);
    }
  }
}
