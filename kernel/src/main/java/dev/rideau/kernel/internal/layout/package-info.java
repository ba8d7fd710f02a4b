/// What tracers call the events and fields that the trackers know.
@NullMarked
package dev.rideau.kernel.internal.layout;

import org.jspecify.annotations.NullMarked;
