package dev.rideau.cli.internal.convert;

/// A field in LTTng's layout.
///
/// @param source the field of the kernel's event that it is made of, or [LttngRules#CURRENT_THREAD]
record FieldRule(String name, FieldForm form, String source) {}
