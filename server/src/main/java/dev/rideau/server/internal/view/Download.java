package dev.rideau.server.internal.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Forms in which rows can be had as a file.
public enum Download {
  CSV("text/csv; charset=utf-8"),
  JSON("application/json"),
  PARQUET("application/vnd.apache.parquet"),
  SVG("image/svg+xml");

  private final String type;

  Download(String type) {
    this.type = type;
  }

  /// Its media type.
  public String type() {
    return type;
  }

  /// How it is called in addresses and behind the dot of files.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The form with that key; null for none.
  public static @Nullable Download of(String key) {
    for (Download each : values()) {
      if (each.key().equals(key)) {
        return each;
      }
    }
    return null;
  }
}
