@NullMarked
package dev.rideau.ctf.internal.write;

import org.jspecify.annotations.NullMarked;
