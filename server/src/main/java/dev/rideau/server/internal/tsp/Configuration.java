package dev.rideau.server.internal.tsp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a user gave to make outputs of.
///
/// @param type id of the kind of configuration
/// @param parameters as the user sent them, in the form of [JsonTree]
record Configuration(
    String type,
    String id,
    String name,
    @Nullable String description,
    Map<String, Object> parameters) {

  Map<String, Object> model() {
    return JsonTree.object(
        "id",
        id,
        "name",
        name,
        "description",
        description,
        "sourceTypeId",
        type,
        "parameters",
        parameters);
  }
}
