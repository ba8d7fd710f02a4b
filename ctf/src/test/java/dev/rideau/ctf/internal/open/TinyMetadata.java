package dev.rideau.ctf.internal.open;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Metadata for tiny traces: one layout of packets with variations, as CTF 2 text.
///
/// Options, all integers little endian and byte-aligned, a field of 0 bits is absent: `begin-bits`,
/// `end-bits`, `total-bits`, `content-bits`, `lost-bits`, `seq-bits`, `class-bits`, `id-bits`,
/// `blob` (bytes at the start of the packet context), `ts-bits` (event header), `classes` (data
/// stream classes 0, 1, ...), `uid`, `clock` (`no` for none), and `env.NAME` for the environment.
final class TinyMetadata {
  private static final List<String> CONTEXT =
      List.of("begin", "end", "total", "content", "lost", "seq");

  private final Map<String, String> options = new TreeMap<>();

  TinyMetadata(Map<String, String> options) {
    this.options.putAll(
        Map.of(
            "begin-bits", "64",
            "end-bits", "64",
            "total-bits", "32",
            "content-bits", "32",
            "lost-bits", "32",
            "seq-bits", "32",
            "class-bits", "8",
            "id-bits", "8",
            "ts-bits", "64",
            "classes", "1"));
    this.options.putAll(options);
  }

  int bits(String field) {
    return Integer.parseInt(options.getOrDefault(field + "-bits", "0"));
  }

  /// Length of a blob at the start of the packet context.
  int blobBytes() {
    return Integer.parseInt(options.getOrDefault("blob", "0"));
  }

  /// Names of the fields of the packet header after the magic number, then of the packet context.
  static List<String> fields() {
    List<String> fields = new ArrayList<>(List.of("class", "id"));
    fields.addAll(CONTEXT);
    return fields;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    fragment(text, "'type': 'preamble', 'version': 2");
    fragment(text, traceClass());
    if (hasClock()) {
      fragment(
          text,
          "'type': 'clock-class', 'id': 'c', 'name': 'c', 'frequency': 1000000000,"
              + " 'origin': 'unix-epoch'");
    }
    int classes = Integer.parseInt(options.getOrDefault("classes", "1"));
    for (int id = 0; id < classes; id++) {
      fragment(text, dataStreamClass(id));
      fragment(
          text,
          "'type': 'event-record-class', 'name': 'tick', 'data-stream-class-id': %d,".formatted(id)
              + " 'payload-field-class': {'type': 'structure', 'member-classes': ["
              + integer("x", 8, "")
              + "]}");
    }
    return text.toString();
  }

  private boolean hasClock() {
    return !"no".equals(options.get("clock"));
  }

  private String traceClass() {
    StringBuilder text = new StringBuilder("'type': 'trace-class'");
    if (options.containsKey("uid")) {
      text.append(", 'uid': '").append(options.get("uid")).append('\'');
    }
    List<String> environment = new ArrayList<>();
    options.forEach((name, value) -> {
      if (name.startsWith("env.")) {
        String shown = value.matches("\\d+") ? value : "'" + value + "'";
        environment.add("'" + name.substring(4) + "': " + shown);
      }
    });
    if (!environment.isEmpty()) {
      text.append(", 'environment': {").append(String.join(", ", environment)).append('}');
    }
    List<String> members = new ArrayList<>();
    members.add(integer("magic", 32, "packet-magic-number"));
    addTo(members, "class", "data-stream-class-id");
    addTo(members, "id", "data-stream-id");
    return text + ", 'packet-header-field-class': " + structure(members);
  }

  private String dataStreamClass(int id) {
    List<String> context = new ArrayList<>();
    if (blobBytes() > 0) {
      context.add(
          "{'name': 'blob', 'field-class': {'type': 'static-length-blob', 'length': %d}}"
              .formatted(blobBytes()));
    }
    String clockRole = hasClock() ? "default-clock-timestamp" : "";
    String endRole = hasClock() ? "packet-end-default-clock-timestamp" : "";
    addTo(context, "begin", clockRole);
    addTo(context, "end", endRole);
    addTo(context, "total", "packet-total-length");
    addTo(context, "content", "packet-content-length");
    addTo(context, "lost", "discarded-event-record-counter-snapshot");
    addTo(context, "seq", "packet-sequence-number");
    List<String> header = new ArrayList<>();
    addTo(header, "ts", clockRole);
    return "'type': 'data-stream-class', 'id': %d".formatted(id)
        + (hasClock() ? ", 'default-clock-class-id': 'c'" : "")
        + ", 'packet-context-field-class': "
        + structure(context)
        + ", 'event-record-header-field-class': "
        + structure(header);
  }

  private void addTo(List<String> members, String field, String role) {
    if (bits(field) > 0) {
      members.add(integer(field, bits(field), role));
    }
  }

  private static String structure(List<String> members) {
    return "{'type': 'structure', 'member-classes': [" + String.join(", ", members) + "]}";
  }

  private static String integer(String name, int bits, String role) {
    String roles = role.isEmpty() ? "" : ", 'roles': ['" + role + "']";
    return ("{'name': '%s', 'field-class': {'type': 'fixed-length-unsigned-integer',"
            + " 'length': %d, 'alignment': 8, 'byte-order': 'little-endian'%s}}")
        .formatted(name, bits, roles);
  }

  private static void fragment(StringBuilder text, String content) {
    text.append('\u001e').append('{').append(content.replace('\'', '"')).append("}\n");
  }
}
