/// Rows of the database as text.
@NullMarked
package dev.rideau.cli.internal.rows;

import org.jspecify.annotations.NullMarked;
