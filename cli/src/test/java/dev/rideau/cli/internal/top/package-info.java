@NullMarked
package dev.rideau.cli.internal.top;

import org.jspecify.annotations.NullMarked;
