/// How reports are read, run and drawn.
@NullMarked
package dev.rideau.reports.internal;

import org.jspecify.annotations.NullMarked;
