@NullMarked
package dev.rideau.ftrace;

import org.jspecify.annotations.NullMarked;
