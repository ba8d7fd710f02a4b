/// System calls that Java lacks.
@NullMarked
package dev.rideau.record.internal.linux;

import org.jspecify.annotations.NullMarked;
