/// What explains the time that a thread took.
@NullMarked
package dev.rideau.reports.internal.critical;

import org.jspecify.annotations.NullMarked;
