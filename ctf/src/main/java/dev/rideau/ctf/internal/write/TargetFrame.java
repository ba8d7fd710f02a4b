package dev.rideau.ctf.internal.write;

import dev.rideau.trace.FieldClass.Member;
import dev.rideau.trace.FieldClass.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A structure of the target that is being put together.
final class TargetFrame {
  final @Nullable Structure source;
  final int depth;
  final Set<String> names = new HashSet<>();
  final List<Member> members = new ArrayList<>();
  final List<FieldEncoder> encoders = new ArrayList<>();
  final List<Integer> columns = new ArrayList<>();
  int column;

  TargetFrame(@Nullable Structure source, int depth) {
    this.source = source;
    this.depth = depth;
  }

  void add(Member member, FieldEncoder encoder) {
    members.add(member);
    encoders.add(encoder);
    columns.add(column);
  }

  String unused(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
