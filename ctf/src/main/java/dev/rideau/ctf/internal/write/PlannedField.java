package dev.rideau.ctf.internal.write;

import dev.rideau.trace.FieldClass;

/// How a field looks where it is written, and what writes it there.
record PlannedField(FieldClass target, FieldEncoder encoder) {}
