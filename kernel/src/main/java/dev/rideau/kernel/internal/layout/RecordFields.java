package dev.rideau.kernel.internal.layout;

import dev.rideau.trace.Batch;
import dev.rideau.trace.BytesColumn;
import dev.rideau.trace.Column;
import dev.rideau.trace.LongColumn;
import dev.rideau.trace.Scope;
import dev.rideau.trace.StructColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of the records of one event class in the batches of one cursor, by the model's names.
/// Asked once, when a handler is made for the batch.
public final class RecordFields {
  /// Begins the name of a field that is searched in the contexts.
  public static final String CONTEXT = "context.";

  private static final List<Scope> CONTEXTS = List.of(Scope.SPECIFIC_CONTEXT, Scope.COMMON_CONTEXT);

  private final TracerLayout layout;
  private final EventUse use;
  private final Batch batch;
  private final String architecture;

  /// The fields of `batch`, whose class is taken for `use`.
  ///
  /// @param architecture of the processors, as `uname -m` calls it; empty where it is not known
  public RecordFields(TracerLayout layout, EventUse use, Batch batch, String architecture) {
    this.layout = layout;
    this.use = use;
    this.batch = batch;
    this.architecture = architecture;
  }

  /// Architecture of the processors, as `uname -m` calls it; empty where it is not known.
  public String architecture() {
    return architecture;
  }

  /// What the name of the class adds to that of the event: the name of the system call.
  public String variant() {
    return use.variant();
  }

  /// The layout that names come from.
  public TracerLayout layout() {
    return layout;
  }

  /// An integer; `absent` stands for a field that is not recorded.
  public NumberField number(String field, long absent) {
    return new NumberField(column(field) instanceof LongColumn column ? column : null, absent);
  }

  /// A text.
  public TextField text(String field) {
    return new TextField(column(field) instanceof BytesColumn column ? column : null);
  }

  /// The column of a field of any kind, or null.
  public @Nullable Column column(String field) {
    if (field.startsWith(CONTEXT)) {
      String name = field.substring(CONTEXT.length());
      for (Scope scope : CONTEXTS) {
        Column found = member(batch.columns(scope), name);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    for (String name : layout.names(use.event(), field)) {
      Column found = member(batch.payload(), name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// The whole payload, or null when there is none; for handlers that asked for all fields.
  public @Nullable StructColumn payload() {
    return batch.payload();
  }

  private static @Nullable Column member(@Nullable StructColumn columns, String name) {
    return columns == null ? null : columns.member(name);
  }
}
