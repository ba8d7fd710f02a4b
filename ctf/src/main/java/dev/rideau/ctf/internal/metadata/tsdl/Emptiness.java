package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.ArrayDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.FloatDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.MemberDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StringDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.VariantDraft;

/// Knows which types never take a bit: a record made of them would never end.
final class Emptiness {
  private Emptiness() {}

  static boolean isEmpty(Draft type) {
    return switch (type) {
      case IntDraft integer -> false;
      case FloatDraft floating -> false;
      case StringDraft string -> false;
      case ArrayDraft array ->
          array.location() == null && array.length() == 0 || isEmpty(array.element());
      case StructDraft struct -> {
        for (MemberDraft member : struct.members()) {
          if (!isEmpty(member.type())) {
            yield false;
          }
        }
        yield true;
      }
      case VariantDraft variant -> {
        for (MemberDraft option : variant.options()) {
          if (!isEmpty(option.type())) {
            yield false;
          }
        }
        yield true;
      }
    };
  }
}
