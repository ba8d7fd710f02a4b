@NullMarked
package dev.rideau.ctf.internal.metadata;

import org.jspecify.annotations.NullMarked;
