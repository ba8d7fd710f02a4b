/// Named questions about a trace: one SQL file each, with a header that says how to show the
/// answer.
@NullMarked
package dev.rideau.reports;

import org.jspecify.annotations.NullMarked;
