package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.Cancel;
import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Request;
import dev.rideau.server.internal.http.Router;
import dev.rideau.server.internal.tsp.Fields.Range;
import dev.rideau.server.internal.view.TraceStatus;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The addresses of the protocol that are about outputs.
///
/// As long as a trace is being read, answers say `RUNNING` with an empty model and how far the
/// reading is, and clients ask again.
final class OutputRoutes {
  private static final String OUTPUTS = "/experiments/{experiment}/outputs";
  private static final String BOOKMARKS = "bookmarks";

  private final Router router;
  private final Registry registry;

  OutputRoutes(Router router, Registry registry) {
    this.router = router;
    this.registry = registry;
  }

  void add() {
    add("GET", "/markerSets", this::markerSets);
    addTimeGraph();
    addXy("/XY");
    addXy("/genericXY");
    add("GET", "/XY/{output}/tooltip", this::xyTooltip);
    add("POST", "/data/{output}/tree", this::dataTree);
    add("POST", "/table/{output}/columns", this::columns);
    add("POST", "/table/{output}/lines", this::lines);
    add("POST", "/{output}/style", this::styles);
    add("GET", "/{output}/annotations", this::annotationCategories);
    add("POST", "/{output}/annotations", this::annotations);
    add(
        "GET",
        "",
        request ->
            outputs(request).list().stream().map(each -> each.descriptor().model()).toList());
    add("GET", "/{output}", request -> output(request, Output.class).descriptor().model());
    add("POST", "/{output}", this::create);
    add(
        "DELETE",
        "/{output}/{derived}",
        request ->
            outputs(request)
                .delete(request.segment("output"), request.segment("derived"))
                .descriptor()
                .model());
    add("GET", "/{output}/configTypes", this::configurationTypes);
    add("GET", "/{output}/configTypes/{type}", this::configurationType);
  }

  private void add(String method, String path, TspRoutes.Answerer answerer) {
    TspRoutes.add(router, method, OUTPUTS + path, answerer);
  }

  private void addTimeGraph() {
    add(
        "POST",
        "/timeGraph/{output}/tree",
        request -> {
          Range range = parameters(request).optionalRange("requested_timerange");
          return answer(
              request,
              Output.TimeGraph.class,
              Entries.none(),
              (o, cancel) -> o.tree(range, cancel));
        });
    add(
        "POST",
        "/timeGraph/{output}/states",
        request -> {
          Fields parameters = parameters(request);
          Range range = parameters.range("requested_timerange");
          List<Long> items = parameters.wholes("requested_items");
          StateFilter filter = StateFilter.of(parameters);
          return answer(
              request,
              Output.TimeGraph.class,
              Map.of("rows", List.of()),
              (o, cancel) -> o.states(range, items, filter, cancel));
        });
    add(
        "POST",
        "/timeGraph/{output}/arrows",
        request -> {
          Range range = parameters(request).range("requested_timerange");
          return answer(
              request, Output.TimeGraph.class, List.of(), (o, cancel) -> o.arrows(range, cancel));
        });
    add("POST", "/timeGraph/{output}/tooltip", this::tooltip);
  }

  private void addXy(String kind) {
    add(
        "POST",
        kind + "/{output}/tree",
        request -> {
          Range range = parameters(request).optionalRange("requested_timerange");
          return answer(
              request, Output.Xy.class, Entries.none(), (o, cancel) -> o.tree(range, cancel));
        });
    add(
        "POST",
        kind + "/{output}/xy",
        request -> {
          Fields parameters = parameters(request);
          Range range = parameters.range("requested_timerange");
          List<Long> items = parameters.wholes("requested_items");
          Map<String, Object> none =
              Map.of(
                  "title",
                  output(request, Output.Xy.class).descriptor().name(),
                  "series",
                  List.of());
          return answer(request, Output.Xy.class, none, (o, cancel) -> o.xy(range, items, cancel));
        });
  }

  /// Asks an output when its trace is ready.
  @FunctionalInterface
  private interface Question<O extends Output> {
    Object ask(O output, Cancel cancel);
  }

  // While the trace is read: what its records alone tell, else `none`.
  private <O extends Output> Object answer(
      Request request, Class<O> kind, Object none, Question<O> question) {
    Experiment experiment = experiment(request);
    O output = output(request, kind);
    TraceStatus status = experiment.source().status();
    if (status.isReady()) {
      experiment.outputs().demand(output);
      return whole(question.ask(output, request.cancel()));
    }
    if (status.isOver()) {
      String error = status.error();
      return JsonTree.object(
          "status",
          "FAILED",
          "statusMessage",
          error == null ? "the trace cannot be read" : error,
          "model",
          none);
    }
    Object model = none;
    if (output.answersEarly()) {
      try {
        model = question.ask(output, request.cancel());
      } catch (HttpFailure failure) {
        if (failure.status() != 409) {
          throw failure;
        }
      }
    }
    return JsonTree.object("status", "RUNNING", "statusMessage", progress(status), "model", model);
  }

  private static String progress(TraceStatus status) {
    return status.total() <= 0
        ? status.message()
        : "%s: %.0f %%".formatted(status.message(), 100.0 * status.done() / status.total());
  }

  private static Map<String, Object> whole(Object model) {
    return JsonTree.object("status", "COMPLETED", "statusMessage", "Completed", "model", model);
  }

  private Experiment experiment(Request request) {
    return registry.experiment(request.segment("experiment"));
  }

  private Outputs outputs(Request request) {
    return experiment(request).outputs();
  }

