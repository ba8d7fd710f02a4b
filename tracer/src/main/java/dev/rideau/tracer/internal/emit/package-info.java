/// From a call of the program to bytes in a buffer: instrumentation points, generated serialisers,
/// and what they call. Generated classes live in the packages of the program, so what they use here
/// is public; nothing of it is for others.
@NullMarked
package dev.rideau.tracer.internal.emit;

import org.jspecify.annotations.NullMarked;
