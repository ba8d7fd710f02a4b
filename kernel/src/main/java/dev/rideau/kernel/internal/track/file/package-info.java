/// File descriptors: what they refer to in which process.
@NullMarked
package dev.rideau.kernel.internal.track.file;

import org.jspecify.annotations.NullMarked;
