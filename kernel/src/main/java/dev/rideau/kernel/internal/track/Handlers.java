package dev.rideau.kernel.internal.track;

import dev.rideau.kernel.internal.layout.ModelEvent;
import dev.rideau.kernel.internal.layout.RecordFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which events trackers want, with which fields. Trackers see a record in the order in which they
/// registered.
public final class Handlers {
  /// Stands for all fields of the payload.
  public static final String ALL_FIELDS = "*";

  /// Makes the handler for the batch of a class.
  @FunctionalInterface
  public interface Maker {
    RecordHandler make(RecordFields fields);
  }

  private record Entry(Maker maker, Set<String> fields) {}

  private final Map<ModelEvent, List<Entry>> entries = new EnumMap<>(ModelEvent.class);

  /// Asks for records of an event with these fields (the model's names; [#ALL_FIELDS] for all).
  public void on(ModelEvent event, Maker maker, String... fields) {
    entries.computeIfAbsent(event, _ -> new ArrayList<>()).add(new Entry(maker, Set.of(fields)));
  }

  /// Whether anybody wants the event.
  public boolean wants(ModelEvent event) {
    return entries.containsKey(event);
  }

  /// The fields that are wanted of an event.
  public List<String> fields(ModelEvent event) {
    return entries.getOrDefault(event, List.of()).stream()
        .flatMap(entry -> entry.fields.stream())
        .distinct()
        .toList();
  }

  /// A handler that calls those of all trackers.
  public RecordHandler make(ModelEvent event, RecordFields fields) {
    List<RecordHandler> handlers = new ArrayList<>();
    for (Entry entry : entries.getOrDefault(event, List.of())) {
      handlers.add(entry.maker.make(fields));
    }
    return switch (handlers.size()) {
      case 1 -> handlers.getFirst();
      case 2 -> {
        RecordHandler first = handlers.get(0);
        RecordHandler second = handlers.get(1);
        yield (row, ts, cpu) -> {
          first.handle(row, ts, cpu);
          second.handle(row, ts, cpu);
        };
      }
      default -> {
        RecordHandler[] all = handlers.toArray(RecordHandler[]::new);
        yield (row, ts, cpu) -> {
          for (RecordHandler each : all) {
            each.handle(row, ts, cpu);
          }
        };
      }
    };
  }
}
