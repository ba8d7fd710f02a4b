package dev.rideau.cli.internal.convert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What becomes of an event.
///
/// @param name its name in LTTng's layout
/// @param fields its fields there; null when they stay as they are
record LttngRule(String name, @Nullable List<FieldRule> fields) {}
