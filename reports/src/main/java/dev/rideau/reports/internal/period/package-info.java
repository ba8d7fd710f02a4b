/// Periods: parts of a recording that begin and end with certain event records.
@NullMarked
package dev.rideau.reports.internal.period;

import org.jspecify.annotations.NullMarked;
