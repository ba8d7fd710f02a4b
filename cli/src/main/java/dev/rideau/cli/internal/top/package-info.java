/// `rideau top`: what processes do, interval by interval.
@NullMarked
package dev.rideau.cli.internal.top;

import org.jspecify.annotations.NullMarked;
