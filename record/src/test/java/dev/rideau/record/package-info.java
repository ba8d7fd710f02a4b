@NullMarked
package dev.rideau.record;

import org.jspecify.annotations.NullMarked;
