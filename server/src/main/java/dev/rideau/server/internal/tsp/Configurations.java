package dev.rideau.server.internal.tsp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What users have added to all experiments: SQL statements. Thread-safe; gone when the server
/// ends.
final class Configurations {
  private static final int MOST = 1000;
  private static final int LONGEST_NAME = 200;

  private final Map<String, Configuration> statements = new LinkedHashMap<>();

  /// The kind with that id.
  ConfigurationType type(String id) {
    if (!id.equals(ConfigurationType.SQL.id())) {
      throw TspFailure.unknown("configuration type", id);
    }
    return ConfigurationType.SQL;
  }

  synchronized List<Configuration> all() {
    return List.copyOf(statements.values());
  }

  synchronized Configuration find(String id) {
    Configuration found = statements.get(id);
    if (found == null) {
      throw TspFailure.unknown("configuration", id);
    }
    return found;
  }

  synchronized Configuration add(Configuration added) {
    if (statements.containsKey(added.id())) {
      throw TspFailure.malformed(
          "there is a configuration with that name", "change it with PUT or give another name");
    }
    if (statements.size() >= MOST) {
      throw TspFailure.malformed("there are too many configurations", "delete some");
    }
    statements.put(added.id(), added);
    return added;
  }

  synchronized Configuration change(String id, Configuration given) {
    find(id);
    Configuration changed =
        new Configuration(given.type(), id, given.name(), given.description(), given.parameters());
    statements.put(id, changed);
    return changed;
  }

  synchronized Configuration remove(String id) {
    Configuration removed = find(id);
    statements.remove(id);
    return removed;
  }

  /// A configuration of an SQL statement, checked as far as that is possible without a trace.
  static Configuration statement(String name, @Nullable String description, Fields parameters) {
    Map<String, String> values = ConfigurationType.SQL.values(parameters);
    String sql = values.getOrDefault("sql", "");
    StatementCheck.readable(sql);
    if (values.containsKey("time") != values.containsKey("value")) {
      throw TspFailure.malformed("only one of time and value is given", "a chart needs both");
    }
    return of(ConfigurationType.SQL, name, description, values);
  }

  /// A configuration with an id that follows from its name.
  static Configuration of(
      ConfigurationType type,
      String name,
      @Nullable String description,
      Map<String, String> values) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw TspFailure.malformed(
          "the name is empty or too long", "give 1 to " + LONGEST_NAME + " characters");
    }
    String id = TspTrace.uuidOf(type.id() + "\n" + name).toString();
    return new Configuration(type.id(), id, name, description, Map.copyOf(values));
  }
}
