/// Packets at network devices.
@NullMarked
package dev.rideau.kernel.internal.track.net;

import org.jspecify.annotations.NullMarked;
