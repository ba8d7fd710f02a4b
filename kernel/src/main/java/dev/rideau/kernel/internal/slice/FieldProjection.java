package dev.rideau.kernel.internal.slice;

import dev.rideau.kernel.internal.layout.EventUse;
import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.RecordFields;
import dev.rideau.kernel.internal.layout.TracerLayout;
import dev.rideau.kernel.internal.track.Handlers;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.MemberSelection;
import dev.rideau.trace.Projection;
import dev.rideau.trace.Scope;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every record, but only the fields that handlers want.
final class FieldProjection implements Projection {
  private final Handlers handlers;
  private final TracerLayout layout;
  private final @Nullable EventUse[] uses;
  private final boolean withOwnThreads;

  FieldProjection(
      Handlers handlers, TracerLayout layout, @Nullable EventUse[] uses, boolean withOwnThreads) {
    this.handlers = handlers;
    this.layout = layout;
    this.uses = uses;
    this.withOwnThreads = withOwnThreads;
  }

  @Override
  public MemberSelection members(EventClass eventClass, Scope scope) {
    EventUse use = uses[eventClass.ordinal()];
    if (use == null) {
      return MemberSelection.NONE;
    }
    Set<String> names = new HashSet<>();
    if (withOwnThreads) {
      if (scope != Scope.PAYLOAD) {
        names.addAll(OwnThread.NAMES);
      } else if (use.event() == ModelEvent.SCHED_PROCESS_EXEC) {
        names.addAll(layout.names(use.event(), "old_tid"));
      }
    }
    for (String field : handlers.fields(use.event())) {
      boolean isContext = field.startsWith(RecordFields.CONTEXT);
      if (isContext && scope != Scope.PAYLOAD) {
        names.add(field.substring(RecordFields.CONTEXT.length()));
      } else if (!isContext && scope == Scope.PAYLOAD) {
        if (field.equals(Handlers.ALL_FIELDS)) {
          return MemberSelection.ALL;
        }
        names.addAll(layout.names(use.event(), field));
      }
    }
    return MemberSelection.of(names);
  }
}
