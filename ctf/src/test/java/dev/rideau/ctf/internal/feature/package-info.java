/// The features of the format, for [dev.rideau.ctf.CtfFeature].
@NullMarked
package dev.rideau.ctf.internal.feature;

import org.jspecify.annotations.NullMarked;
