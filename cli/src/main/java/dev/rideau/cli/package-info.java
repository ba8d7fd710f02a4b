/// The `rideau` command.
@NullMarked
package dev.rideau.cli;

import org.jspecify.annotations.NullMarked;
