/// Random trace classes with records to go with them, for tests of every room.
@NullMarked
package dev.rideau.ctf.testing;

import org.jspecify.annotations.NullMarked;
