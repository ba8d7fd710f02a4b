/// The trace as a database.
///
/// [TraceDatabase] opens traces and answers SQL over their facts and event records. The tables are
/// those that [dev.rideau.kernel.FactTables] declares, each with a column `host` in front, and
/// `docs/tables.md` describes them.
@NullMarked
package dev.rideau.tables;

import org.jspecify.annotations.NullMarked;
