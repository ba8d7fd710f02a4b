/// Draws answers as SVG.
@NullMarked
package dev.rideau.reports.internal.plot;

import org.jspecify.annotations.NullMarked;
