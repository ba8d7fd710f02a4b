package dev.rideau.server.internal.api;

import dev.rideau.server.internal.http.Json;
import dev.rideau.server.internal.view.RowStates;
import dev.rideau.server.internal.view.StateStyle;
import dev.rideau.server.internal.view.Window;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes the states of rows in pixels, as JSON or in words of 32 bits.
///
/// ```
/// word 0      1, the version
/// word 1      n, bytes of the JSON that follows, a multiple of 4
///             {"begin", "end", "pixels", "labels": [text], "rows": [{"id", "at", "count"}]}
/// then        for each segment three words, those of a row from word `at` on:
///             first pixel | pixel behind the last << 16
///             code of the style | percent of the time << 16
///             number of the label, -1 for none
/// ```
final class StatesEncoder {
  /// Narrower states have no room for a text.
  private static final int LABEL_PIXELS = 24;

  private static final int WORDS = 3;

  private final Window window;
  private final Times times;
  private final Map<String, Integer> labels = new LinkedHashMap<>();

  /// Segments of the row at hand, [#WORDS] for each.
  private int[] words = new int[WORDS * 256];

  private int length;

  private @Nullable String lastLabel;
  private int lastNumber;

  StatesEncoder(Window window, Times times) {
    this.window = window;
    this.times = times;
  }

  private void encode(RowStates states) {
    length = 0;
    int free = 0;
    for (int i = 0; i < states.size(); i++) {
      int begin = window.pixelOf(states.beginNs(i));
      int from = Math.max(begin, free);
      int to = window.pixelOf(states.endNs(i));
      StateStyle style = states.style(i);
      if (from >= to) {
        // Less than half a pixel, between two that are wider: work gets a pixel, since a short run
        // in a long sleep is what one looks for; rest does without.
        if (style.isBackground() || from > begin + 1 || from >= window.pixels()) {
          continue;
        }
        to = from + 1;
      }
      free = to;
      // The colour of these depends on the text.
      boolean isNamed = style == StateStyle.CPU_USER || style == StateStyle.EVENT;
      int label = -1;
      if (isNamed || to - from >= LABEL_PIXELS) {
        label = number(states.label(i));
      }
      if (length + WORDS > words.length) {
        words = Arrays.copyOf(words, 2 * words.length);
      }
      words[length] = from | to << 16;
      words[length + 1] = states.code(i) | states.share(i) << 16;
      words[length + 2] = label;
      length += WORDS;
    }
  }

  private int number(@Nullable String label) {
    if (label == null) {
      return -1;
    }
    if (label.equals(lastLabel)) {
      return lastNumber;
    }
    lastLabel = label;
    lastNumber = numberOf(label);
    return lastNumber;
  }

  private int numberOf(String label) {
    Integer known = labels.get(label);
    if (known != null) {
      return known;
    }
    int number = labels.size();
    labels.put(label, number);
    return number;
  }

  private void writeHead(JsonGenerator json) {
    json.writeNumberProperty("begin", times.relative(window.beginNs()));
    json.writeNumberProperty("end", times.relative(window.endNs()));
    json.writeNumberProperty("pixels", window.pixels());
  }

  private void writeLabels(JsonGenerator json) {
    json.writeArrayPropertyStart("labels");
    labels.keySet().forEach(json::writeString);
    json.writeEndArray();
  }

  void json(JsonGenerator json, List<RowStates> rows) {
    json.writeStartObject();
    writeHead(json);
    json.writeArrayPropertyStart("rows");
    for (RowStates row : rows) {
      encode(row);
      json.writeStartObject();
      json.writeNumberProperty("id", row.row());
      json.writeArrayPropertyStart("segments");
      for (int i = 0; i < length; i += WORDS) {
        json.writeNumber(words[i] & 0xffff);
        json.writeNumber(words[i] >>> 16);
        json.writeNumber(words[i + 1] & 0xffff);
        json.writeNumber(words[i + 1] >>> 16);
        json.writeNumber(words[i + 2]);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    writeLabels(json);
    json.writeEndObject();
  }

  byte[] binary(List<RowStates> rows) {
    int[] all = new int[1 << 14];
    int[] ends = new int[rows.size()];
    int at = 0;
    for (int i = 0; i < ends.length; i++) {
      encode(rows.get(i));
      if (at + length > all.length) {
        all = Arrays.copyOf(all, Math.max(at + length, 2 * all.length));
      }
      System.arraycopy(words, 0, all, at, length);
      at += length;
      ends[i] = at;
    }
    ByteArrayOutputStream head = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = Json.generator(head)) {
      json.writeStartObject();
      writeHead(json);
      writeLabels(json);
      json.writeArrayPropertyStart("rows");
      for (int i = 0; i < ends.length; i++) {
        int from = i == 0 ? 0 : ends[i - 1];
        json.writeStartObject();
        json.writeNumberProperty("id", rows.get(i).row());
        json.writeNumberProperty("at", from);
        json.writeNumberProperty("count", (ends[i] - from) / WORDS);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    while (head.size() % Integer.BYTES != 0) {
      head.write(' ');
    }
    ByteBuffer bytes =
        ByteBuffer.allocate((2 + at) * Integer.BYTES + head.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(1).putInt(head.size()).put(head.toByteArray());
    bytes.asIntBuffer().put(all, 0, at);
    return bytes.array();
  }
}