  private <O extends Output> O output(Request request, Class<O> kind) {
    String id = request.segment("output");
    Output output = outputs(request).find(id);
    if (output == null || !kind.isInstance(output)) {
      throw TspFailure.unknown(output == null ? "output" : "output of this kind", id);
    }
    return kind.cast(output);
  }

  private static Fields parameters(Request request) {
    return Fields.of(request.body()).object("parameters");
  }

  private Object tooltip(Request request) {
    Fields parameters = parameters(request);
    List<Long> times = parameters.wholes("requested_times");
    List<Long> items = parameters.wholes("requested_items");
    Fields element = parameters.object("requested_element");
    String kind = element.text("elementType").toUpperCase(Locale.ROOT);
    if (!Set.of("STATE", "ANNOTATION", "ARROW").contains(kind)) {
      throw TspFailure.malformed(
          "requested_element.elementType is '" + TspText.shortened(kind) + "'",
          "give STATE, ANNOTATION or ARROW");
    }
    long begin = element.moment("time");
    long duration = element.moment("duration");
    if (times.isEmpty() || items.isEmpty()) {
      throw TspFailure.malformed("requested_times or requested_items is empty", "give one of each");
    }
    Long destination = element.optionalWhole("destinationId");
    return answer(
        request,
        Output.TimeGraph.class,
        Map.of(),
        (output, cancel) ->
            switch (kind) {
              case "STATE" -> output.tooltip(items.getFirst(), times.getFirst(), cancel);
              case "ANNOTATION" ->
                  Annotations.tooltip(experiment(request), begin, duration, cancel);
              default ->
                  output.arrowTooltip(
                      items.getFirst(),
                      destination == null ? -1 : destination,
                      begin,
                      duration,
                      cancel);
            });
  }

  private Object xyTooltip(Request request) {
    String x = request.query("xValue");
    if (x == null) {
      throw TspFailure.malformed("xValue is missing", "give a time in nanoseconds");
    }
    long ts;
    try {
      ts = (long) Double.parseDouble(x);
    } catch (NumberFormatException failure) {
      throw TspFailure.malformed("xValue is no number", "give a time in nanoseconds");
    }
    return answer(request, Output.Xy.class, Map.of(), (_, _) -> Map.of("Time", TspText.time(ts)));
  }

  private Object dataTree(Request request) {
    Range range = parameters(request).optionalRange("requested_timerange");
    return answer(
        request, Output.DataTree.class, Entries.none(), (o, cancel) -> o.tree(range, cancel));
  }

  private Object columns(Request request) {
    parameters(request);
    return answer(request, Output.Table.class, List.of(), Output.Table::columns);
  }

  private Object lines(Request request) {
    Fields parameters = parameters(request);
    // Checked at once; the columns are only known when the trace is.
    TableRequest.of(parameters, Integer.MAX_VALUE);
    Map<String, Object> none =
        JsonTree.object("size", 0, "lowIndex", 0, "columnIds", List.of(), "lines", List.of());
    return answer(
        request,
        Output.Table.class,
        none,
        (o, cancel) -> o.lines(TableRequest.of(parameters, o.width(cancel)), cancel));
  }

  private Object styles(Request request) {
    parameters(request);
    return whole(Map.of("styles", output(request, Output.class).styles()));
  }

  private Object markerSets(Request request) {
    experiment(request);
    return whole(List.of(JsonTree.object("id", BOOKMARKS, "name", "Bookmarks")));
  }

  private static boolean withBookmarks(@Nullable String markerSet) {
    if (markerSet == null || markerSet.isEmpty()) {
      return false;
    }
    if (!markerSet.equals(BOOKMARKS)) {
      throw TspFailure.unknown("marker set", markerSet);
    }
    return true;
  }

  private Object annotationCategories(Request request) {
    boolean withBookmarks = withBookmarks(request.query("markerSetId"));
    return answer(
        request,
        Output.class,
        Map.of("annotationCategories", List.of()),
        (_, _) ->
            Map.of(
                "annotationCategories",
                Annotations.categories(experiment(request), withBookmarks)));
  }

  private Object annotations(Request request) {
    Fields parameters = parameters(request);
    Range range = parameters.range("requested_timerange");
    List<String> categories = parameters.optionalTexts("requested_marker_categories");
    parameters.optionalWholes("requested_items");
    boolean withBookmarks = withBookmarks(parameters.optionalText("requested_marker_set"));
    return answer(
        request,
        Output.class,
        Map.of("annotations", Map.of()),
        (_, cancel) ->
            Map.of(
                "annotations",
                Annotations.in(experiment(request), range, categories, withBookmarks, cancel)));
  }

  private Object create(Request request) {
    Output parent = output(request, Output.class);
    Fields body = Fields.of(request.body());
    return outputs(request)
        .create(
            parent,
            body.text("sourceTypeId"),
            body.text("name"),
            body.optionalText("description"),
            body.object("parameters"),
            request.cancel())
        .descriptor()
        .model();
  }

  private Object configurationTypes(Request request) {
    return outputs(request).configurationTypes(output(request, Output.class)).stream()
        .map(ConfigurationType::model)
        .toList();
  }

  private Object configurationType(Request request) {
    String id = request.segment("type");
    return outputs(request).configurationTypes(output(request, Output.class)).stream()
        .filter(type -> type.id().equals(id))
        .findFirst()
        .orElseThrow(() -> TspFailure.unknown("configuration type", id))
        .model();
  }
}
