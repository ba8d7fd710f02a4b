@NullMarked
package dev.rideau.tables.internal.cache;

import org.jspecify.annotations.NullMarked;
