/// From buffers to files: the consumer thread, channels, streams, metadata, rotation, recovery.
@NullMarked
package dev.rideau.tracer.internal.output;

import org.jspecify.annotations.NullMarked;
