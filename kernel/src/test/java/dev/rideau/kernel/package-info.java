@NullMarked
package dev.rideau.kernel;

import org.jspecify.annotations.NullMarked;
