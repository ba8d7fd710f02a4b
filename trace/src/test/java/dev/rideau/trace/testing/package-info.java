/// Helpers for the tests of every room: shared data on this machine, babeltrace2 as an oracle.
@NullMarked
package dev.rideau.trace.testing;

import org.jspecify.annotations.NullMarked;
