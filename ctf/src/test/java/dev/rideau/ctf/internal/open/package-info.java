@NullMarked
package dev.rideau.ctf.internal.open;

import org.jspecify.annotations.NullMarked;
