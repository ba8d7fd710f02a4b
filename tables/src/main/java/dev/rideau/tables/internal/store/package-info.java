/// Facts into tables of the database.
@NullMarked
package dev.rideau.tables.internal.store;

import org.jspecify.annotations.NullMarked;
