/// What statements name: tables, views, macros; made when the first statement needs them.
@NullMarked
package dev.rideau.tables.internal.catalog;

import org.jspecify.annotations.NullMarked;
