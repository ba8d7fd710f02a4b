package dev.rideau.kernel.internal.slice;

/// A part of the recording that one worker reads.
///
/// @param index position among the ranges
/// @param fromNs first time that belongs to it
/// @param toNs first time that belongs to the next one; `Long.MAX_VALUE` of the last
public record TimeRange(int index, long fromNs, long toNs) {}
