/// From the bytes of records to columns.
@NullMarked
package dev.rideau.perf.internal.decode;

import org.jspecify.annotations.NullMarked;
