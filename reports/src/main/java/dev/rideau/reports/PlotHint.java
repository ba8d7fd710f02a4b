package dev.rideau.reports;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How to draw the answer of a [Report].
///
/// @param kind the form
/// @param columns for each role the column that plays it
public record PlotHint(Kind kind, Map<String, String> columns) {
  /// Forms and the roles that columns play in them; those with `?` may be missing.
  public enum Kind {
    /// A bar for each row.
    BAR("label value series?"),
    /// A line over time, one for each series.
    LINE("time value series?"),
    /// Areas over time, one upon the other.
    AREA("time value series?"),
    /// How many values fall between two bounds.
    HISTOGRAM("from to count series?"),
    /// Intervals on tracks.
    TIMELINE("time duration track color next?");

    private final String roles;

    Kind(String roles) {
      this.roles = roles;
    }

    /// The roles that must or may be played.
    public List<String> roles() {
      return List.of(roles.split(" "));
    }

    /// How headers write it.
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /// The kind that headers write so; null when there is none.
    public static @Nullable Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.text().equals(text)) {
          return kind;
        }
      }
      return null;
    }
  }

  public PlotHint {
    columns = Map.copyOf(columns);
  }

  /// The column that plays a role; null when none does.
  public @Nullable String column(String role) {
    return columns.get(role);
  }
}
