/// The Trace Server Protocol.
@NullMarked
package dev.rideau.server.internal.tsp;

import org.jspecify.annotations.NullMarked;
