/// Copies traces, whole or in part, into new ones.
@NullMarked
package dev.rideau.cli.internal.convert;

import org.jspecify.annotations.NullMarked;
