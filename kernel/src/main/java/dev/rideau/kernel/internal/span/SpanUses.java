package dev.rideau.kernel.internal.span;

import dev.rideau.trace.DataStreamClass;
import dev.rideau.trace.EventClass;
import dev.rideau.trace.FieldClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the event classes of a trace that begin and end spans, by their names and fields. A class
/// that could begin spans but has no partner means nothing.
final class SpanUses {
  private record Words(String begin, List<String> ends) {}

  private static final List<Words> WORDS =
      List.of(
          new Words("begin", List.of("end")),
          new Words("enter", List.of("exit", "throw")),
          new Words("entry", List.of("exit")),
          new Words("start", List.of("end", "stop", "finish", "done")));

  private final Map<EventClass, SpanUse> uses = new IdentityHashMap<>();
  private final Map<String, List<EventClass>> byName = new LinkedHashMap<>();

  /// @param classes all data stream classes of one trace
  SpanUses(Collection<DataStreamClass> classes) {
    for (DataStreamClass streamClass : classes) {
      for (EventClass each : streamClass.eventClasses()) {
        byName.computeIfAbsent(each.displayName(), _ -> new ArrayList<>()).add(each);
        if (isNumber(each, SpanUse.DURATION)) {
          String id = isNumber(each, "id") ? "id" : null;
          uses.put(each, new SpanUse(SpanUse.Kind.WHOLE, each.displayName(), id, firstText(each)));
        }
      }
    }
    byName.forEach((name, begins) -> WORDS.forEach(words -> pair(name, begins, words)));
  }

  private void pair(String name, List<EventClass> begins, Words words) {
    String span = without(name, words.begin());
    if (span == null) {
      return;
    }
    List<EventClass> ends = new ArrayList<>();
    for (String end : words.ends()) {
      byName.forEach((other, classes) -> {
        if (span.equals(without(other, end))) {
          ends.addAll(classes);
        }
      });
    }
    if (ends.isEmpty()) {
      return;
    }
    String key = key(begins.getFirst(), ends);
    for (EventClass begin : begins) {
      uses.putIfAbsent(begin, new SpanUse(SpanUse.Kind.BEGIN, span, key, firstText(begin)));
    }
    for (EventClass end : ends) {
      uses.putIfAbsent(end, new SpanUse(SpanUse.Kind.END, span, key, null));
    }
  }

  /// The name without the word at its end, as in `a_begin`, `a:begin`, `a.begin` or `aBegin`; null
  /// when it does not end so.
  static @Nullable String without(String name, String word) {
    int at = name.length() - word.length();
    if (at > 1 && name.endsWith(word) && "_:.-".indexOf(name.charAt(at - 1)) >= 0) {
      return name.substring(0, at - 1);
    }
    String capital = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    return at > 0 && name.endsWith(capital) && Character.isLetterOrDigit(name.charAt(at - 1))
        ? name.substring(0, at)
        : null;
  }

  // An integer before a text, an id before other integers, and the order of fields.
  private static @Nullable String key(EventClass begin, List<EventClass> ends) {
    String number = null;
    String text = null;
    for (String name : names(begin)) {
      boolean isNumber = isNumber(begin, name);
      boolean isShared =
          ends.stream().allMatch(end -> isNumber ? isNumber(end, name) : isText(end, name));
      if (!isShared || (!isNumber && !isText(begin, name))) {
        continue;
      }
      if (isNumber && (name.equals("id") || name.endsWith("_id") || name.endsWith("Id"))) {
        return name;
      }
      if (isNumber) {
        number = number == null ? name : number;
      } else {
        text = text == null ? name : text;
      }
    }
    return number == null ? text : number;
  }

  private static @Nullable String firstText(EventClass eventClass) {
    for (String name : names(eventClass)) {
      if (isText(eventClass, name)) {
        return name;
      }
    }
    return null;
  }

  private static List<String> names(EventClass eventClass) {
    FieldClass.Structure payload = eventClass.payload();
    return payload == null
        ? List.of()
        : payload.members().stream().map(FieldClass.Member::name).toList();
  }

  private static boolean isNumber(EventClass eventClass, String name) {
    FieldClass field = field(eventClass, name);
    return field instanceof FieldClass.Int || field instanceof FieldClass.VariableLengthInt;
  }

  private static boolean isText(EventClass eventClass, String name) {
    return field(eventClass, name) instanceof FieldClass.Text;
  }

  private static @Nullable FieldClass field(EventClass eventClass, String name) {
    FieldClass.Structure payload = eventClass.payload();
    int index = payload == null ? -1 : payload.indexOf(name);
    return payload == null || index < 0 ? null : payload.members().get(index).fieldClass();
  }

  boolean isEmpty() {
    return uses.isEmpty();
  }

  /// What records of a class mean; null for nothing.
  @Nullable SpanUse of(EventClass eventClass) {
    return uses.get(eventClass);
  }
}
