package dev.rideau.kernel.internal.layout;

/// What an event class is taken for.
///
/// @param event the event of the model
/// @param variant what the name of the class adds to it: the name of the system call or interrupt;
///   empty where there is no such thing
public record EventUse(ModelEvent event, String variant) {
  /// The variant of records of the end of a thread, where nothing tells that it leaves its CPU.
  public static final String LEAVES = "leaves";

  /// The variant of records of threads that come and leave, where others tell of leaving as well,
  /// and more.
  public static final String COMES = "comes";
}
