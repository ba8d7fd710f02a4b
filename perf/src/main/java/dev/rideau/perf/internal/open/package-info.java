/// Opening: walks through all records once, cuts them into packets and streams in the order of
/// time.
@NullMarked
package dev.rideau.perf.internal.open;

import org.jspecify.annotations.NullMarked;
