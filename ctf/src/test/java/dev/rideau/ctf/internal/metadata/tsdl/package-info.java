@NullMarked
package dev.rideau.ctf.internal.metadata.tsdl;

import org.jspecify.annotations.NullMarked;
