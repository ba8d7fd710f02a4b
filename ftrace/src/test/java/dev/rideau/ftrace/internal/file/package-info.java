/// Tests of the file format.
@NullMarked
package dev.rideau.ftrace.internal.file;

import org.jspecify.annotations.NullMarked;
