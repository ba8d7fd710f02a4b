package dev.rideau.trace;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which members of a root structure somebody wants to have as columns.
public final class MemberSelection {
  /// Every member.
  public static final MemberSelection ALL = new MemberSelection(null);

  /// No member: what is there is skipped by length.
  public static final MemberSelection NONE = new MemberSelection(Set.of());

  private final @Nullable Set<String> names;

  private MemberSelection(@Nullable Set<String> names) {
    this.names = names;
  }

  /// The members with these names.
  public static MemberSelection of(Set<String> names) {
    return names.isEmpty() ? NONE : new MemberSelection(Set.copyOf(names));
  }

  /// Whether the member is wanted.
  public boolean includes(String name) {
    return names == null || names.contains(name);
  }

  /// Whether no member is wanted.
  public boolean isNone() {
    return names != null && names.isEmpty();
  }
}
