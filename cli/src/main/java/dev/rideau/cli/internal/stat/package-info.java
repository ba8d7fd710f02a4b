/// What `rideau stat` counts and how it shows it.
@NullMarked
package dev.rideau.cli.internal.stat;

import org.jspecify.annotations.NullMarked;
