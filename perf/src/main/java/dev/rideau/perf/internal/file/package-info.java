/// What stands in a perf.data file around its records: header, attributes, features, formats.
@NullMarked
package dev.rideau.perf.internal.file;

import org.jspecify.annotations.NullMarked;
