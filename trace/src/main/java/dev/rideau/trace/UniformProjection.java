package dev.rideau.trace;

/// The same selection for every scope of every event class.
record UniformProjection(MemberSelection selection) implements Projection {
  @Override
  public MemberSelection members(EventClass eventClass, Scope scope) {
    return selection;
  }
}
