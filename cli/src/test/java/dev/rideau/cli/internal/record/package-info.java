@NullMarked
package dev.rideau.cli.internal.record;

import org.jspecify.annotations.NullMarked;
