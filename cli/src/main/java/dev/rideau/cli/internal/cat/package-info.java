/// Prints event records as lines of text.
///
/// ```
/// SliceCuts: slices of time; in each, on any thread:
/// data streams --StreamLines--> LineTexts --LineMerger, SliceText--> TextPiece --SliceOutput--> stdout
///                decode, choose,            order, write times                  in turn
///                write lines
/// ```
@NullMarked
package dev.rideau.cli.internal.cat;

import org.jspecify.annotations.NullMarked;
