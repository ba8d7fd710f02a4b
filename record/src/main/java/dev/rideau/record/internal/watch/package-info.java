/// Looking for what somebody waits for, in events that happen now.
@NullMarked
package dev.rideau.record.internal.watch;

import org.jspecify.annotations.NullMarked;
