/// A program to be instrumented.
@NullMarked
package shop;

import org.jspecify.annotations.NullMarked;
