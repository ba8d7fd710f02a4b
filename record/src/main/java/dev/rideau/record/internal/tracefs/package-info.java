/// Files of tracefs, instances, events, pages.
@NullMarked
package dev.rideau.record.internal.tracefs;

import org.jspecify.annotations.NullMarked;
