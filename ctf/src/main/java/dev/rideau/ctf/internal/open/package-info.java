/// From paths to opened traces: which files belong together, where their packets are, what is lost.
@NullMarked
package dev.rideau.ctf.internal.open;

import org.jspecify.annotations.NullMarked;
