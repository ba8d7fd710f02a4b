/// Linux as state machines: event records of a kernel trace become facts.
///
/// A fact is a closed half-open interval `[ts, ts + dur)` or a point, a row of a declared
/// [FactTable]. [FactTables] lists the tables; `dev.rideau.kernel.schema` declares them.
@NullMarked
package dev.rideau.kernel;

import org.jspecify.annotations.NullMarked;
