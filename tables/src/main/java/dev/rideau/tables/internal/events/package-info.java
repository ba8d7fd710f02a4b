/// Event records of any class as relations, decoded while the statement runs.
@NullMarked
package dev.rideau.tables.internal.events;

import org.jspecify.annotations.NullMarked;
