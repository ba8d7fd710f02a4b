/// Metadata of CTF 2: a sequence of JSON texts.
@NullMarked
package dev.rideau.ctf.internal.metadata.json;

import org.jspecify.annotations.NullMarked;
