package dev.rideau.server.internal.tsp;

import dev.rideau.server.internal.http.HttpFailure;
import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.view.OpenTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of an object in a request. Whatever is missing or of another kind than expected ends
/// in an [HttpFailure] that says where.
final class Fields {
  // Lengths of ranges between them are numbers of 64 bits.
  private static final long EARLIEST = -(1L << 61);
  private static final long LATEST = 1L << 62;

  private final String place;
  private final Map<?, ?> members;

  private Fields(String place, Map<?, ?> members) {
    this.place = place;
    this.members = members;
  }

  /// The object that a body is.
  static Fields of(byte[] body) {
    return new Fields("the body", map("the body", Json.parse(body).value()));
  }

  Fields object(String name) {
    return new Fields(at(name), map(at(name), required(name)));
  }

  @Nullable Fields optionalObject(String name) {
    Object value = members.get(name);
    return value == null ? null : new Fields(at(name), map(at(name), value));
  }

  /// All members, as they are.
  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>();
    members.forEach((name, value) -> {
      if (value != null) {
        all.put(String.valueOf(name), value);
      }
    });
    return all;
  }

  String text(String name) {
    required(name);
    return String.valueOf(optionalText(name));
  }

  @Nullable String optionalText(String name) {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(name, "a text");
  }

  long whole(String name) {
    return whole(at(name), required(name));
  }

  /// A time, or a length of time, of which sums with others are numbers of 64 bits.
  long moment(String name) {
    long ns = whole(name);
    if (ns < EARLIEST || ns > LATEST) {
      throw TspFailure.malformed(at(name) + " is out of range", "give a time of the trace");
    }
    return ns;
  }

  /// A number between two bounds, or what stands for none.
  int count(String name, int least, int most, int otherwise) {
    Object value = members.get(name);
    if (value == null) {
      return otherwise;
    }
    long number = whole(at(name), value);
    if (number < least || number > most) {
      throw TspFailure.malformed(
          at(name) + " is out of range", "give a number from " + least + " to " + most);
    }
    return (int) number;
  }

  @Nullable Long optionalWhole(String name) {
    Object value = members.get(name);
    return value == null ? null : (Long) whole(at(name), value);
  }

  List<Long> wholes(String name) {
    required(name);
    return optionalWholes(name);
  }

  /// Empty where there is none.
  List<Long> optionalWholes(String name) {
    List<Long> numbers = new ArrayList<>();
    for (Object element : elements(name)) {
      numbers.add(whole(at(name), element));
    }
    return numbers;
  }

  /// Empty where there is none.
  List<String> optionalTexts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(name)) {
      if (!(element instanceof String text)) {
        throw wrong(name, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /// Names of all members.
  List<String> names() {
    return members.keySet().stream().map(String::valueOf).toList();
  }

  /// A range of time with the number of points in it.
  ///
  /// @param count how many points or pixels are wanted; 0 when that is not said
  record Range(long beginNs, long endNs, int count) {

    /// A range, or all of the recording where none is asked for.
    static Range orAll(@Nullable Range range, OpenTrace source) {
      return range != null ? range : new Range(source.span().beginNs(), source.span().endNs(), 0);
    }
  }

  Range range(String name) {
    Fields range = object(name);
    long begin = range.moment("start");
    long end = range.moment("end");
    if (begin > end) {
      throw TspFailure.malformed(at(name) + " ends before it begins", "exchange start and end");
    }
    int samples = range.count("nbSamples", 1, 65_536, 0);
    return new Range(begin, end, range.count("nbTimes", 1, 65_536, samples));
  }

  @Nullable Range optionalRange(String name) {
    return members.get(name) == null ? null : range(name);
  }

  private List<?> elements(String name) {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> elements) {
      return elements;
    }
    throw wrong(name, "a list");
  }

  private Object required(String name) {
    Object value = members.get(name);
    if (value == null) {
      throw TspFailure.malformed(at(name) + " is missing", "the protocol demands it");
    }
    return value;
  }

  private static long whole(String place, @Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Double number
        && number == Math.rint(number)
        && Math.abs(number) < 9.2e18) {
      return number.longValue();
    }
    throw TspFailure.malformed(place + " is no whole number of 64 bits", "give one");
  }

  private static Map<?, ?> map(String place, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw TspFailure.malformed(place + " is no object", "give {...}");
  }

  private String at(String name) {
    return place.equals("the body") ? name : place + "." + TspText.shortened(name);
  }

  private HttpFailure wrong(String name, String expected) {
    return TspFailure.malformed(at(name) + " is not " + expected, "give " + expected);
  }
}
