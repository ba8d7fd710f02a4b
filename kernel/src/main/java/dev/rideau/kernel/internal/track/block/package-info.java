/// Requests to disks.
@NullMarked
package dev.rideau.kernel.internal.track.block;

import org.jspecify.annotations.NullMarked;
