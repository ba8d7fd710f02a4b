package dev.rideau.server.internal.tsp;

import java.util.List;
import java.util.Map;

/// A kind of configuration that users can make.
record ConfigurationType(String id, String name, String description, List<Parameter> parameters) {

  /// @param kind what the protocol calls it: `STRING`, `NUMBER`
  record Parameter(String name, String description, String kind, boolean isRequired) {}

  /// A statement whose rows become a table or a chart.
  static final ConfigurationType SQL =
      new ConfigurationType(
          "sql",
          "SQL statement",
          "The rows of a statement as a table or, when columns for time and value are named, as a"
              + " chart.",
          List.of(
              new Parameter("sql", "One SELECT over the tables of the trace.", "STRING", true),
              new Parameter("time", "Column with times, for a chart.", "STRING", false),
              new Parameter("value", "Column with values, for a chart.", "STRING", false),
              new Parameter(
                  "series", "Column with names of curves, for a chart.", "STRING", false)));

  Map<String, Object> model() {
    List<Object> descriptors =
        parameters.stream()
            .<Object>map(each ->
                JsonTree.object(
                    "keyName",
                    each.name,
                    "description",
                    each.description,
                    "dataType",
                    each.kind,
                    "required",
                    each.isRequired))
            .toList();
    return JsonTree.object(
        "id", id, "name", name, "description", description, "parameterDescriptors", descriptors);
  }

  /// The parameters of a request as texts.
  ///
  /// @throws dev.rideau.server.internal.http.HttpFailure when one is missing or not known
  Map<String, String> values(Fields given) {
    Map<String, String> values = new java.util.LinkedHashMap<>();
    for (String key : given.names()) {
      if (parameters.stream().noneMatch(each -> each.name.equals(key))) {
        throw TspFailure.malformed(
            "there is no parameter '" + TspText.shortened(key) + "'",
            "there is " + String.join(", ", parameters.stream().map(Parameter::name).toList()));
      }
      Object value = given.all().get(key);
      if (value instanceof String || value instanceof Number || value instanceof Boolean) {
        values.put(key, value.toString());
      } else if (value != null) {
        throw TspFailure.malformed("parameters." + key + " is no text and no number", "give one");
      }
    }
    for (Parameter each : parameters) {
      String value = values.get(each.name);
      if (each.isRequired && (value == null || value.isBlank())) {
        throw TspFailure.malformed("parameters." + each.name + " is missing", each.description);
      }
    }
    return values;
  }
}
