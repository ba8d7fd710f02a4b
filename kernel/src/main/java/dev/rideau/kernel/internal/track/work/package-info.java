/// Work queue items.
@NullMarked
package dev.rideau.kernel.internal.track.work;

import org.jspecify.annotations.NullMarked;
