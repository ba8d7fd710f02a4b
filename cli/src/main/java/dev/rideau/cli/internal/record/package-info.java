/// What the commands that record have in common: options, waiting, the last line.
@NullMarked
package dev.rideau.cli.internal.record;

import org.jspecify.annotations.NullMarked;
