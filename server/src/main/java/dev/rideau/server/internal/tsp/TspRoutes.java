package dev.rideau.server.internal.tsp;

import dev.rideau.server.ServerOptions;
import dev.rideau.server.internal.http.Handler;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Response;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.view.OpenTraces;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The addresses of the protocol that are about the server, traces, experiments and bookmarks;
/// [OutputRoutes] has the others.
public final class TspRoutes {
  /// In front of all addresses.
  static final String BASE = "/tsp/api";

  /// Version of the protocol's specification that the answers follow.
  private static final String PROTOCOL = "0.6.0";

  private final Router router;
  private final Registry registry;
  private final String version;

  private TspRoutes(Router router, Registry registry, String version) {
    this.router = router;
    this.registry = registry;
    this.version = version;
  }

  /// Says who answers clients of the protocol.
  ///
  /// @param traces those that are open; more may come
  public static void register(Router router, OpenTraces traces, ServerOptions options) {
    Configurations configurations = new Configurations();
    Registry registry = new Registry(traces, options.catalog(), configurations);
    TspRoutes routes = new TspRoutes(router, registry, options.version());
    routes.addServer();
    routes.addTraces();
    routes.addExperiments();
    routes.addBookmarks();
    new OutputRoutes(router, registry).add();
    new ConfigurationRoutes(router, registry, configurations).add();
  }

  /// An answer in the form of [JsonTree].
  @FunctionalInterface
  interface Answerer {
    Object answer(Request request) throws Exception;
  }

  /// Adds a route whose failures are told in the form of the protocol.
  static void add(Router router, String method, String path, Answerer answerer) {
    Handler handler =
        request -> {
          try {
            Object model = answerer.answer(request);
            return Response.json(out -> JsonTree.write(out, model));
          } catch (HttpFailure failure) {
            return failure(failure.status(), failure.getMessage(), failure.advice(), Map.of());
          } catch (TspFailure.Conflict conflict) {
            return failure(409, conflict.getMessage(), conflict.detail(), conflict.about());
          }
        };
    router.add(method, BASE + path, handler);
  }

  /// What went wrong in the form of the protocol.
  public static Response failure(
      int status, @Nullable String title, @Nullable String detail, Map<String, Object> about) {
    Map<String, Object> model = JsonTree.object("title", String.valueOf(title), "detail", detail);
    model.putAll(about);
    return Response.json(status, out -> JsonTree.write(out, model));
  }

  private void add(String method, String path, Answerer answerer) {
    add(router, method, path, answerer);
  }

  private void addServer() {
    add("GET", "/health", _ -> Map.of("status", "UP"));
    add("GET", "/identifier", _ -> identifier());
    byte[] description = description();
    router.add(
        "GET", BASE + "/openapi.json", _ -> Response.bytes(Response.JSON, description.clone()));
  }

  private Object identifier() {
    Runtime runtime = Runtime.getRuntime();
    return JsonTree.object(
        "version",
        version,
        "os",
        System.getProperty("os.name"),
        "osArch",
        System.getProperty("os.arch"),
        "osVersion",
        System.getProperty("os.version"),
        "cpuCount",
        runtime.availableProcessors(),
        "maxMemory",
        runtime.maxMemory(),
        "launcherName",
        "rideau serve",
        "productId",
        "dev.rideau.server",
        "tspVersion",
        PROTOCOL);
  }

  private static byte[] description() {
    try (InputStream file =
        TspRoutes.class.getResourceAsStream("/dev/rideau/server/tsp/openapi.json")) {
      if (file == null) {
        throw new IllegalStateException("openapi.json is not among the resources");
      }
      return file.readAllBytes();
    } catch (IOException failure) {
      throw new IllegalStateException("openapi.json cannot be read", failure);
    }
  }

  private void addTraces() {
    add("GET", "/traces", _ -> registry.traces().stream().map(TspTrace::model).toList());
    add("POST", "/traces", this::openTrace);
    add("GET", "/traces/{trace}", request -> registry.trace(request.segment("trace")).model());
    add("DELETE", "/traces/{trace}", request -> registry.close(request.segment("trace")).model());
  }

  private Object openTrace(Request request) {
    Fields parameters = Fields.of(request.body()).object("parameters");
    String name = parameters.optionalText("name");
    String type = parameters.optionalText("typeID");
    if (type != null && !type.isEmpty()) {
      throw new HttpFailure(
          501,
          "the trace type '" + TspText.shortened(type) + "' is not known here",
          "leave typeID out: the format is found out");
    }
    return registry
        .open(parameters.text("uri"), name == null || name.isBlank() ? null : name)
        .model();
  }

  private void addExperiments() {
    add(
        "GET",
        "/experiments",
        _ -> registry.experiments().stream().map(Experiment::model).toList());
    add("POST", "/experiments", this::createExperiment);
    add("GET", "/experiments/{experiment}", request -> experiment(request).model());
    add(
        "DELETE",
        "/experiments/{experiment}",
        request -> registry.delete(request.segment("experiment")).model());
  }

  private Object createExperiment(Request request) {
    Fields parameters = Fields.of(request.body()).object("parameters");
    return registry.create(parameters.text("name"), parameters.optionalTexts("traces")).model();
  }

  private Experiment experiment(Request request) {
    return registry.experiment(request.segment("experiment"));
  }

  private void addBookmarks() {
    String all = "/experiments/{experiment}/bookmarks";
    String one = all + "/{bookmark}";
    add(
        "GET",
        all,
        request ->
            experiment(request).bookmarks().values().stream()
                .map(Experiment.Bookmark::model)
                .toList());
    add("POST", all, request -> keep(request, UUID.randomUUID()));
    add("GET", one, request -> bookmark(request).model());
    add("PUT", one, request -> keep(request, bookmark(request).uuid()));
    add(
        "DELETE",
        one,
        request -> {
          Experiment.Bookmark bookmark = bookmark(request);
          experiment(request).bookmarks().remove(bookmark.uuid());
          return bookmark.model();
        });
  }

  private Object keep(Request request, UUID uuid) {
    Experiment experiment = experiment(request);
    Fields parameters = Fields.of(request.body()).object("parameters");
    long begin = parameters.moment("start");
    long end = parameters.moment("end");
    if (begin > end) {
      throw TspFailure.malformed("the bookmark ends before it begins", "exchange start and end");
    }
    Experiment.Bookmark bookmark =
        new Experiment.Bookmark(uuid, parameters.text("name"), begin, end);
    experiment.keep(bookmark);
    return bookmark.model();
  }

  private Experiment.Bookmark bookmark(Request request) {
    String id = request.segment("bookmark");
    Experiment.Bookmark bookmark =
        experiment(request).bookmarks().get(Registry.uuid("bookmark", id));
    if (bookmark == null) {
      throw TspFailure.unknown("bookmark", id);
    }
    return bookmark;
  }
}
