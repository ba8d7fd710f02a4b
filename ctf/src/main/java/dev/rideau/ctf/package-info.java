/// Common Trace Format 1.8 and 2: reading and writing.
@NullMarked
package dev.rideau.ctf;

import org.jspecify.annotations.NullMarked;
