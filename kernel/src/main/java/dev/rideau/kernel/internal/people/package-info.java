/// Who threads and processes are: their ids, names, parents, births and ends.
@NullMarked
package dev.rideau.kernel.internal.people;

import org.jspecify.annotations.NullMarked;
