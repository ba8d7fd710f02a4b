package dev.rideau.kernel;

/// A column of a [FactTable].
///
/// @param name as SQL spells it
/// @param type what its values are
/// @param unit the unit of its numbers
/// @param isNullable whether a row may be without value; the sentence says what that means
/// @param sentence one sentence for the reference page
public record FactColumn(
    String name, FactType type, Unit unit, boolean isNullable, String sentence) {}
