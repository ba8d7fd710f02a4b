@NullMarked
package dev.rideau.ctf.internal.metadata.json;

import org.jspecify.annotations.NullMarked;
