package dev.rideau.tracer.internal.schema;

import dev.rideau.tracer.LogLevel;
import dev.rideau.tracer.internal.schema.FieldShape.NamedField;
import java.util.List;

/// An event class: name, level, fields.
public record EventShape(String name, LogLevel level, List<NamedField> fields) {}
