/// The declarations of all fact tables, by subject. A declaration yields the table in the database,
/// its writer and its page in the reference.
@NullMarked
package dev.rideau.kernel.schema;

import org.jspecify.annotations.NullMarked;
