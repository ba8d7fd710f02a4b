package dev.rideau.ctf.internal.metadata.tsdl;

import dev.rideau.ctf.internal.metadata.tsdl.Draft.ArrayDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.FloatDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.IntDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StringDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.StructDraft;
import dev.rideau.ctf.internal.metadata.tsdl.Draft.VariantDraft;
import dev.rideau.trace.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the default clock of a stream: the only one that its fields are mapped to.
final class StreamClock {
  private final Reporter reporter;
  private final Clocks clocks;
  private final long streamId;
  private @Nullable String name;

  StreamClock(Reporter reporter, Clocks clocks, long streamId) {
    this.reporter = reporter;
    this.clocks = clocks;
    this.streamId = streamId;
  }

  /// The clock found so far, or null.
  @Nullable String name() {
    return name;
  }

  void visit(Scope scope, Map<Scope, StructDraft> scopes) {
    StructDraft root = scopes.get(scope);
    if (root != null) {
      visit(scope, root);
    }
  }

  private void visit(Scope scope, Draft type) {
    switch (type) {
      case IntDraft integer -> visitInt(scope, integer);
      case FloatDraft floating -> {}
      case StringDraft string -> {}
      case ArrayDraft array -> visit(scope, array.element());
      case StructDraft struct -> struct.members().forEach(member -> visit(scope, member.type()));
      case VariantDraft variant -> variant.options().forEach(option -> visit(scope, option.type()));
    }
  }

  private void visitInt(Scope scope, IntDraft integer) {
    String clock = integer.clock();
    if (clock == null) {
      return;
    }
    if (scope != Scope.PACKET_CONTEXT && scope != Scope.EVENT_HEADER && reporter.isStrict()) {
      throw reporter.fault(
          integer.place(),
          Rule.CLOCK,
          "a field of the " + scope.label() + " is mapped to clock `" + clock + "`",
          "Only fields of packet contexts and event headers may be timestamps");
    }
    if (clocks.get(clock) == null) {
      throw reporter.fault(
          integer.place(),
          Rule.CLOCK,
          "field is mapped to the clock `" + clock + "`, which does not exist",
          clocks.names().isEmpty()
              ? "Add a `clock` block with `name = " + clock + ";`"
              : "Known clocks: " + String.join(", ", clocks.names()));
    }
    if (name == null) {
      name = clock;
    } else if (!name.equals(clock)) {
      throw reporter.fault(
          integer.place(),
          Rule.CLOCK,
          "stream "
              + Long.toUnsignedString(streamId)
              + " has timestamps of two clocks, `"
              + name
              + "` and `"
              + clock
              + "`",
          "Map all timestamps of a stream to one clock");
    }
  }
}
