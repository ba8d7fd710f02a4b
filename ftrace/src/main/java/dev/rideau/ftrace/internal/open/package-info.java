/// Files as traces: data streams, packets, losses, symbols.
@NullMarked
package dev.rideau.ftrace.internal.open;

import org.jspecify.annotations.NullMarked;
