/// The database behind [dev.rideau.tables.TraceDatabase].
@NullMarked
package dev.rideau.tables.internal;

import org.jspecify.annotations.NullMarked;
