/// Facts in files, so that a trace is read once.
@NullMarked
package dev.rideau.tables.internal.cache;

import org.jspecify.annotations.NullMarked;
