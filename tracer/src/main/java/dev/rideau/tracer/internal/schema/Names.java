package dev.rideau.tracer.internal.schema;

import dev.rideau.tracer.TracerException;
import java.util.regex.Pattern;

/// Which names events, fields and channels may have.
///
/// Names of user events hold a colon, those of kernel events never do: nobody can imitate them.
/// `rideau` before the colon is for the tracer's own.
public final class Names {
  private static final Pattern EVENT_PART = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final int MOST_CHARACTERS = 255;
  private static final String OWN_PROVIDER = "rideau";

  private Names() {}

  static String event(String provider, String name, String where, boolean own) {
    checkPart(provider, "the provider", where);
    checkPart(name, "the event name", where);
    if (provider.equals(OWN_PROVIDER) && !own) {
      throw new TracerException(
          where + ": the provider '" + OWN_PROVIDER + "' is kept for the tracer; choose another");
    }
    String whole = provider + ":" + name;
    if (whole.length() > MOST_CHARACTERS) {
      throw new TracerException(where + ": the name has more than 255 characters: " + whole);
    }
    return whole;
  }

  private static void checkPart(String part, String what, String where) {
    if (!EVENT_PART.matcher(part).matches()) {
      throw new TracerException(
          where
              + ": "
              + what
              + " '"
              + part
              + "' must begin with a letter or '_' and go on with letters, digits, '_', '.', '-'");
    }
  }

  static String field(String name, String where) {
    if (!FIELD.matcher(name).matches() || name.length() > MOST_CHARACTERS) {
      throw new TracerException(
          where
              + ": the field name '"
              + name
              + "' must begin with a letter or '_' and go on with letters, digits, '_';"
              + " use @Field(\"name\")");
    }
    return name;
  }

  /// Checks the name of a channel or session, which becomes that of a file.
  public static String file(String name, String what) {
    if (!CHANNEL.matcher(name).matches() || name.length() > 100) {
      throw new TracerException(
          "the "
              + what
              + " '"
              + name
              + "' must begin with a letter or digit and go on with letters, digits, '_', '.', '-'");
    }
    return name;
  }
}
