/// Reading of metadata: from the bytes of a metadata file to a [dev.rideau.trace.TraceClass].
@NullMarked
package dev.rideau.ctf.internal.metadata;

import org.jspecify.annotations.NullMarked;
