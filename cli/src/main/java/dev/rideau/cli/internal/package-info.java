/// What the commands share: console, exit codes, errors, progress, temporary outputs.
@NullMarked
package dev.rideau.cli.internal;

import org.jspecify.annotations.NullMarked;
