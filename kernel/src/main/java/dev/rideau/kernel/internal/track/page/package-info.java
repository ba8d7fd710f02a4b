/// Pages: allocated, freed, faulted in, cached.
@NullMarked
package dev.rideau.kernel.internal.track.page;

import org.jspecify.annotations.NullMarked;
