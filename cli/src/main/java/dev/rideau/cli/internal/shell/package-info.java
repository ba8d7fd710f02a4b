/// The interactive shell of `rideau sql`.
@NullMarked
package dev.rideau.cli.internal.shell;

import org.jspecify.annotations.NullMarked;
