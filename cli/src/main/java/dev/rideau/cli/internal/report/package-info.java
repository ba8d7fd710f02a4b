/// How answers of reports are printed.
@NullMarked
package dev.rideau.cli.internal.report;

import org.jspecify.annotations.NullMarked;
