/// From bytes to event records.
///
/// Two decoders read the same field classes and must agree on every input: [PlainDecoder] walks
/// them one bit at a time and is easy to check against the specification; the procedures behind
/// [CtfBlockCursor] are compiled once per event class and fill columns.
@NullMarked
package dev.rideau.ctf.internal.decode;

import org.jspecify.annotations.NullMarked;
