/// All instrumentation points and all sessions of the process, and which point goes where.
@NullMarked
package dev.rideau.tracer.internal.session;

import org.jspecify.annotations.NullMarked;
