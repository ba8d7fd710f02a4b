/// Traces over HTTP on this machine: [dev.rideau.server.TraceServer].
@NullMarked
package dev.rideau.server;

import org.jspecify.annotations.NullMarked;
