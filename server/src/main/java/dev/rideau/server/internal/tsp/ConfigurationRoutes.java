package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The addresses of the protocol under which users add to the server.
final class ConfigurationRoutes {
  private final Router router;
  private final Registry registry;
  private final Configurations configurations;

  ConfigurationRoutes(Router router, Registry registry, Configurations configurations) {
    this.router = router;
    this.registry = registry;
    this.configurations = configurations;
  }

  void add() {
    add("GET", "", _ -> List.of(ConfigurationType.SQL.model()));
    add("GET", "/{type}", request -> type(request).model());
    // The specification has the second, its client in TypeScript asks for the first.
    add("POST", "/{type}", this::create);
    add("POST", "/{type}/configs", this::create);
    add(
        "GET",
        "/{type}/configs",
        request -> {
          type(request);
          return configurations.all().stream().map(Configuration::model).toList();
        });
    add("GET", "/{type}/configs/{configuration}", request -> find(request).model());
    add("PUT", "/{type}/configs/{configuration}", this::change);
    add(
        "DELETE",
        "/{type}/configs/{configuration}",
        request -> configurations.remove(find(request).id()).model());
  }

  private void add(String method, String path, TspRoutes.Answerer answerer) {
    TspRoutes.add(router, method, "/config/types" + path, answerer);
  }

  private ConfigurationType type(Request request) {
    return configurations.type(request.segment("type"));
  }

  private Configuration find(Request request) {
    type(request);
    return configurations.find(request.segment("configuration"));
  }

  private Object create(Request request) {
    type(request);
    return configurations.add(given(request)).model();
  }

  private Object change(Request request) {
    String id = find(request).id();
    return configurations.change(id, given(request)).model();
  }

  private Configuration given(Request request) {
    Fields body = Fields.of(request.body());
    Configuration given =
        Configurations.statement(
            body.text("name"), body.optionalText("description"), body.object("parameters"));
    Set<OpenTrace> traces = new LinkedHashSet<>();
    registry.experiments().forEach(each -> traces.add(each.source()));
    StatementCheck.check(given, traces, request.cancel());
    return given;
  }
}
