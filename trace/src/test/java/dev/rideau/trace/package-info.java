@NullMarked
package dev.rideau.trace;

import org.jspecify.annotations.NullMarked;
