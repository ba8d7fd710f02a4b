package dev.rideau.kernel.internal.span;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of one event class that spans are made of, bound to the columns of one cursor.
final class SpanFields {
  private static final List<Scope> SCOPES =
      List.of(Scope.PAYLOAD, Scope.SPECIFIC_CONTEXT, Scope.COMMON_CONTEXT);
  private static final List<Scope> CONTEXTS = List.of(Scope.SPECIFIC_CONTEXT, Scope.COMMON_CONTEXT);

  final SpanUse use;
  private final @Nullable Column key;
  private final @Nullable Column detail;
  private final @Nullable Column duration;
  private final @Nullable Column begin;
  private final @Nullable Column tid;
  private final @Nullable Column javaThread;
  private final @Nullable Column pid;
  private final @Nullable Column threadName;

  SpanFields(SpanUse use, Batch batch) {
    this.use = use;
    boolean isWhole = use.kind() == SpanUse.Kind.WHOLE;
    key = column(batch, List.of(Scope.PAYLOAD), use.key());
    detail = column(batch, List.of(Scope.PAYLOAD), use.detail());
    duration = isWhole ? column(batch, SCOPES, SpanUse.DURATION) : null;
    begin = isWhole ? column(batch, SCOPES, SpanUse.BEGIN) : null;
    // Who tells of another thread says so in the payload.
    List<Scope> ofThread = isWhole ? SCOPES : CONTEXTS;
    tid = column(batch, ofThread, SpanUse.TID);
    javaThread = column(batch, ofThread, SpanUse.JAVA_THREAD);
    pid = column(batch, CONTEXTS, SpanUse.PID);
    threadName = column(batch, CONTEXTS, SpanUse.THREAD_NAME);
  }

  private static @Nullable Column column(Batch batch, List<Scope> scopes, @Nullable String name) {
    for (Scope scope : scopes) {
      StructColumn columns = name == null ? null : batch.columns(scope);
      Column found = columns == null || name == null ? null : columns.member(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean hasNumberKey() {
    return key instanceof LongColumn;
  }

  long numberKey(int row) {
    return key instanceof LongColumn numbers ? numbers.value(row) : 0;
  }

  @Nullable String textKey(int row) {
    return text(key, row);
  }

  @Nullable String detail(int row) {
    return text(detail, row);
  }

  boolean hasBegin() {
    return begin instanceof LongColumn;
  }

  long begin(int row) {
    return number(begin, row, 0);
  }

  long duration(int row) {
    return number(duration, row, 0);
  }

  /// -1 when it is not known.
  long tid(int row) {
    return number(tid, row, -1);
  }

  /// -1 when it is not known.
  long javaThread(int row) {
    return number(javaThread, row, -1);
  }

  /// -1 when it is not known.
  long pid(int row) {
    return number(pid, row, -1);
  }

  @Nullable String threadName(int row) {
    return text(threadName, row);
  }

  private static long number(@Nullable Column column, int row, long absent) {
    return column instanceof LongColumn numbers ? numbers.value(row) : absent;
  }

  private static @Nullable String text(@Nullable Column column, int row) {
    return column instanceof BytesColumn texts ? texts.text(row) : null;
  }
}
