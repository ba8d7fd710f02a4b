@NullMarked
package dev.rideau.tables;

import org.jspecify.annotations.NullMarked;
