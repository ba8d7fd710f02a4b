package dev.rideau.reports.internal.period;

import dev.rideau.reports.internal.period.Expression.Reference;
import dev.rideau.reports.internal.period.Expression.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event record with the fields that conditions speak of.
record EventRecord(long timestampNs, String name, Map<String, Value> fields) {

  @Nullable Value value(Reference reference) {
    String field = reference.field();
    return field == null ? new Value.Text(name) : fields.get(field);
  }
}
