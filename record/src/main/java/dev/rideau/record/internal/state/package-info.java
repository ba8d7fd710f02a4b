/// What was there before the recording: processes, files, devices.
@NullMarked
package dev.rideau.record.internal.state;

import org.jspecify.annotations.NullMarked;
