package dev.rideau.ctf.internal.write;

import dev.rideau.ctf.CtfFormat;
import dev.rideau.trace.FieldClass;
import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.Role;
import dev.rideau.trace.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What members and options are called in the format that is written. In CTF 1.8 a name decides
/// what a field means, and only some characters may stand in it.
final class TargetNames {
  private final CtfFormat format;
  private final PlanNotes notes;

  TargetNames(CtfFormat format, PlanNotes notes) {
    this.format = format;
    this.notes = notes;
  }

  /// The name of a member of a structure.
  ///
  /// @param isOfRoot whether the structure is the root of its scope
  String of(Member member, Scope scope, boolean isOfRoot) {
    String name = member.name();
    if (format != CtfFormat.CTF_1_8) {
      return name;
    }
    Set<Role> roles = roles(member.fieldClass());
    for (Role role : roles) {
      String wellKnown = TsdlNames.wellKnown(scope, role);
      if (wellKnown != null) {
        return wellKnown;
      }
    }
    boolean clashes =
        member.fieldClass() instanceof FieldClass.Integral
            && roles.isEmpty()
            && (isOfRoot || scope == Scope.EVENT_HEADER)
            && TsdlNames.isReserved(scope, name);
    String target = TsdlNames.mangled(clashes ? name + "_" : name);
    if (!target.equals(name)) {
      notes.add("field-renamed", "field '%s' is called '%s' in CTF 1.8".formatted(name, target));
    }
    return target;
  }

  private static Set<Role> roles(FieldClass fieldClass) {
    return switch (fieldClass) {
      case FieldClass.Integral integral -> integral.roles();
      case FieldClass.StaticLengthArray array -> array.roles();
      case FieldClass.StaticLengthBlob blob -> blob.roles();
      case FieldClass.BitArray _,
          FieldClass.BitMap _,
          FieldClass.Bool _,
          FieldClass.Floating _,
          FieldClass.Text _,
          FieldClass.DynamicLengthBlob _,
          FieldClass.DynamicLengthArray _,
          FieldClass.Structure _,
          FieldClass.Optional _,
          FieldClass.Variant _ ->
          Set.of();
    };
  }

  /// The names of all options, none twice; for those without name one is made up.
  List<String> ofOptions(FieldClass.Variant source) {
    Set<String> used = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (FieldClass.Option option : source.options()) {
      String given = option.name();
      String name = given == null ? "option" + names.size() : given;
      name = format == CtfFormat.CTF_1_8 ? TsdlNames.mangled(name) : name;
      while (!used.add(name)) {
        name += "_";
      }
      names.add(name);
    }
    return names;
  }
}
