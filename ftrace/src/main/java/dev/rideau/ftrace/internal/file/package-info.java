/// The files `trace.dat` of trace-cmd: header, sections, options, where the pages are.
@NullMarked
package dev.rideau.ftrace.internal.file;

import org.jspecify.annotations.NullMarked;
