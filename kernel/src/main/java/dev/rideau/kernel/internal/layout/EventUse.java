package dev.rideau.kernel.internal.layout;

/// What an event class is taken for.
///
/// @param event the event of the model
/// @param variant what the name of the class adds to it: the name of the system call or interrupt;
///   empty where there is no such thing
public record EventUse(ModelEvent event, String variant) {}
