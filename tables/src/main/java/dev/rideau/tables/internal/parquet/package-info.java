/// Rows of facts as Parquet files. [TableFile] is the entry; `docs/decisions/facts-in-parquet.md`
/// says why they are written here.
@NullMarked
package dev.rideau.tables.internal.parquet;

import org.jspecify.annotations.NullMarked;
