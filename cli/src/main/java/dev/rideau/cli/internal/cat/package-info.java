/// Prints event records as lines of text.
///
/// ```
/// data streams --TextSegment, on worker threads--> TextRun --Merger--> LineOutput --> stdout
///                 decode, choose, write lines       buffers   order     fix deltas
/// ```
@NullMarked
package dev.rideau.cli.internal.cat;

import org.jspecify.annotations.NullMarked;
